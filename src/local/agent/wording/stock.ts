import { isHan } from '../language/token.js';

/** The languages that the agent speaks. */
export type Language = 'en' | 'zh';

/** The language of a message: Chinese where Chinese characters stand outside quotations, English where Latin letters do. */
export function languageOf(text: string, session: string): Language {
  if (isHan(text)) return 'zh';
  if (/[a-z]{2}/i.test(text)) return 'en';
  return session.toLowerCase().startsWith('zh') ? 'zh' : 'en';
}

/** Words for the screen where the person gave none. They promise nothing that a shop might not keep. */
export const STOCK = {
  en: {
    title: { promo: 'New Arrivals', plain: 'Moments to Remember' },
    closing: { promo: 'Shop Now', plain: 'Thanks for Watching' },
    scene: { promo: 'product showcase', plain: 'abstract shapes' },
  },
  zh: {
    title: { promo: '新品上市', plain: '美好瞬间' },
    closing: { promo: '立即选购', plain: '感谢观看' },
    scene: { promo: '产品展示', plain: '抽象光影' },
  },
} as const;
