import { type Catalogue, CHINESE, ENGLISH } from './catalogue/index.js';

/** What stands in quotation marks is content, in whatever language. */
const QUOTED = /"[^"]*"|“[^”]*”|「[^」]*」|『[^』]*』|'[^']{2,}'/g;

/** The language that a message is written in, of the two that can be told apart; undefined where it says nothing. */
export function languageOf(message: string): 'en' | 'zh' | undefined {
  const words = message.replace(QUOTED, '');
  if (/\p{Script=Han}/u.test(words)) return 'zh';
  return /[a-z]{2}/i.test(words.replace(/\S+[./\\]\S+/g, '')) ? 'en' : undefined;
}

/** The sentences of a language: the person's own first, then those built in, then English. */
export function catalogueFor(language: string, own: Readonly<Record<string, Catalogue>> = {}): Catalogue {
  const wanted = language.toLowerCase();
  const all = { en: ENGLISH, zh: CHINESE, ...own };
  const found = Object.entries(all).find(([tag]) => tag.toLowerCase() === wanted);
  const related = Object.entries(all).find(([tag]) => tag.toLowerCase() === wanted.split('-')[0]);
  return (found ?? related)?.[1] ?? ENGLISH;
}
