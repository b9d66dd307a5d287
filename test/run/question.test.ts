import { describe, expect, test } from 'vitest';
import type { AgentQuestion } from '../../src/errors/index.js';
import { answerMessage, questionIn } from '../../src/run/question.js';
import { adkText, collect, data, reset, Service } from './harness.js';

const ASKED = {
  title: 'Two things',
  questions: [
    {
      id: 'style',
      prompt: 'Which style?',
      options: [
        { id: 'a', label: 'Calm' },
        { id: 'b', label: 'Fast' },
      ],
      allow_multiple: true,
    },
    { id: 'name', prompt: '标题是什么？', options: [] },
  ],
};
const call = (name: string, args: unknown, more: object = {}) => ({
  author: 'nemo_agent',
  content: { role: 'model', parts: [{ functionCall: { id: 'q1', name, args } }] },
  ...more,
});
const CLIP = { draft: { t: [{ tt: 0, sg: [{ d: 4000 }] }] } };

async function play(...body: readonly unknown[]) {
  const service = new Service({ run: [body.map(data)], states: [CLIP] });
  return { service, ...(await service.clock.run(collect(service.run()))) };
}

/** What a terminal would act on: a colour, a title of the window, a C1 control, a turn of direction. */
const ESCAPES = '\u001b[31m\u001b]0;owned\u0007\u009b2J\u202E';

describe('a run in which the agent asks', () => {
  test('shows a terminal nothing to act on, and keeps what was sent in `raw`', () => {
    const args = {
      title: `Two${ESCAPES} things`,
      questions: [
        {
          id: 'a',
          prompt: `${ESCAPES}Which?`,
          options: [{ id: 'x', label: `Ca${ESCAPES}lm` }, `Fa${ESCAPES}st`],
        },
      ],
    };
    expect(questionIn('q1', 'ask_question', args)).toMatchObject({
      title: 'Two things',
      questions: [{ prompt: 'Which?', options: [{ id: 'x', label: 'Calm' }, { label: 'Fast' }] }],
      raw: args,
    });
  });

  test('ends with the question: it is not silent, and no state is taken for its result', async () => {
    const { events, result, service } = await play(
      call('ask_question', ASKED, { longRunningToolIds: ['q1'] }),
    );
    expect(events.map(({ type }) => type)).toEqual(['tool_call', 'question']);
    expect(result).toMatchObject({ text: '', silent: false, recovered: false, complete: true, changes: [] });
    expect(result?.question).toEqual({
      id: 'q1',
      title: 'Two things',
      source: 'ask_question',
      questions: [
        { ...ASKED.questions[0], allow_multiple: undefined, allowMultiple: true },
        { id: 'name', prompt: '标题是什么？', options: [], allowMultiple: false },
      ].map(({ allow_multiple: _, ...part }: Record<string, unknown>) => part),
      raw: ASKED,
    });
    expect(service.reads).toBe(0);
  });

  test('has the question beside words, and also in a partial event', async () => {
    const { result } = await play(
      adkText('I need to know: ', true),
      call('ask_question', { questions: [{ id: 'x', prompt: 'Wh' }] }, { partial: true }),
      call('ask_question', { questions: [{ id: 'x', prompt: 'What?' }] }),
    );
    expect(result).toMatchObject({ text: 'I need to know: ', silent: false });
    expect(result?.question?.questions).toEqual([
      { id: 'x', prompt: 'What?', options: [], allowMultiple: false },
    ]);
  });

  test('keeps it when the connection breaks behind it, because nothing more was to come', async () => {
    const service = new Service({ run: [[data(call('ask_question', ASKED)), reset()]] });
    const { result } = await service.clock.run(collect(service.run()));
    expect(result).toMatchObject({ question: { source: 'ask_question' }, recovered: false, complete: false });
    expect(service.reads).toBe(0);
  });

  test('has no question that a tool has answered, unless that answer is only a receipt', async () => {
    const answer = {
      author: 'nemo_agent',
      content: {
        role: 'user',
        parts: [{ functionResponse: { id: 'q1', name: 'ask_question', response: {} } }],
      },
    };
    const answered = await play(call('ask_question', ASKED), answer, adkText('Done.', false));
    expect(answered.result).not.toHaveProperty('question');
    const receipt = await play(call('ask_question', ASKED, { longRunningToolIds: ['q1'] }), answer);
    expect(receipt.result?.question).toMatchObject({ id: 'q1' });
  });

  test.each([[null], [{ status: 'pending', ticket: 7 }], [{ status: 'WAITING_FOR_USER' }]])(
    'takes %j for a receipt also where the service does not say that the call waits',
    async (response) => {
      const receipt = {
        author: 'nemo_agent',
        content: {
          role: 'user',
          parts: [{ functionResponse: { id: 'q1', name: 'ask_question', response } }],
        },
      };
      const { result } = await play(call('ask_question', ASKED), receipt);
      expect(result).toMatchObject({ question: { id: 'q1' }, silent: false, complete: true });
      expect(result?.toolCalls).toMatchObject([{ result: response }]);
    },
  );

  test('reads arguments that the model wrote as JSON text', async () => {
    const { result } = await play(call('ask_question', JSON.stringify(ASKED)));
    expect(result?.question).toMatchObject({
      title: 'Two things',
      questions: [{ id: 'style' }, {}],
      raw: ASKED,
    });
    const spoilt = await play(call('ask_question', '{"title":'));
    expect(spoilt.result?.question).toMatchObject({ questions: [{ prompt: '' }] });
  });

  test('reports the last one', async () => {
    const second = { questions: [{ id: 'z', prompt: 'And?' }] };
    const { result, events } = await play(call('ask_question', ASKED), {
      ...call('ask_question', second),
      content: { parts: [{ functionCall: { id: 'q2', name: 'ask_question', args: second } }] },
    });
    expect(events.filter(({ type }) => type === 'question')).toHaveLength(2);
    expect(result?.question?.id).toBe('q2');
  });
});

