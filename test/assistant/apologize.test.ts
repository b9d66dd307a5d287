import { describe, expect, it } from 'vitest';
import { apologize } from '../../src/assistant/apologize.js';
import { CHINESE, ENGLISH } from '../../src/assistant/index.js';
import {
  ApiError,
  AuthenticationError,
  ExportNotAllowedError,
  InsufficientCreditsError,
  MediaTooLargeError,
  NetworkError,
  RateLimitError,
  UnsupportedMediaError,
} from '../../src/errors/index.js';

const ERRORS = [
  [
    new InsufficientCreditsError({ registerUrl: new URL('https://nemovideo.com/register?bind=42') }),
    ['https://nemovideo.com/register?bind=42', 'Register', '注册'],
  ],
  [new InsufficientCreditsError(), ['Top up', '充值']],
  [new ExportNotAllowedError(), ['subscription', '订阅']],
  [new UnsupportedMediaError({ file: 'notes.txt', accepted: ['mp4', 'png'] }), ['notes.txt', 'MP4', 'PNG']],
  [
    new MediaTooLargeError({ file: 'long.mov', limitBytes: 500 * 1024 * 1024 }),
    ['long.mov', '500 MB', 'compress', '压缩'],
  ],
  [new AuthenticationError({ nextTokenAt: new Date('2026-01-08T09:30:00Z') }), ['2026-01-08 09:30 UTC']],
  [new RateLimitError({ retryAfterMs: 12_000 }), ['12']],
  [new NetworkError({ operation: 'run', sent: 'no' }), ['connection', '网络']],
  [
    new ApiError({ operation: 'run', code: 5000, serviceMessage: '{"trace":"at run_sse"}' }),
    ['Try again', '再试'],
  ],
] as const;

describe('apologize', () => {
  it.each(ERRORS)('says of %s what happened and what to do next, in both languages', (error, parts) => {
    const texts = [apologize(error, ENGLISH).text, apologize(error, CHINESE).text];
    for (const part of parts) expect(texts.join('\n')).toContain(part);
    for (const text of texts) {
      expect(text).not.toMatch(/[{}]|run_sse|undefined|Error/);
      expect(text).not.toContain('\n');
    }
    expect(texts[1]).toMatch(/\p{Script=Han}/u);
  });
});
