/**
 * Makes a value when it is first asked for. Tables of rules are compiled on first use: importing the library costs
 * nothing, and a bundle that does not use them carries none of them.
 */
export function lazily<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
