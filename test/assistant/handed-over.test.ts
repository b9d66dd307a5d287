import { describe, expect, it } from 'vitest';
import { languageOf } from '../../src/assistant/catalogue.js';
import { explainIntent } from '../../src/assistant/index.js';
import { HANDED_OVER } from '../../src/assistant/intent.js';

const intents = (message: string): string[] =>
  explainIntent(message, { rules: [HANDED_OVER] }).steps.map(({ intent }) => intent);

describe('words that come along with files', () => {
  it.each([
    'Here are my three product photos.',
    'here you go',
    'This is the logo',
    '这是我的两张产品照片',
    'I have attached the clips',
  ])('only hand them over: %s', (message) => expect(intents(message)).toEqual(['upload']));

  it.each(['Make a video of this', 'This is for a promo with music', 'Remove the photos', '把照片做成视频'])(
    'are an instruction: %s',
    (message) => expect(intents(message)).toContain('run'),
  );
});

describe('languageOf', () => {
  it.each([
    ['Add the title “你好”', 'en'],
    ['把标题改成“Hello”', 'zh'],
    ['导出 MP4', 'zh'],
    ['beach.png', undefined],
    ['', undefined],
    ['👍', undefined],
  ])('tells of %j: %s', (message, language) => expect(languageOf(message)).toBe(language));
});
