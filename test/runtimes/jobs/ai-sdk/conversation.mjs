// Whole videos through the AI SDK: run in Node ≥ 22 where `ai` and the package are installed. Prints what came of it.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import {
  createProviderRegistry,
  generateText,
  experimental_generateVideo as generateVideo,
  isStepCount,
  streamText,
} from 'ai';
import { convertArrayToReadableStream, MockLanguageModelV4 } from 'ai/test';
import { NemoVideo } from 'nemovideo-sdk';
import { createNemoVideoProvider, nemovideoTools } from 'nemovideo-sdk/ai';
import { ask, contactSheet, createLocalBackend, edit, say } from 'nemovideo-sdk/local';

const PROMPT = 'A 2-second video of the sea';

async function open(options) {
  const backend = await createLocalBackend({ render: 'off', speed: 1000, ...options });
  const client = new NemoVideo({
    baseUrl: backend.url,
    fetch: backend.fetch,
    token: backend.issueToken(),
    poll: { minMs: 50, maxMs: 200 },
    settle: { intervalMs: 50 },
  });
  const messages = () => backend.requests.filter(({ operation }) => operation === 'run').length;
  return { backend, client, messages };
}

const typeOf = (bytes) => String.fromCharCode(...bytes.slice(4, 8));

const jobs = {
  /** An MP4 that plays, with progress and warnings. */
  async generate() {
    const { backend, client, messages } = await open({ render: 'video' });
    const phases = new Set();
    const provider = createNemoVideoProvider({ client, onProgress: ({ phase }) => phases.add(phase) });
    // By a registry, which is stricter about what a provider has.
    const registry = createProviderRegistry({ nemovideo: provider });
    const { video, warnings, providerMetadata } = await generateVideo({
      model: registry.videoModel('nemovideo:nemo_agent'),
      prompt: PROMPT,
      resolution: '640x360',
      seed: 1,
    });
    assert.equal(typeOf(video.uint8Array), 'ftyp');
    assert.equal(video.mediaType, 'video/mp4');
    await writeFile('generated.mp4', video.uint8Array);
    await contactSheet('generated.mp4', 'generated.png');
    assert.deepEqual([...phases], ['session', 'run', 'settle', 'render', 'download', 'done']);
    assert.deepEqual(
      warnings.map(({ feature }) => feature),
      ['seed'],
    );
    assert.match(providerMetadata.nemovideo.videos[0].timeline, /sea/);
    assert.equal(messages(), 1);
    await backend.close();
    return `${video.uint8Array.length} bytes`;
  },

  /** By start and status, which `poll` chooses; and several at once. */
  async poll() {
    const { backend, client, messages } = await open();
    const model = createNemoVideoProvider({ client }).video('nemo_agent');
    const { videos } = await generateVideo({ model, prompt: PROMPT, n: 2, poll: { intervalMs: 20 } });
    assert.deepEqual(
      videos.map(({ uint8Array }) => typeOf(uint8Array)),
      ['ftyp', 'ftyp'],
    );
    assert.equal(messages(), 2);
    await backend.close();
  },

  async abort() {
    const { backend, client, messages } = await open();
    for (const poll of [undefined, { intervalMs: 20 }]) {
      const stop = new AbortController();
      const onProgress = ({ phase }) => phase === 'run' && stop.abort();
      const model = createNemoVideoProvider({ client, onProgress }).video('nemo_agent');
      const done = generateVideo({ model, prompt: PROMPT, poll, abortSignal: stop.signal });
      await assert.rejects(done, { name: 'AbortError' });
    }
    assert.equal(backend.requests.filter(({ operation }) => operation === 'render').length, 0);
    assert.ok(messages() <= 2);
    await backend.close();
  },

  /** A model that makes a video, answers a question, changes the video, and says so. */
  async tools() {
    const { backend, client, messages } = await open();
    const options = [{ id: 'calm', label: 'Calm' }];
    backend.agent.on(/sea/, ask({ questions: [{ id: 'style', prompt: 'Which style?', options }] }));
    backend.agent.on(/Which style/, [
      edit(() => ({ t: [{ tt: 0, sg: [{ d: 2000, m: { name: 'sea' } }] }], d: 2000 })),
      say('A calm sea.'),
    ]);
    backend.agent.on(/low tide/, [
      edit(() => ({ t: [{ tt: 0, sg: [{ d: 2000, m: { name: 'low tide' } }] }], d: 2000 })),
      say('The tide is low.'),
    ]);
    const tools = nemovideoTools({ client });
    let id = '';
    const steps = [
      () => ['get_credits', {}],
      () => ['create_video', { prompt: PROMPT, aspectRatio: '9:16' }],
      (asked) => {
        id = asked.id;
        assert.equal(asked.status, 'awaiting_input');
        return ['answer_question', { id, answers: { [asked.questions[0].id]: 'calm' } }];
      },
      (made) => {
        assert.equal(made.status, 'completed');
        return ['edit_video', { id, instruction: 'Show it at low tide' }];
      },
      (edited) => {
        assert.match(edited.timeline, /low tide/);
        return ['get_video', { id }];
      },
      (seen) => `Here it is: ${seen.url}`,
    ];
    const model = scripted(steps);
    const { text, steps: done } = await generateText({
      model,
      tools,
      stopWhen: isStepCount(10),
      prompt: 'Make a video of the sea.',
    });
    assert.match(text, /^Here it is: http/);
    assert.equal(done.length, steps.length);
    // The order, its answer, and the change.
    assert.equal(messages(), 3);
    const [{ tools: seen }] = model.doGenerateCalls;
    assert.deepEqual(
      seen.map(({ name }) => name),
      Object.keys(tools),
    );
    assert.equal(seen[1].inputSchema.additionalProperties, false);
    // An input that does not fit never reaches the service.
    const wrong = await generateText({
      model: scripted([() => ['create_video', { prompt: PROMPT, duration: -1 }], () => 'Sorry.']),
      tools,
      stopWhen: isStepCount(3),
      prompt: 'x',
    });
    assert.equal(wrong.text, 'Sorry.');
    assert.equal(messages(), 3);
    await backend.close();
    return text;
  },

  /** The same tools in a stream. */
  async stream() {
    const { backend, client } = await open();
    const [tools, finishReason] = [nemovideoTools({ client }), { unified: 'tool-calls', raw: 'tool-calls' }];
    const call = { type: 'tool-call', toolCallId: 'a', toolName: 'get_credits', input: '{}' };
    const model = new MockLanguageModelV4({
      doStream: {
        stream: convertArrayToReadableStream([call, { type: 'finish', finishReason, usage: USAGE }]),
      },
    });
    const results = await streamText({ model, tools, prompt: 'How many credits?' }).toolResults;
    assert.ok(results[0].output.available > 0);
    await backend.close();
  },
};

const USAGE = {
  inputTokens: { total: 0, noCache: 0, cacheRead: 0, cacheWrite: 0 },
  outputTokens: { total: 0, text: 0, reasoning: 0 },
};

/** A model that looks at the last result, and calls a tool or speaks. */
function scripted(steps) {
  let step = 0;
  return new MockLanguageModelV4({
    doGenerate: async ({ prompt }) => {
      const results = prompt.at(-1).content.filter?.(({ type }) => type === 'tool-result') ?? [];
      const next = steps[step](results[0]?.output.value);
      step += 1;
      const isText = typeof next === 'string';
      const content = isText
        ? { type: 'text', text: next }
        : {
            type: 'tool-call',
            toolCallId: `call-${step}`,
            toolName: next[0],
            input: JSON.stringify(next[1]),
          };
      const reason = isText ? 'stop' : 'tool-calls';
      return {
        content: [content],
        finishReason: { unified: reason, raw: reason },
        usage: USAGE,
        warnings: [],
      };
    },
  });
}

const [, , name] = process.argv;
console.log((await jobs[name]()) ?? 'ok');
