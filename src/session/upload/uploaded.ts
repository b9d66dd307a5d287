import { kindOfName, kindOfType, type MediaKind, type UploadedFileAnswer } from '../../wire/index.js';

/** A file that is in the session. */
export interface UploadedMedia {
  /** As it was given; for an address, as the service calls it. */
  readonly name: string;
  readonly kind: MediaKind;
  /** Where the service keeps it. */
  readonly url: string;
  /** In pixels. */
  readonly width?: number;
  /** In pixels. */
  readonly height?: number;
  /** Frames per second. */
  readonly fps?: number;
  readonly hash?: string;
  /** The service's answer about it, untouched. Its `duration` is only here: no document says what its unit is. */
  readonly raw: unknown;
}

/** Reads one file of the answer. `sent` is what is known of it here; nothing, of an address. */
export function readUploaded(
  answer: UploadedFileAnswer,
  sent: { readonly name: string; readonly kind: MediaKind } | undefined,
  fallbackName: string,
): UploadedMedia {
  const { width, height, fps, hash } = answer;
  const name = sent?.name ?? answer.filename ?? fallbackName;
  return {
    name,
    kind:
      sent?.kind ??
      kindOfType(answer.file_type ?? undefined) ??
      kindOfName(name) ??
      kindOfName(answer.cdn_url) ??
      'video',
    url: answer.cdn_url,
    ...(width == null ? {} : { width }),
    ...(height == null ? {} : { height }),
    ...(fps == null ? {} : { fps }),
    ...(hash == null ? {} : { hash }),
    raw: answer,
  };
}
