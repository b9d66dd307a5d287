import type { Facts, SaidOf } from './facts.js';

/** How each thing is said in a language. */
export type Phrases = { readonly [Key in keyof Facts]: (facts: { say: Key } & Facts[Key]) => string };

/** Says one thing. */
export function phrase<Key extends keyof Facts>(phrases: Phrases, said: SaidOf<Key>): string {
  return phrases[said.say](said);
}

/** 5000 → `5`, 2500 → `2.5`: seconds as people write them. */
export const seconds = (ms: number): string => String(Math.round(ms / 100) / 10);

/** 65000 → `1:05`, for places on the timeline. */
export function clock(ms: number): string {
  const whole = Math.round(ms / 100) / 10;
  const minutes = Math.floor(whole / 60);
  const rest = Math.round((whole - minutes * 60) * 10) / 10;
  return `${minutes}:${rest < 10 ? '0' : ''}${rest}`;
}

/** 0.35 → `35%`. */
export const percent = (value: number): string => `${Math.round(value * 100)}%`;
