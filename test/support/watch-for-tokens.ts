import { afterEach, expect } from 'vitest';
import { takeShown, tokensIn } from './canary.js';

// Of every test of every file, but of the few that replace modules before anything is loaded.
afterEach(() => {
  for (const [place, thing] of takeShown()) expect(tokensIn(thing), place).toEqual([]);
});
