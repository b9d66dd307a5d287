import type { TrackKind } from '../types.js';

/** A sign for each kind, within 12 × 12, so that not only colour tells kinds apart. */
const PATHS: { readonly [Kind in TrackKind]: string } = {
  video: 'M3 2v8l7-4z',
  audio: 'M1 4h2v4H1zM5 1h2v10H5zM9 3h2v6H9z',
  text: 'M2 2h8v2H7v7H5V4H2z',
  unknown: 'M6 1l5 5-5 5-5-5z',
};

/** The sign of a kind, at a place. */
export function iconOf(kind: TrackKind, x: number, y: number, fill: string): string {
  return `<path d="${PATHS[kind]}" transform="translate(${x} ${y})" fill="${fill}"/>`;
}
