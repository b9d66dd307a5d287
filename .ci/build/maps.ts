import { decode, encode } from '@jridgewell/sourcemap-codec';

/**
 * A source map that names file and line, which is what a stack trace is read for; columns and names would be three
 * quarters of it. `shift`: how many lines stand before the mapped code. Nothing where nothing is mapped.
 */
export function linesOnly(map: string, shift: number): string | undefined {
  const { sources, mappings } = parseMap(map);
  const lines = decode(mappings).map((segments) => {
    let last = '';
    return segments.flatMap(([column, source, line]): [number, number, number, number][] => {
      if (source === undefined || line === undefined || `${source}:${line}` === last) return [];
      last = `${source}:${line}`;
      return [[column, source, line, 0]];
    });
  });
  if (lines.every((segments) => segments.length === 0)) return undefined;
  return JSON.stringify({ version: 3, sources, names: [], mappings: ';'.repeat(shift) + encode(lines) });
}

function parseMap(text: string): { sources: string[]; mappings: string } {
  const map: unknown = JSON.parse(text);
  if (typeof map !== 'object' || map === null) throw new Error('not a source map');
  const { sources, mappings } = map as { sources?: unknown; mappings?: unknown };
  if (!Array.isArray(sources) || typeof mappings !== 'string') throw new Error('not a source map');
  return { sources: sources.map(String), mappings };
}
