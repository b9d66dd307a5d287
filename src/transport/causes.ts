/** The first error code in a chain of causes, e.g. `ECONNREFUSED`. */
export function failureCode(thrown: unknown): string | undefined {
  return [...causes(thrown)].find(({ code }) => code !== undefined)?.code;
}

/** What one error of a chain says. */
interface Cause {
  readonly code: string | undefined;
  readonly syscall: string | undefined;
  readonly message: string;
}

/** An error, what caused it, and so on. */
export function* causes(thrown: unknown): Generator<Cause> {
  let error: unknown = thrown;
  for (let depth = 0; depth < 6 && typeof error === 'object' && error !== null; depth += 1) {
    const { code, syscall, message, errors, cause }: Partial<Record<string, unknown>> = { ...read(error) };
    yield {
      code: typeof code === 'string' ? code : undefined,
      syscall: typeof syscall === 'string' ? syscall : undefined,
      message: typeof message === 'string' ? message : '',
    };
    // Happy eyeballs: one error per address, and none of them got through.
    error = Array.isArray(errors) && errors.length > 0 ? errors[0] : cause;
  }
}

/** The fields of an error, its own or inherited. */
function read(error: object): Partial<Record<string, unknown>> {
  const fields = ['code', 'syscall', 'message', 'errors', 'cause'];
  return Object.fromEntries(fields.map((field) => [field, Reflect.get(error, field)]));
}
