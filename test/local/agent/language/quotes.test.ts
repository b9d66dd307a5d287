import { describe, expect, it } from 'vitest';
import { Marker } from '../../../../src/local/agent/language/quotes.js';

describe('quotation marks', () => {
  it.each(['"…"', '“…”', '‘…’', "'…'", '「…」', '『…』', '《…》', '«…»', '„…“', '„…”', '＂…＂'])(
    '%s',
    (pair) => {
      const message = ['Hello', 'World'].map((text) => `put ${pair.replace('…', text)} on it`).join(' and ');
      expect(new Marker(message, []).marked.quotes).toEqual(['Hello', 'World']);
    },
  );
});
