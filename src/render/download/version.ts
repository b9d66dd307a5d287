/** What tells one version of a file from another, so that a part of it can be continued. */
export interface FileVersion {
  /** A strong ETag, else the date of the last change: what `If-Range` takes. Undefined: nothing can be continued. */
  readonly validator: string | undefined;
  /** Bytes of the whole file, where known. */
  readonly total: number | undefined;
}

/** What an answer brings: which version of the file, from which byte. */
export interface Portion extends FileVersion {
  readonly from: number;
}

/**
 * Reads the headers of a 200 or 206 (RFC 9110, "Range Requests").
 * @returns undefined for a 206 that does not say what it is a part of.
 */
export function readPortion(status: number, headers: Headers): Portion | undefined {
  const validator = validatorOf(headers);
  if (status !== 206) return { from: 0, total: lengthOf(headers), validator };
  const range = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(headers.get('content-range') ?? '');
  if (range === null) return undefined;
  return { from: Number(range[1]), total: range[2] === '*' ? undefined : Number(range[2]), validator };
}

/** Whether both are the same version of the same file, as far as they tell. */
export function isSameVersion(a: FileVersion, b: FileVersion): boolean {
  const sameLength = a.total === undefined || b.total === undefined || a.total === b.total;
  return sameLength && a.validator !== undefined && a.validator === b.validator;
}

function validatorOf(headers: Headers): string | undefined {
  const etag = headers.get('etag');
  // A weak one promises the same meaning and not the same bytes.
  if (etag !== null && /^"[^"]*"$/.test(etag)) return etag;
  return headers.get('last-modified') ?? undefined;
}

/** The length of the file; undefined when what is counted is another form of it. */
function lengthOf(headers: Headers): number | undefined {
  const length = headers.get('content-length');
  if (length === null || !/^\d+$/.test(length)) return undefined;
  return /^(?:identity)?$/.test(headers.get('content-encoding') ?? '') ? Number(length) : undefined;
}
