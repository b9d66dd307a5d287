import { readBalance } from '../credits.js';
import { contextOf } from '../session/index.js';
import type { Turn } from './turn.js';

/** Tells the balance. */
export async function tellCredits(turn: Turn): Promise<void> {
  const { session, signal } = turn;
  const credits = await readBalance(contextOf(session).transport, { signal });
  turn.tell({ type: 'credits', text: turn.words.credits(credits.available, credits.frozen), credits });
}

/** Tells the summary of the timeline; with `media`, also which files there are. */
export async function tellState(
  turn: Turn,
  { media: withMedia }: { readonly media: boolean },
): Promise<void> {
  const { session, words, language, signal, tell } = turn;
  const { timeline, media } = await session.state({ signal });
  const names = media.map(({ name }) => name);
  if (withMedia && names.length > 0) tell({ type: 'text', text: words.media(names) });
  if (timeline?.isExportable())
    tell({ type: 'timeline', text: timeline.toString({ language }), timeline, language, changes: [] });
  else tell({ type: 'text', text: words.emptyTimeline });
}
