import { translateGui } from '../run/index.js';

/** The end of a sentence: its mark with what closes a quotation, before a blank; in Chinese before anything. A line ends one too. */
const ENDS = /[.!?…]["'”’)\]]*(?=\s)|[。！？]["”’」』）]*(?=[^"”’」』）])|\n/gu;

/** Cuts a growing answer into sentences for a person to read one by one. */
export class Sentences {
  /** How many characters of the answer have been given. */
  #given = 0;

  /**
   * The sentences that are complete by now and were not given before, each in one line, without instructions for a
   * screen. The last words of an answer, which nothing follows, are not among them.
   */
  next(text: string): string[] {
    const sentences: string[] = [];
    const fresh = text.slice(this.#given);
    let begin = 0;
    for (const { index, 0: end } of fresh.matchAll(ENDS)) {
      const words = fresh.slice(begin, index + end.length);
      begin = index + end.length;
      const sentence = translateGui(words).text.replace(/\s+/g, ' ').trim();
      if (sentence !== '') sentences.push(sentence);
    }
    this.#given += begin;
    return sentences;
  }
}
