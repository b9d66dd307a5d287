import { OptionError } from './errors/index.js';

/** A positive number, finite; `fallback` when there is none. */
export function positive(value: number | undefined, fallback: number, field: string): number {
  if (value === undefined) return fallback;
  if (typeof value !== 'number' || !(value > 0) || !Number.isFinite(value)) {
    throw new OptionError({ field, accepted: 'a positive number' });
  }
  return value;
}

/** How long to wait each time, in ms. */
export function delays(value: readonly number[] | undefined, field: string): readonly number[] | undefined {
  if (value === undefined) return undefined;
  if (!Array.isArray(value) || !value.every((delay) => Number.isFinite(delay) && delay >= 0)) {
    throw new OptionError({ field, accepted: 'a list of milliseconds, each finite' });
  }
  return [...value];
}

/** A text that says something. */
export function text(value: string | undefined, field: string): string | undefined {
  if (value === undefined) return undefined;
  if (typeof value !== 'string' || value.trim() === '') {
    throw new OptionError({ field, accepted: 'a string that is not empty' });
  }
  return value;
}

/** A value that can stand in a header. */
export function header(value: string | undefined, field: string): string | undefined {
  const checked = text(value, field);
  if (checked !== undefined && !/^[\t\x20-\x7e\x80-\xff]+$/.test(checked)) {
    throw new OptionError({ field, accepted: 'text that fits in an HTTP header (Latin letters, one line)' });
  }
  return checked;
}

/** An http(s) address, without a slash at its end. */
export function url(value: string | URL, field: string): string {
  const address = String(value);
  const parsed = URL.canParse(address) ? new URL(address) : undefined;
  if (parsed === undefined || !/^https?:$/.test(parsed.protocol)) {
    throw new OptionError({ field, accepted: 'an address that begins https://' });
  }
  return parsed.href.replace(/\/$/, '');
}

/** An object of the caller's own, with the methods that will be called. */
export function having<T extends object>(
  value: T | undefined,
  field: string,
  methods: readonly (keyof T & string)[],
): T | undefined {
  if (value !== undefined && !methods.every((name) => typeof value[name] === 'function')) {
    throw new OptionError({
      field,
      accepted: `an object with ${methods.map((name) => `${name}()`).join(', ')}`,
    });
  }
  return value;
}

/** A list of functions; an empty one when there is none. */
export function functions<T>(value: readonly T[] | undefined, field: string): readonly T[] {
  if (value === undefined) return [];
  if (!Array.isArray(value) || !value.every((entry) => typeof entry === 'function')) {
    throw new OptionError({ field, accepted: 'a list of functions' });
  }
  return [...value];
}
