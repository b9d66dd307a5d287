/** An object of JSON. */
export type JsonObject = { [key: string]: unknown };

/** Whether `value` is an object of JSON: neither a list nor null. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The fields of what should be an object of JSON; none, when it is not one. */
export function fieldsOf(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}
