import type { MediaInput } from '../session/index.js';
import { giveTip, type Turn } from './turn.js';

/** More images than this take noticeably longer to render (the service's own advice: fewer than 10). */
const FEW_IMAGES = 10;

/** What works best (the service's own advice); sounds are not meant. */
const BEST = /\.(?:mp4|mov|jpe?g|png)$/i;

/** Uploads files, and tells how far that is and what arrived. */
export async function receive(turn: Turn, files: readonly MediaInput[]): Promise<void> {
  const { session, words, signal, tell } = turn;
  tell({ type: 'status', text: words.uploading(files.length) });
  let told = -1;
  const uploads = await session.upload(files, {
    signal,
    onProgress: ({ loaded, total }) => {
      const percent = total === undefined || total === 0 ? 0 : Math.floor((loaded / total) * 100);
      if (percent > told)
        tell({ type: 'progress', phase: 'upload', percent, text: words.uploadProgress(percent) });
      told = Math.max(told, percent);
    },
  });
  tell({ type: 'text', text: words.uploaded(uploads.map(({ name }) => name)) });
  await turn.remember({ renderId: undefined });
  if (uploads.filter(({ kind }) => kind === 'image').length >= FEW_IMAGES) await giveTip(turn, 'fewImages');
  if (uploads.some(({ kind, name }) => kind !== 'audio' && !BEST.test(name))) await giveTip(turn, 'formats');
}

/** The addresses in a message that asks for an upload: the service fetches them itself. */
export function addressesIn(text: string): string[] {
  return [...text.matchAll(/https?:\/\/[^\s"'<>“”，。、）)]+/g)].map(([address]) =>
    address.replace(/[.,;:!?]+$/, ''),
  );
}