describe('the kinds of call that ask', () => {
  test.each([
    [
      'adk_request_confirmation',
      { originalFunctionCall: { name: 'delete_track' }, toolConfirmation: { hint: 'Delete the music?' } },
      { id: 'confirmed', prompt: 'Delete the music?', options: [{ id: 'yes' }, { id: 'no' }] },
    ],
    [
      'adk_request_confirmation',
      { original_function_call: { name: 'delete_track' } },
      { id: 'confirmed', prompt: 'Confirm delete_track?' },
    ],
    ['adk_request_credential', { functionCallId: 'f1', authConfig: {} }, { id: 'credential', options: [] }],
    ['adk_request_input', { message: 'How long?' }, { id: 'input', prompt: 'How long?' }],
    ['ask_question', { question: 'How long?' }, { id: '1', prompt: 'How long?' }],
    [
      'ask_question',
      { questions: '[{"prompt":"How long?","options":["5 s","10 s"]}]' },
      {
        id: '1',
        prompt: 'How long?',
        options: [
          { id: '5 s', label: '5 s' },
          { id: '10 s', label: '10 s' },
        ],
      },
    ],
    ['ask_question', {}, { id: '1', prompt: '' }],
  ])('%s with %j', (name, args, part) => {
    expect(questionIn('c1', name, args)).toMatchObject({
      id: 'c1',
      source: name,
      questions: [part],
      raw: args,
    });
  });

  test('no other call does', () => {
    expect(questionIn('c1', 'edit_multitrack', ASKED)).toBeUndefined();
  });
});

describe('an answer', () => {
  const question = questionIn('q1', 'ask_question', ASKED) as AgentQuestion;

  test.each([
    [{ style: ['a', 'b'], name: 'Meer' }, '1. Which style?: Calm, Fast\n2. 标题是什么？: Meer'],
    [{ style: 'b' }, '1. Which style?: Fast\n2. 标题是什么？: Skipped'],
    [{ name: 'Two\nlines' }, '1. Which style?: Skipped\n2. 标题是什么？: Two lines'],
    [{ style: [], name: ' ' }, '1. Which style?: Skipped\n2. 标题是什么？: Skipped'],
    [{ style: 'something else' }, '1. Which style?: something else\n2. 标题是什么？: Skipped'],
  ])('%j is written in the documented form', (answers, message) => {
    expect(answerMessage(question, answers)).toBe(message);
    // A question survives JSON.
    expect(answerMessage(JSON.parse(JSON.stringify(question)), answers)).toBe(message);
  });

  test.each([
    [{ stile: 'a' }, 'answers.stile'],
    [{ name: ['one', 'two'] }, 'answers.name'],
    [{ style: 5 }, 'answers.style'],
    ['a', 'answers'],
    [null, 'answers'],
  ])('%j is refused by the name of what is wrong', (answers, field) => {
    expect(() => answerMessage(question, answers as never)).toThrow(
      expect.objectContaining({ name: 'OptionError', field }),
    );
  });

  test.each([undefined, 5, {}, { questions: [{}] }, { questions: [{ id: 'a', prompt: 'b', options: [1] }] }])(
    'to %j is refused',
    (other) => {
      expect(() => answerMessage(other as never, {})).toThrow(
        expect.objectContaining({ name: 'OptionError', field: 'question' }),
      );
    },
  );
});
