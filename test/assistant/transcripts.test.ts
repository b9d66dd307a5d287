import { readFile, writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { translateGui } from '../../src/run/index.js';
import { openStage, type Stage } from './support/conversation.js';
import { type Line, transcribe } from './support/transcript.js';

/** `UPDATE_TRANSCRIPTS=1 npx vitest run test/assistant/transcripts.test.ts` writes them anew; read what it wrote. */
const UPDATE = process.env.UPDATE_TRANSCRIPTS === '1';

const CONVERSATIONS: Readonly<Record<string, readonly Line[]>> = {
  'quick-edit.en': [
    { say: 'Make a 10-second video of this with the title "Morning"', files: ['beach.png'] },
    { say: 'How many credits are left?' },
  ],
  'quick-edit.zh': [
    { say: '用这张照片做一个10秒的视频，标题“早安”', files: ['海滩.png'] },
    { say: '还剩多少积分？' },
  ],
  'batch-style.en': [
    { say: 'Make a 5-second video of this with the title "Mug" and export it', files: ['mug.png'] },
    {
      say: 'Replace mug.png with plant.png, change the title to "Plant" and export it',
      files: ['plant.png'],
    },
    { say: 'Here is the last photo', files: ['lamp.png'] },
    { say: 'Replace plant.png with lamp.png, change the title to "Lamp" and export it' },
  ],
  'batch-style.zh': [
    { say: '用这张照片做一个5秒的视频，标题“杯子”，然后导出', files: ['mug.png'] },
    { say: '把 mug.png 换成 plant.png，标题改成“植物”，然后导出', files: ['plant.png'] },
    { say: '这是最后一张照片', files: ['lamp.png'] },
    { say: '把 plant.png 换成 lamp.png，标题改成“台灯”，然后导出' },
  ],
  'troubles.en': [
    { say: 'Export my video' },
    { say: 'Use this', files: ['notes.txt'] },
    { say: 'Upload a file' },
    { say: 'Make a 10-second video of the sea' },
    { say: 'Generate another video of a forest' },
  ],
  'troubles.zh': [
    { say: '导出我的视频' },
    { say: '用这个', files: ['笔记.txt'] },
    { say: '上传文件' },
    { say: '做一个关于大海的视频，10秒' },
    { say: '做一个关于森林的视频，20秒' },
  ],
  'iterative.en': [
    { say: 'Hi, how many credits do I have?' },
    {
      say: 'Create a 12-second promotional video with music and the text "Made by hand", but do not export yet',
      files: ['mug.png', 'plant.png', 'lamp.png', 'logo.png'],
    },
    { say: 'Show me the tracks' },
    { say: 'Set the music to 30%' },
    { say: 'Remove the second photo' },
    { say: 'Change the title to "Summer Sale" and send me the video' },
  ],
  'iterative.zh': [
    { say: '我还有多少积分？' },
    {
      say: '做一个12秒的宣传视频，配上音乐和文字“手工制作”，先不要导出',
      files: ['mug.png', 'plant.png', 'lamp.png', 'logo.png'],
    },
    { say: '查看轨道' },
    { say: '音乐音量30%' },
    { say: '删掉第二张照片' },
    { say: '把标题改成“夏日大促”，然后把视频发给我' },
  ],
};

let stage: Stage;

beforeEach(async () => {
  stage = await openStage();
});

afterEach(() => stage.close());

describe('whole conversations', () => {
  it.each(Object.entries(CONVERSATIONS))('%s reads as it was read and approved', async (name, lines) => {
    const path = new URL(`../fixtures/transcripts/${name}.txt`, import.meta.url);
    const assistant = stage.assistant({ downloads: stage.folder });
    const transcript = await transcribe(stage, assistant, lines);
    if (UPDATE) await writeFile(path, transcript);
    expect(transcript).toBe(await readFile(path, 'utf8'));
    // What holds whoever reads it.
    const replies = transcript.split('\n').filter((line) => !line.startsWith('>'));
    expect(replies.join('\n')).not.toMatch(/nmv_|clm_|[{}]|[a-z]+_[a-z]+\b(?!\.)|undefined|NaN|\[object/);
    expect(translateGui(replies.join('\n')).actions).toEqual([]);
    const sent = stage.backend.requests
      .filter(({ operation }) => operation === 'run')
      .map(({ body }) => JSON.stringify(body));
    expect(sent.filter((body) => /export|导出|send me the video|视频发给我/i.test(body))).toEqual([]);
  });
});
