import type { Language } from '../wording/stock.js';
import { EN, EN_FRAME } from './en.js';
import type { Said } from './facts.js';
import { phrase } from './phrases.js';
import { ZH, ZH_FRAME } from './zh.js';

/** Says things in a language. */
export interface Speaker {
  /** The things one after the other, each once. */
  say(...said: Said[]): string;
  /** What was done, what was not and why, and an invitation in the words of a screen, as the service writes it. */
  report(done: readonly Said[], refused: readonly Said[], ending: 'export' | 'preview' | 'none'): string;
}

/** A speaker of the language. */
export function speakerOf(language: Language): Speaker {
  const [phrases, frame] = language === 'zh' ? [ZH, ZH_FRAME] : [EN, EN_FRAME];
  const say = (...said: Said[]): string =>
    [...new Set(said.map((each) => phrase(phrases, each)))].join(frame.space);
  return {
    say,
    report(done, refused, ending) {
      if (done.length === 0) return say(...refused);
      const parts = [
        frame.done,
        say(...done),
        ...(refused.length > 0 ? [frame.notDone, say(...refused)] : []),
        ...(ending === 'none' ? [] : [frame[ending]]),
      ];
      return parts.join(frame.space);
    },
  };
}
