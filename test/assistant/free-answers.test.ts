import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { courtesyOf, limitOf } from '../../src/assistant/free-answers.js';
import { openStage, type Stage, textsOf } from './support/conversation.js';

let stage: Stage;

beforeEach(async () => {
  stage = await openStage();
});

afterEach(() => stage.close());

describe('a courtesy', () => {
  it.each(['hi', 'Hello!', 'hi there', 'Good morning.', '你好！', '在吗', 'Hi 👋'])(
    '%s is a greeting',
    (words) => {
      expect(courtesyOf(words)).toBe('greeting');
    },
  );

  it.each(['thanks!', 'Thank you so much!!', 'ok thanks', '谢谢你', '好的谢谢', 'bye', 'hi, thanks'])(
    '%s is thanks',
    (words) => {
      expect(courtesyOf(words)).toBe('thanks');
    },
  );

  it.each([
    'hello, make a video',
    'thanks, looks great',
    'yes',
    'ok',
    '!!!',
    'hi '.repeat(100),
    '谢谢，再加个标题',
  ])('%s is for the agent', (words) => {
    expect(courtesyOf(words)).toBeUndefined();
  });

  it.each([
    ['hi', /^Hello!/],
    ['谢谢', /^不客气/],
  ])('is answered without a request: %s', async (words, answer) => {
    const replies = await stage.say(stage.assistant(), words);
    expect(textsOf(replies)).toEqual([expect.stringMatching(answer)]);
    expect(stage.backend.requests).toEqual([]);
  });
});

describe('what the service cannot do', () => {
  it.each([
    ['export as a gif', 'gif'],
    ['make a GIF of the sea', 'gif'],
    ['convert it to an animated gif', 'gif'],
    ['导出成动图', 'gif'],
    ['export in 4K', 'resolution'],
    ['make a 4k video of the sea', 'resolution'],
    ['做一个4K视频', 'resolution'],
    ['send it to my phone', 'sending'],
    ['email it to me', 'sending'],
    ['把视频发到微信', 'sending'],
    ['make a clip of https://www.youtube.com/watch?v=1', 'source'],
  ])('%s', async (words, limit) => {
    expect(limitOf(words)).toBe(limit);
    const replies = await stage.say(stage.assistant(), words);
    expect(textsOf(replies).join()).toMatch(/I can’t|我做不了|我没办法/);
    expect(stage.backend.charges).toEqual([]);
    expect(stage.backend.requests.filter(({ operation }) => operation === 'run')).toEqual([]);
  });

  it.each([
    'use cat.gif',
    'add the gif I uploaded',
    'make the gif bigger',
    'I hit 4k followers, celebrate it',
    '庆祝4k粉丝',
    'use my 4k footage',
    'add the text "4K"',
    'add a title "send it to my phone"',
    'add a text message to my phone screen at 5s',
    'send me the video',
    'save it to my phone',
    'download the video to my computer',
  ])('%s is not one of it', (words) => {
    expect(limitOf(words)).toBeUndefined();
  });

  it('leaves the rest of a message to be done', async () => {
    const replies = await stage.say(
      stage.assistant(),
      'Make a 10-second video of the sea, then send it to my phone',
    );
    expect(textsOf(replies, 'text')).toContain(
      'I can’t send anything to a phone or an inbox. Say “Export” and you get the file here.',
    );
    expect(stage.backend.charges).toHaveLength(1);
  });
});
