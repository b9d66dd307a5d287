import { cutClauses } from './clauses.js';
import { maskQuotes } from './mask.js';
import { readClause } from './read-clause.js';
import { placeSteps } from './steps.js';
import { normalize } from './traditional.js';
import type { Intent, IntentExplanation, IntentOptions } from './types.js';

/**
 * Says what a message asks for, step by step, in English and Chinese.
 *
 * It looks at the sentence, not for substrings: quoted parts are content; the message is cut into clauses; a clause is a
 * request only if every word of it plays a part in one ("download it as mp4"), so one word of content ("download
 * button") makes it an edit. A refused order ("don't export yet") is left out; courtesies and praise cost nothing.
 * Pure and linear in the length of the message; never throws.
 *
 * @example
 * explainIntent('add music and export').steps;
 * // [{ intent: 'run', text: 'add music' }, { intent: 'export', text: 'export' }]
 */
export function explainIntent(text: string, options: IntentOptions = {}): IntentExplanation {
  const masked = normalize(maskQuotes(text));
  const rules = options.rules ?? [];
  const parts = cutClauses(masked).map((span) => ({
    ...span,
    reading: readClause(text.slice(span.start, span.end), masked.slice(span.start, span.end), rules),
  }));
  const steps = placeSteps(parts, masked);
  const [only] = steps;
  const isWhole = only === undefined || (only.start === parts[0]?.start && only.end === parts.at(-1)?.end);
  if (steps.length < 2 && isWhole) {
    const { intent, because } = only ?? {
      intent: 'run',
      because: 'asks for nothing that the client does itself',
    };
    return { steps: [{ intent, text: text.trim() }], because: `the message ${because}` };
  }
  return {
    steps: steps.map(({ intent, start, end }) => ({ intent, text: text.slice(start, end) })),
    because: steps.map(({ because, start, end }) => `"${text.slice(start, end)}" ${because}`).join('; '),
  };
}

/**
 * Where a message goes: the intent of the first step of {@link explainIntent}.
 *
 * @example
 * routeIntent('send me the video'); // 'export'
 * routeIntent('add a download button graphic at 0:05'); // 'run'
 */
export function routeIntent(text: string, options?: IntentOptions): Intent {
  return explainIntent(text, options).steps[0]?.intent ?? 'run';
}
