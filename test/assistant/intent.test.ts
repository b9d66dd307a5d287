import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { explainIntent, type Intent, type IntentRule, routeIntent } from '../../src/assistant/intent.js';

interface Labelled {
  readonly text: string;
  readonly steps: readonly { readonly intent: Intent; readonly text?: string }[];
  /** Not looked at while the rules were tuned. */
  readonly heldOut?: boolean;
}

const read = (name: string): Labelled[] =>
  JSON.parse(readFileSync(new URL(`../fixtures/${name}.json`, import.meta.url), 'utf8'));
/** `intents` was written before any rule; `intents-later` while they grew, its held-out part when they were done. */
const sentences = [...read('intents'), ...read('intents-later')];

/** The table of the wire document, word for word: what a host does that looks for keywords. */
function byKeyword(text: string): Intent {
  const low = text.toLowerCase();
  const has = (...words: string[]): boolean => words.some((word) => low.includes(word));
  if (has('export', '导出', 'download', 'send me the video')) return 'export';
  if (has('credits', '积分', 'balance', '余额')) return 'credits';
  if (has('status', '状态', 'show tracks')) return 'state';
  if (has('upload', '上传')) return 'upload';
  return 'run';
}

const isRight = ({ text, steps }: Labelled): boolean => {
  const got = explainIntent(text).steps;
  return (
    got.length === steps.length &&
    steps.every((step, i) => step.intent === got[i]?.intent && (step.text ?? got[i].text) === got[i].text)
  );
};
const routesRight = ({ text, steps }: Labelled): boolean => routeIntent(text) === steps[0]?.intent;
const share = (set: readonly Labelled[], right: (one: Labelled) => boolean): number =>
  set.filter(right).length / set.length;
const percent = (part: number): string => `${(part * 100).toFixed(1)} %`;

describe('the labelled sentences', () => {
  const heldOut = sentences.filter((one) => one.heldOut === true);
  const sets = [
    ['all', sentences],
    ['held out', heldOut],
  ] as const;

  it('are many, each once, and a part of them was held out', () => {
    expect(new Set(sentences.map(({ text }) => text)).size).toBe(sentences.length);
    expect(sentences.length).toBeGreaterThanOrEqual(240);
    expect(heldOut.length).toBeGreaterThanOrEqual(60);
  });

  it.each(sets)('%s: every step is right for at least 98 of 100', (name, set) => {
    const keyword = share(set, ({ text, steps }) => byKeyword(text) === steps[0]?.intent);
    console.log(
      `${name} (${set.length}): route ${percent(share(set, routesRight))}, all steps ${percent(share(set, isRight))}; ` +
        `keywords: route ${percent(keyword)}`,
    );
    expect(share(set, routesRight)).toBeGreaterThanOrEqual(0.98);
    expect(share(set, isRight)).toBeGreaterThanOrEqual(0.98);
    expect(share(set, routesRight)).toBeGreaterThan(keyword);
  });

  it('find the same intent again in the words of each request', () => {
    for (const { text } of sentences) {
      const { steps } = explainIntent(text);
      for (const step of steps) {
        if (step.intent !== 'run')
          expect([step.text, routeIntent(step.text)]).toEqual([step.text, step.intent]);
      }
    }
  });
});

