import { expect, test } from 'vitest';
import { replaceSandboxPaths } from '../../src/draft/index.js';
import { parseExact, stringifyExact } from '../../src/wire/exact-json.js';

const files = [
  { name: 'city night.mp4', url: 'https://cdn.example.com/1/old' },
  { name: 'city night.mp4', url: 'https://cdn.example.com/2/city' },
  { name: 'music.m4a', url: 'https://cdn.example.com/3/music' },
];

test('a path of the sandbox becomes the address of the file with its name, the newest of several', () => {
  const text =
    '{"t":[{"id":1234567890123456789,"sg":[{"m":{"src":"/mnt/userdata/u1/s1/city night.mp4"}},{"src":"/mnt/userdata/x/city%20night.mp4"},["/mnt/userdata/music.m4a"]]}]}';
  const draft = parseExact(text);
  const result = replaceSandboxPaths(draft, files);
  expect(stringifyExact(result.draft)).toBe(
    text
      .replace(/"\/mnt\/userdata\/[^"]*city[^"]*"/g, '"https://cdn.example.com/2/city"')
      .replace('/mnt/userdata/music.m4a', 'https://cdn.example.com/3/music'),
  );
  expect(result.replaced).toEqual([
    { path: '/mnt/userdata/u1/s1/city night.mp4', url: 'https://cdn.example.com/2/city' },
    { path: '/mnt/userdata/x/city%20night.mp4', url: 'https://cdn.example.com/2/city' },
    { path: '/mnt/userdata/music.m4a', url: 'https://cdn.example.com/3/music' },
  ]);
  expect(stringifyExact(draft)).toBe(text);
});

test('a draft without such a path, or without that file, stays the same object', () => {
  for (const draft of [
    { t: [{ src: 'https://cdn.example.com/a' }] },
    { src: '/mnt/userdata/other.mp4' },
    { text: 'see /mnt/userdata/music.m4a' },
    null,
  ]) {
    const result = replaceSandboxPaths(draft, files);
    expect(result.draft).toBe(draft);
    expect(result.replaced).toEqual([]);
  }
});
