import type { Timeline } from '../draft/index.js';
import type { Catalogue } from './catalogue/index.js';
import type { SuggestionReply } from './reply.js';

/** What there is to say next, from what the timeline has and lacks; at most three, and nothing that was `said`. */
export function suggest(
  timeline: Timeline | undefined,
  words: Catalogue,
  { delivered, said }: { readonly delivered: boolean; readonly said: string },
): SuggestionReply {
  const { create, ...more } = words.suggestions;
  const suggestions = timeline?.isExportable()
    ? nextEdits(timeline, more, delivered, said.toLowerCase())
    : create;
  return { type: 'suggestion', text: words.suggest(suggestions), suggestions };
}

function nextEdits(
  timeline: Timeline,
  more: Omit<Catalogue['suggestions'], 'create'>,
  delivered: boolean,
  said: string,
): string[] {
  const has = (...roles: readonly string[]): boolean =>
    timeline.tracks.some(({ role }) => roles.includes(role));
  const edits = [
    ...(has('bgm', 'audio', 'sound', 'voice') ? [] : [more.music]),
    ...(has('title', 'text', 'caption', 'subtitle') ? [more.bigger] : [more.title]),
    ...(has('bgm') ? [more.quieter] : []),
    ...(timeline.durationMs > 10_000 ? [more.shorter] : []),
    more.vertical,
    more.captions,
  ].filter((edit) => !said.includes(edit.toLowerCase()));
  return delivered ? edits.slice(0, 2) : [...edits.slice(0, 2), more.export];
}
