import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { filterValue, Graph } from '../../../src/local/renderer/graph.js';

describe('Graph', () => {
  it('gives out every frame of its sources, and then no more', async () => {
    const graph = await Graph.open('color=red:size=64x64:rate=5:duration=1,format=yuv420p,buffersink@out');
    let frames = 0;
    for await (const frame of graph.ready()) {
      expect(frame.width).toBe(64);
      frame.free();
      frames++;
    }
    graph.free();
    expect(frames).toBe(5);
  });

  it('refuses a description that FFmpeg does not understand', async () => {
    await expect(Graph.open('color=red,nonsense=1,buffersink@out')).rejects.toThrow();
    await expect(Graph.open('color=red,nullsink')).rejects.toThrow('needs an output');
  });

  it('has no input of another name', async () => {
    const graph = await Graph.open('color=red,buffersink@out');
    expect(() => graph.add('buffer@photo', null)).toThrow('buffer@photo');
    graph.free();
  });
});

describe('filterValue', () => {
  /** Reads one of two levels of escaping: up to an unescaped end, with quotes and backslashes taken away. */
  const readEscaped = (text: string, ends: string): string => {
    let value = '';
    for (let at = 0; at < text.length; at++) {
      const character = text[at] ?? '';
      if (character === '\\') value += text[++at] ?? '';
      else if (character === "'" || ends.includes(character)) return `${value}<ended>`;
      else value += character;
    }
    return value;
  };

  it('survives both levels of unescaping, whatever the text', () => {
    const text = fc.string({ unit: fc.constantFrom(...`a\\':[],;= %é新\n`), maxLength: 20 });
    fc.assert(
      fc.property(text, (value) => {
        expect(readEscaped(readEscaped(filterValue(value), '[],;'), ':')).toBe(value);
      }),
    );
  });
});
