/** At most so many characters; never half of one that takes two code units. */
export const shorten = (text: string, most: number): string =>
  [...text]
    .slice(0, most)
    .join('')
    .replace(/\p{Surrogate}/gu, '');
