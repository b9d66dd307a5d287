import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { nemovideoTools, type ToolFailure, type ToolVideo } from '../../src/ai/index.js';
import { memoryCheckpoints, NemoVideo, OptionError } from '../../src/index.js';
import { fastClock } from '../support/fast-clock.js';
import { png } from '../support/pictures.js';
import { asksFirst, service } from './support/service.js';

const PROMPT = 'A 5-second video of the sea';

/** The video of a result that is one. */
function video(result: ToolVideo | ToolFailure): ToolVideo {
  if ('error' in result) throw new Error(`${result.error} ${result.hint}`);
  return result;
}

describe('the tools', () => {
  it('are few, say what costs, and describe their input as JSON Schema', () => {
    const tools = nemovideoTools({ client: new NemoVideo(), media: { 'logo.png': new Uint8Array() } });
    expect(Object.keys(tools)).toEqual([
      'create_video',
      'get_video',
      'answer_question',
      'edit_video',
      'get_credits',
    ]);
    for (const { description } of Object.values(tools)) expect(description).toMatch(/credits|Free|Answers/);
    const schema = tools.create_video.inputSchema['~standard'].jsonSchema.input({ target: 'draft-07' });
    expect(schema).toMatchObject({
      type: 'object',
      required: ['prompt'],
      properties: {
        aspectRatio: { enum: ['16:9', '9:16', '1:1'] },
        media: { description: expect.stringContaining('logo.png') },
      },
    });
  });

  it('check their input by Standard Schema', async () => {
    const { create_video: create, answer_question: answer } = nemovideoTools({ client: new NemoVideo() });
    const wrong = await create.inputSchema['~standard'].validate({ prompt: '', duration: -1 });
    expect(wrong.issues?.length).toBe(2);
    const right = await answer.inputSchema['~standard'].validate({ id: 'a', answers: { style: ['calm'] } });
    expect(right).toEqual({ value: { id: 'a', answers: { style: ['calm'] } } });
  });

  it('refuse wrong options', () => {
    // @ts-expect-error: not a client.
    expect(() => nemovideoTools({ client: {} })).toThrow(OptionError);
    // @ts-expect-error: no such option.
    expect(() => nemovideoTools({ client: new NemoVideo(), store: memoryCheckpoints() })).toThrow(/store/);
  });
});

describe('create_video', () => {
  it('makes a video for one message, saves it, and reports progress', async () => {
    await using work = await service();
    const folder = mkdtempSync(join(tmpdir(), 'nemovideo-tools-'));
    const phases = new Set<string>();
    const tools = nemovideoTools({
      client: work.client(),
      folder,
      onProgress: (_, { phase }) => phases.add(phase),
    });
    const made = video(await tools.create_video.execute({ prompt: PROMPT, aspectRatio: '9:16' }));
    expect(made).toMatchObject({ status: 'completed', timeline: expect.stringContaining('Timeline') });
    expect(made.path).toBe(join(folder, `${made.id}.mp4`));
    expect(existsSync(made.path ?? '')).toBe(true);
    expect(phases).toContain('render');
    expect(JSON.parse(JSON.stringify(made))).toEqual(made);
    expect(work.count('run')).toBe(1);
    rmSync(folder, { recursive: true });
  });

  it('uses the files of the app by name, and no path', async () => {
    await using work = await service();
    const media = { 'logo.png': { name: 'logo.png', data: png(64, 36, [200, 30, 30]) } };
    // Not so fast that an upload counts as stuck.
    const tools = nemovideoTools({ client: work.client({ clock: fastClock(20) }), media });
    const refused = await tools.create_video.execute({ prompt: PROMPT, media: ['/etc/passwd'] });
    expect(refused).toEqual({
      error: expect.stringContaining('logo.png, an http(s) address'),
      hint: expect.any(String),
      retryable: false,
    });
    expect(await tools.create_video.execute({ prompt: PROMPT, media: ['toString'] })).toHaveProperty('error');
    expect(work.backend.requests).toHaveLength(0);
    const made = video(await tools.create_video.execute({ prompt: PROMPT, media: ['logo.png'] }));
    expect(made.status).toBe('completed');
    expect(work.count('upload')).toBe(1);
  });

  it('returns what failed and what to do about it', async () => {
    await using work = await service();
    const client = work.client({ token: work.backend.issueToken({ credits: 0 }) });
    const made = video(await nemovideoTools({ client }).create_video.execute({ prompt: PROMPT }));
    expect(made).toMatchObject({
      status: 'failed',
      message: expect.stringMatching(/credits.*get_video continues/s),
    });
    expect(made.id).not.toBe('');
  });

  it('stops when its call is aborted; get_video continues without a message', async () => {
    await using work = await service();
    const abort = new AbortController();
    const store = memoryCheckpoints();
    let id = '';
    const tools = nemovideoTools({
      client: work.client(),
      checkpoints: store,
      onProgress: (of, { phase }) => {
        id = of;
        if (phase === 'render') abort.abort();
      },
    });
    const made = tools.create_video.execute({ prompt: PROMPT }, { abortSignal: abort.signal });
    await expect(made).rejects.toMatchObject({ name: 'AbortError' });
    // As after a restart.
    const again = nemovideoTools({ client: work.client(), checkpoints: store });
    expect(video(await again.get_video.execute({ id }))).toMatchObject({ id, status: 'completed' });
    expect(work.count('run')).toBe(1);
    expect(work.count('render')).toBe(1);
  });
});

