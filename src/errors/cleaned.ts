import { REDACTED, redact } from './redact.js';

/** Deeper than `inspect` and any writer of JSON looks. An error may be its own cause. */
const DEPTH = 8;

/** Headers that say who is asking. */
const SECRET_HEADERS = ['authorization', 'proxy-authorization', 'cookie', 'set-cookie'];

/**
 * `value` as it may be shown: itself when there is no credential anywhere in it, else a copy without. Causes of errors
 * and facts of logs come from anywhere (a `fetch` of the caller's may throw the request itself), and all of them end
 * in somebody's `inspect` or JSON.
 */
export function cleaned(value: unknown): unknown {
  return holdsCredential(value, new Set()) ? copyOf(value, new Set()) : value;
}

function holdsCredential(value: unknown, seen: Set<object>): boolean {
  if (typeof value === 'string') return redact(value) !== value;
  // A function is shown with its properties.
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return false;
  if (ArrayBuffer.isView(value) || seen.has(value)) return false;
  if (seen.size > 5_000) return true;
  seen.add(value);
  if (value instanceof Headers) {
    return SECRET_HEADERS.some((name) => value.has(name)) || holdsCredential([...value], seen);
  }
  if (value instanceof Request || value instanceof Response) {
    return holdsCredential([value.url, value.headers], seen);
  }
  if (value instanceof URL || value instanceof URLSearchParams)
    return holdsCredential(`?${String(value)}`, seen);
  if (value instanceof Map || value instanceof Set) return holdsCredential([...value], seen);
  if (value instanceof Error && holdsCredential(wordsOf(value), seen)) return true;
  // What a getter returns is not known without running it, and printers and JSON run it.
  return Reflect.ownKeys(value).some(
    (key) => isHidden(value, key) || holdsCredential(dataOf(value, key), seen),
  );
}

/** A copy for the eye: errors, lists and plain objects keep their form, anything else only its name. */
function copyOf(value: unknown, above: ReadonlySet<object>): unknown {
  if (typeof value === 'string') return redact(value);
  if (typeof value === 'function') return `[Function ${REDACTED}]`;
  if (typeof value !== 'object' || value === null) return value;
  if (above.has(value) || above.size >= DEPTH) return '[…]';
  const inside = new Set(above).add(value);
  if (Array.isArray(value)) return value.map((item) => copyOf(item, inside));
  if (value instanceof Error) return copyError(value, inside);
  if (value instanceof URL) return redact(value.href);
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return `[${value.constructor.name} ${REDACTED}]`;
  return Object.fromEntries(Object.keys(value).map((key) => [key, copyOfField(value, key, inside)]));
}

function copyError(error: Error, inside: ReadonlySet<object>): Error {
  const { name, message, stack } = wordsOf(error);
  const copy = new Error(redact(message));
  const put = (key: string, value: unknown, enumerable: boolean): void => {
    Object.defineProperty(copy, key, { value, writable: true, enumerable, configurable: true });
  };
  put('name', redact(name), false);
  put('stack', redact(stack), false);
  for (const key of Object.getOwnPropertyNames(error)) {
    if (key === 'message' || key === 'name' || key === 'stack') continue;
    const enumerable = Reflect.getOwnPropertyDescriptor(error, key)?.enumerable === true;
    put(key, copyOfField(error, key, inside), enumerable);
  }
  return copy;
}

function copyOfField(object: object, key: string, inside: ReadonlySet<object>): unknown {
  if (isHidden(object, key)) return '[Getter]';
  return SECRET_HEADERS.includes(key.toLowerCase()) ? REDACTED : copyOf(dataOf(object, key), inside);
}

/** What every error says of itself, whatever it takes it from. */
function wordsOf(error: Error): { readonly name: string; readonly message: string; readonly stack: string } {
  const read = (key: string): string => {
    try {
      return String(Reflect.get(error, key) ?? '');
    } catch {
      return '';
    }
  };
  return { name: read('name'), message: read('message'), stack: read('stack') };
}

/** What a property holds; a getter is not run. */
function dataOf(object: object, key: PropertyKey): unknown {
  return Reflect.getOwnPropertyDescriptor(object, key)?.value;
}

/** Whether a property is a getter. The `stack` of an error is one in some runtimes. */
function isHidden(object: object, key: PropertyKey): boolean {
  return key !== 'stack' && Reflect.getOwnPropertyDescriptor(object, key)?.get !== undefined;
}

/** A cause in JSON: of a foreign error, JSON would show nothing, and of something that is no JSON it would throw. */
export function brief(cause: unknown, depth = 1): unknown {
  if (cause instanceof Error) {
    const { name, message } = wordsOf(cause);
    return {
      name: redact(name),
      message: redact(message),
      cause: depth < DEPTH ? brief(dataOf(cause, 'cause'), depth + 1) : undefined,
    };
  }
  try {
    JSON.stringify(cause);
    return cause;
  } catch {
    return typeof cause;
  }
}
