import type { Span } from './spans.js';

/** A stretch of time for people: `0-3.5s`, and from a minute on `1:05-1:20`. */
export function formatSpan({ startMs, endMs }: Span, second: string): string {
  const start = toSeconds(startMs);
  const end = toSeconds(endMs);
  return start < 60 && end < 60 ? `${start}-${end}${second}` : `${clock(start)}-${clock(end)}`;
}

/** A length of time for people: `3.5s`, and from a minute on `1:05`. */
export function formatLength(ms: number, second: string): string {
  const seconds = toSeconds(ms);
  return seconds < 60 ? `${seconds}${second}` : clock(seconds);
}

/** To the hundredth, which tells one frame from the next. */
function toSeconds(ms: number): number {
  return Math.round(ms / 10) / 100;
}

function clock(seconds: number): string {
  const hundredths = Math.round(Math.max(0, seconds) * 100);
  const hours = Math.floor(hundredths / 360_000);
  const minutes = Math.floor(hundredths / 6000) % 60;
  const rest = (hundredths % 6000) / 100;
  const tail = `:${rest < 10 ? '0' : ''}${rest}`;
  return hours > 0 ? `${hours}:${minutes < 10 ? '0' : ''}${minutes}${tail}` : minutes + tail;
}

/** A volume for people. Over 10 it cannot be a factor any more and is taken for the percentage that it is. */
export function formatVolume(volume: number): string {
  return `${Math.round(volume > 10 ? volume : volume * 100)}%`;
}

/** The most that is shown of a name or a text. */
const LONGEST = 80;

/** A name or text on one line, without anything that a terminal would obey or that turns the line around. */
export function oneLine(text: string): string {
  const line = text
    .replace(/[\u202a-\u202e\u2066-\u2069]/g, '')
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim();
  const characters = [...line];
  return characters.length > LONGEST ? `${characters.slice(0, LONGEST - 1).join('')}…` : line;
}

/** The last part of a URL or a path: what a person calls the file. */
export function fileName(source: string): string {
  const [path = ''] = source.split(/[?#]/, 1);
  const name = path.split(/[/\\]/).at(-1) ?? '';
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
