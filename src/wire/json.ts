/** An object of JSON. */
export type JsonObject = { [key: string]: unknown };

/** Whether `value` is an object of JSON: neither a list nor null. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
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
  const { $number: exact } = fieldsOf(value);
  if (typeof exact === 'string') return exact;
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** A number, or a number in quotes: some versions of the service quote them. */
export function numberOf(value: unknown): number | undefined {
  const { $number: exact } = fieldsOf(value);
  if (typeof exact === 'string') return Number(exact);
  if (typeof value === 'string' && /^-?\d+(?:\.\d+)?$/.test(value)) return Number(value);
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** The fields of what should be an object of JSON; none, when it is not one. */
export function fieldsOf(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}
