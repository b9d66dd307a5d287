/**
 * A quick edit: files, one instruction, the finished video. `npx tsx examples/quick-edit.ts beach.jpg`, or in Chinese
 * `npx tsx examples/quick-edit.ts beach.jpg '用这张照片做一个10秒的视频，标题“早安”，然后导出'`.
 */
import { existsSync } from 'node:fs';
import { argv } from 'node:process';
import { Assistant, NemoVideo } from 'nemovideo-sdk';
import { interrupted } from './support/interrupted.js';
import { ReplyPrinter } from './support/reply-printer.js';

const words = argv.slice(2);
const files = words.filter((word) => existsSync(word));
const message =
  words.filter((word) => !existsSync(word)).join(' ') ||
  'Make a 10-second video with the title "Morning" and export it';

const nemo = new NemoVideo();
const assistant = new Assistant((request) => nemo.sessions.create(request), { downloads: '.' });
await new ReplyPrinter().all(assistant.say(message, { files, signal: interrupted }));