describe('the other tools', () => {
  it('answer a question, after a restart, too', async () => {
    await using work = await service();
    asksFirst(work.backend);
    const checkpoints = memoryCheckpoints();
    const made = video(
      await nemovideoTools({ client: work.client(), checkpoints }).create_video.execute({ prompt: PROMPT }),
    );
    expect(made).toMatchObject({
      status: 'awaiting_input',
      message: expect.stringContaining('answer_question'),
      questions: [{ id: 'style', prompt: 'Which style?' }],
    });
    const { id } = made;
    const tools = nemovideoTools({ client: work.client(), checkpoints });
    expect(video(await tools.get_video.execute({ id }))).toEqual(made);
    const wrong = await tools.answer_question.execute({ id, answers: { mood: 'calm' } });
    expect(wrong).toMatchObject({ error: expect.stringContaining('mood') });
    const answered = await tools.answer_question.execute({ id, answers: { style: 'calm' } });
    expect(answered).toMatchObject({ id, status: 'completed', text: 'A calm sea it is.' });
    expect(work.count('run')).toBe(2);
  });

  it('edit a completed video in its session, and render it again', async () => {
    await using work = await service();
    const tools = nemovideoTools({ client: work.client() });
    const { id, url } = video(await tools.create_video.execute({ prompt: PROMPT }));
    const edited = video(await tools.edit_video.execute({ id, instruction: 'Add the title "Low tide"' }));
    expect(edited).toMatchObject({ id, status: 'completed', timeline: expect.stringContaining('Low tide') });
    expect(edited.url).not.toBe(url);
    expect(work.count('session')).toBe(1);
    expect(work.count('run')).toBe(2);
    expect(video(await tools.get_video.execute({ id }))).toMatchObject({ timeline: edited.timeline });
  });

  it('refuse an id that they do not know, and an edit of what is not completed', async () => {
    await using work = await service();
    asksFirst(work.backend);
    const tools = nemovideoTools({ client: work.client() });
    for (const call of [
      tools.get_video.execute({ id: 'x' }),
      tools.answer_question.execute({ id: 'x', answers: {} }),
      tools.edit_video.execute({ id: 'x', instruction: 'shorter' }),
    ])
      expect(await call).toMatchObject({ error: expect.stringContaining('create_video'), retryable: false });
    const { id } = video(await tools.create_video.execute({ prompt: PROMPT }));
    expect(await tools.edit_video.execute({ id, instruction: 'shorter' })).toHaveProperty('error');
    expect(work.count('run')).toBe(1);
  });

  it('read the balance', async () => {
    await using work = await service();
    const { get_credits: credits } = nemovideoTools({ client: work.client() });
    expect(await credits.execute({})).toMatchObject({ available: expect.any(Number) });
  });
});
