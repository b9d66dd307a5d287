/** An object of JSON. */
export type JsonObject = { [key: string]: unknown };

/** Whether `value` is an object of JSON: neither a list nor null. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * A number that JavaScript cannot represent, such as an id of 19 digits: its text as the service wrote it. An object
 * rather than a class, so that it survives `JSON.stringify`, `JSON.parse` and `structuredClone` in a snapshot.
 */
export interface ExactNumber {
  readonly $number: string;
}

/** Whether a value is a number that `parseExact` kept as text. */
export function isExactNumber(value: unknown): value is ExactNumber {
  return isObject(value) && typeof value.$number === 'string';
}

/** Reads an answer of which no single field must be there: any object. Its fields are read one by one, where they are used. */
export const anyObject = {
  safeParse(data: unknown) {
    if (isObject(data)) return { success: true, data } as const;
    const issue = { code: 'invalid_type', expected: 'object', path: [], message: 'not an object' };
    return { success: false, error: { issues: [issue] } } as const;
  },
};

/** A text; a number counts as its digits, because ids are seen in both forms, also one that `parseExact` kept as text. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  if (isExactNumber(value)) return value.$number;
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** A number, or a number in quotes: some versions of the service quote them. */
export function numberOf(value: unknown): number | undefined {
  if (typeof value === 'string' && /^-?\d+(?:\.\d+)?$/.test(value)) return Number(value);
  if (isExactNumber(value)) return Number(value.$number);
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** The fields of what should be an object of JSON; none, when it is not one. */
export function fieldsOf(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}