describe('explainIntent', () => {
  const steps = (text: string): string[] =>
    explainIntent(text).steps.map((step) => `${step.intent}: ${step.text}`);

  it('splits a mixed message into what the editor does and what the client does', () => {
    expect(steps('add music and export')).toEqual(['run: add music', 'export: export']);
    expect(steps('导出并告诉我还剩多少积分')).toEqual(['export: 导出', 'credits: 告诉我还剩多少积分']);
  });

  it('gives a message for the editor back whole, however many clauses it has', () => {
    const text = ' Cut the intro, then make it faster. And louder! ';
    expect(steps(text)).toEqual([`run: ${text.trim()}`]);
  });

  it('puts what comes before and after in the order of doing', () => {
    expect(steps('export it after you add music')).toEqual(['run: add music', 'export: export it']);
    expect(steps('before exporting, make the title red')).toEqual([
      'run: make the title red',
      'export: exporting',
    ]);
  });

  it('takes an order to wait as no order', () => {
    expect(steps("don't export yet, just make the title bigger")).toEqual([
      'run: just make the title bigger',
    ]);
    expect(steps("don't export yet")).toEqual(["run: don't export yet"]);
  });

  it('never looks into quotation marks of any kind', () => {
    const marks = [
      ['"', '"'],
      ["'", "'"],
      ['“', '”'],
      ['‘', '’'],
      ['「', '」'],
      ['『', '』'],
      ['《', '》'],
      ['`', '`'],
      ['«', '»'],
    ];
    for (const [open, close] of marks) {
      expect(steps(`title: ${open}stop. export it, then upload${close}`)).toHaveLength(1);
      expect(routeIntent(`${open}export it${close} as a caption`)).toBe('run');
    }
  });

  it('reads a request that is wholly in quotation marks', () => {
    expect(routeIntent('"export"')).toBe('export');
    expect(routeIntent('「导出」')).toBe('export');
  });

  it('asks once where a message asks twice for the same', () => {
    expect(steps('render the video and send it to me')).toEqual([
      'export: render the video and send it to me',
    ]);
  });

  it('says why, with the words that decided', () => {
    expect(explainIntent('add music and export').because).toBe(
      '"add music" is an instruction for the editor; "export" orders the finished video',
    );
  });

  it('answers an empty message with an empty instruction', () => {
    expect(explainIntent('  ').steps).toEqual([{ intent: 'run', text: '' }]);
  });

  it('takes rules of one’s own before the built-in ones', () => {
    const german: IntentRule = { name: 'German', intent: 'export', when: /^(bitte )?exportier/g };
    expect(routeIntent('Bitte exportieren')).toBe('run');
    const both = explainIntent('Bitte exportieren. exportieren', { rules: [german] });
    expect(both.steps[0]?.intent).toBe('export');
    expect(both.because).toContain('"German"');

    const ours: IntentRule = { name: 'ours', intent: 'run', when: ({ words }) => words.includes('premiere') };
    expect(routeIntent('export it for Premiere')).toBe('export');
    expect(routeIntent('export it for Premiere', { rules: [ours] })).toBe('run');
  });

  it('shows rules the clause without its quotations, its words, and whether it is a refusal', () => {
    const seen: unknown[] = [];
    const spy: IntentRule = {
      name: 'spy',
      intent: 'run',
      when: (clause) => {
        seen.push([clause.text, clause.unquoted.includes('hi'), clause.words, clause.negated]);
        return false;
      },
    };
    explainIntent("Write 'hi', 不要下载视频", { rules: [spy] });
    expect(seen).toEqual([
      ["Write 'hi'", false, ['write', '\u{FFFC}'.repeat(4)], false],
      ['不要下载视频', false, ['不要', '下载', '视频'], true],
    ]);
  });

  it('makes steps of parts of the message only, none of them empty, whatever is said', () => {
    const word = fc.constantFrom(
      ...'export it download the video credits status upload and then , . 。 before after without don’t " \' “ ” title add music 导出 并 然后 积分 先 后 之前 不要 把 标题 你好 🎬'.split(
        ' ',
      ),
    );
    const message = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.array(word).map((words) => words.join(' ')),
      fc.array(word).map((words) => words.join('')),
    );
    fc.assert(
      fc.property(message, (text) => {
        const { steps: found, because } = explainIntent(text);
        expect(found.length).toBeGreaterThan(0);
        expect(because).not.toBe('');
        for (const step of found) {
          expect(text).toContain(step.text);
          expect(step.text !== '' || text.trim() === '').toBe(true);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it.each([
    'please ',
    'export ',
    'credits ',
    '"',
    '“',
    "'",
    '.',
    '_',
    ', ',
    '    ',
    '导出',
    '的',
    'and then ',
    '并',
    'a',
    'a-',
  ])('reads 100 KB of %j without ever going back over it', (piece) => {
    const long = piece.repeat(Math.ceil(100_000 / piece.length));
    // Quadratic work on this would run into the timeout of the suite.
    expect(explainIntent(long).steps.length).toBeGreaterThan(0);
    expect(explainIntent(`add ${long}x`).steps.length).toBeGreaterThan(0);
  });
});

describe('words that were found later', () => {
  it.each<[string, Intent]>([
    ['regenerate', 'run'],
    ['重新生成', 'run'],
    ['redo it', 'run'],
    ['再来一个', 'run'],
    ['现在什么样了', 'state'],
    ['现在是什么样子', 'state'],
    ['现在变成什么样了', 'state'],
  ])('%s goes to %s', (text, intent) => {
    expect(routeIntent(text)).toBe(intent);
  });
});

describe('a message of many pages', () => {
  const script = 'The sun rises over the harbour while the boats come home. '.repeat(500);

  it('is read at its beginning', () => {
    expect(routeIntent(`Export the video. ${script}`)).toBe('export');
    expect(routeIntent(`${script} Export the video.`)).toBe('run');
  });

  it('stays whole', () => {
    const { steps } = explainIntent(`Show my credits, then make a video of this script: ${script}`);
    expect(steps.map(({ intent }) => intent)).toEqual(['credits', 'run']);
    expect(steps[1]?.text).toBe(`make a video of this script: ${script}`.trim());
  });
});
