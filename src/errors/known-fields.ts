import { OptionError } from './option.js';

/**
 * Refuses a field that nobody would read: a misspelt option must be told, not ignored.
 * @throws {@link OptionError} for the first one, with the name that was probably meant.
 */
export function refuseUnknownFields(given: object, known: Readonly<Record<string, true>>): void {
  const names = Object.keys(known);
  for (const field of Object.keys(given)) {
    if (Object.hasOwn(known, field)) continue;
    const meant = names.find((name) => isSlip(field, name));
    throw new OptionError({
      field,
      accepted: `one of the options ${names.join(', ')}`,
      hint: meant === undefined ? undefined : `Did you mean \`${meant}\`?`,
    });
  }
}

/** Whether one is the other with the wrong case, or with a letter or two too many, missing, wrong or exchanged. */
function isSlip(written: string, meant: string): boolean {
  return distance(written.toLowerCase(), meant.toLowerCase()) <= 2;
}

/** Letters to add, to remove or to change. */
function distance(a: string, b: string): number {
  let above = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [row, letter] of [...a].entries()) {
    const line = [row + 1];
    for (const [column, other] of [...b].entries()) {
      const kept = (above[column] ?? 0) + (letter === other ? 0 : 1);
      line.push(Math.min(kept, (above[column + 1] ?? 0) + 1, (line[column] ?? 0) + 1));
    }
    above = line;
  }
  return above.at(-1) ?? 0;
}
