import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStage, photo, type Stage, textsOf } from './support/conversation.js';

let stage: Stage;

beforeEach(async () => {
  stage = await openStage();
});

afterEach(() => stage.close());

describe('tips', () => {
  it('come where many images would take long, and only once', async () => {
    const assistant = stage.assistant();
    const files = Array.from({ length: 10 }, (_, index) => photo(`${index}.png`, index * 20));
    const first = await stage.say(assistant, 'here you go', { files });
    const second = await stage.say(assistant, 'here you go', { files });
    expect(textsOf(first, 'tip')).toEqual(['Tip: videos of fewer than 10 images render fastest.']);
    expect(textsOf(second, 'tip')).toEqual([]);
  });

  it('come with formats that work less well', async () => {
    const gif = {
      name: 'old.gif',
      data: Buffer.from('R0lGODlhAQABAIAAAP///wAAACwAAAAAAQABAAACAkQBADs=', 'base64'),
    };
    const replies = await stage.say(stage.assistant(), '', { files: [gif] });
    expect(textsOf(replies, 'tip')).toEqual([expect.stringContaining('MP4, MOV, JPG and PNG')]);
  });

  it('do not come with few images', async () => {
    const replies = await stage.say(stage.assistant(), '', { files: [photo('a.png', 9)] });
    expect(replies.map(({ type }) => type)).toEqual(expect.arrayContaining(['status', 'text', 'suggestion']));
    expect(textsOf(replies, 'tip')).toEqual([]);
  });
});
