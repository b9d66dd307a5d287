/**
 * The places of `numbers` that have to move to bring the others into ascending order: as few as possible, that is all
 * but a longest ascending subsequence. All numbers are different.
 */
export function outOfOrder(numbers: readonly number[]): Set<number> {
  // The place of the last number of the best subsequence of each length, and what precedes each number in its best.
  const lastOf: number[] = [];
  const previous: (number | undefined)[] = [];
  numbers.forEach((number, place) => {
    const length = countBelow(lastOf, number, numbers);
    previous[place] = lastOf[length - 1];
    lastOf[length] = place;
  });
  const moving = new Set(numbers.keys());
  for (let place = lastOf.at(-1); place !== undefined; place = previous[place]) moving.delete(place);
  return moving;
}

function countBelow(places: readonly number[], number: number, numbers: readonly number[]): number {
  let low = 0;
  let high = places.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((numbers[places[middle] ?? 0] ?? 0) < number) low = middle + 1;
    else high = middle;
  }
  return low;
}
