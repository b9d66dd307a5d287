// Not a model: a script in the place of one, which makes a video and answers a question.
import { MockLanguageModelV4 } from 'ai/test';

const usage = {
  inputTokens: { total: 0, noCache: 0, cacheRead: 0, cacheWrite: 0 },
  outputTokens: { total: 0, text: 0, reasoning: 0 },
};

const say = (text) => ({
  content: [{ type: 'text', text }],
  finishReason: { unified: 'stop', raw: 'stop' },
  usage,
  warnings: [],
});

const use = (toolName, input) => ({
  content: [{ type: 'tool-call', toolCallId: crypto.randomUUID(), toolName, input: JSON.stringify(input) }],
  finishReason: { unified: 'tool-calls', raw: 'tool-calls' },
  usage,
  warnings: [],
});

/** Looks at the last result, as a model does, and says what comes next. */
export function scriptedModel() {
  return new MockLanguageModelV4({
    doGenerate: async ({ prompt }) => {
      const result = prompt.at(-1)?.content.find?.(({ type }) => type === 'tool-result')?.output.value;
      if (result === undefined) return use('create_video', { prompt: 'A video of a train', duration: 5 });
      if (result.status !== 'awaiting_input') return say(`The video is ${result.status}. ${result.message}`);
      const answers = Object.fromEntries(result.questions.map(({ id, options }) => [id, options[0].id]));
      return use('answer_question', { id: result.id, answers });
    },
  });
}
