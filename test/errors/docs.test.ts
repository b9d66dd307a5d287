import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import * as family from '../../src/errors/index.js';

/** The classes of the family that can be thrown. */
const classes = Object.keys(family).filter((name) => name.endsWith('Error') && /^[A-Z]/.test(name));
const abstract = ['NemoVideoError', 'RunError'];

it('the guide has one row for each class of the family', () => {
  const guide = readFileSync('docs/auth-and-errors.md', 'utf8');
  const rows = [...guide.matchAll(/^\| `(\w+Error)` \|/gm)].map((match) => match[1]);
  expect(rows.toSorted()).toEqual(classes.filter((name) => !abstract.includes(name)).toSorted());
});
