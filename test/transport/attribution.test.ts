import { describe, expect, it } from 'vitest';
import { attributionFromSkill, attributionHeaders, detectPlatform } from '../../src/transport/index.js';

describe('detectPlatform', () => {
  it.each([
    ['SKILL_SOURCE before everything', 'my-market', '/home/u/.clawhub/skills/x/main.js', 'my-market'],
    ['ClawHub by its folder', undefined, '/home/u/.clawhub/skills/x/main.js', 'clawhub'],
    ['ClawHub as the working folder itself', undefined, '/home/u/.clawhub', 'clawhub'],
    ['Cursor by its folder', undefined, '/home/u/.cursor/skills/x/main.js', 'cursor'],
    ['Cursor on Windows', undefined, 'C:\\Users\\u\\.cursor\\skills\\x\\main.js', 'cursor'],
    ['nothing of Cursor but its skills', undefined, '/home/u/.cursor/extensions/x.js', 'unknown'],
    ['no folder that only sounds alike', undefined, '/home/u/my.clawhub/main.js', 'unknown'],
    ['an empty SKILL_SOURCE as none', '', '/home/u/.clawhub/x.js', 'clawhub'],
    ['a SKILL_SOURCE that no header can carry as none', 'a\nb', undefined, 'unknown'],
    ['nowhere', undefined, undefined, 'unknown'],
  ])('knows %s', (_, source, path, platform) => {
    const env = (name: string) => (name === 'SKILL_SOURCE' ? source : undefined);
    expect(detectPlatform(env, path)).toBe(platform);
  });

  it.each([
    [{ CLAUDECODE: '1' }, 'claude_code'],
    [{ CURSOR_SESSION_ID: 'a' }, 'cursor'],
    [{ CURSOR_TRACE_ID: 'b' }, 'cursor'],
    [{ CLAUDECODE: '' }, 'unknown'],
    [{ CLAUDECODE: '1', SKILL_SOURCE: 'mine' }, 'mine'],
  ])('is the agent in whose environment it runs: %j', (variables, platform) => {
    const env = (name: string) => new Map(Object.entries(variables)).get(name);
    expect(detectPlatform(env, '/home/me/app.js')).toBe(platform);
  });
});

it('attributionHeaders are the three of the wire document', () => {
  expect(attributionHeaders({ source: 's', version: '1', platform: 'p' })).toEqual({
    'x-skill-source': 's',
    'x-skill-version': '1',
    'x-skill-platform': 'p',
  });
});

describe('attributionFromSkill', () => {
  it.each([
    [
      'plain',
      '---\nname: promo-maker\nversion: 1.4.0\n---\n# Promo',
      { source: 'promo-maker', version: '1.4.0' },
    ],
    ['quoted', '---\nname: "promo maker"\nversion: \'2\'\n---\n', { source: 'promo maker', version: '2' }],
    [
      'commented',
      '---\nname: promo # the name\nversion: 1.0 # now\n---\n',
      { source: 'promo', version: '1.0' },
    ],
    ['without a version', '---\nname: promo\ndescription: "version: 9"\n---\n', { source: 'promo' }],
    [
      'with Windows line ends',
      '---\r\nname: promo\r\nversion: 3\r\n---\r\ntext',
      { source: 'promo', version: '3' },
    ],
    ['with a byte order mark', '\uFEFF---\nname: promo\n---\n', { source: 'promo' }],
    [
      'with its version under metadata',
      '---\nname: promo\nmetadata:\n  author: me\n  version: "5.1"\n---\n',
      { source: 'promo', version: '5.1' },
    ],
    [
      'with metadata in JSON',
      '---\nname: promo\nmetadata: {"openclaw":{"emoji":"x"},"version":"6.0"}\n---\n',
      { source: 'promo', version: '6.0' },
    ],
    [
      'with another version before its own',
      '---\nname: promo\nmetadata:\n  install:\n    version: 9\n  min_version: 8\n  version: "5.2"\n---\n',
      { source: 'promo', version: '5.2' },
    ],
    [
      'with comments and empty lines in its metadata',
      '---\r\nname: promo\r\nmetadata:\r\n\r\n# who\r\n  version: 5.3 # now\r\n---\r\n',
      { source: 'promo', version: '5.3' },
    ],
    [
      'with the version of something else in JSON',
      '---\nname: promo\nmetadata: {"min_version":"9","version":"6.1"}\n---\n',
      { source: 'promo', version: '6.1' },
    ],
    [
      'with no version but that of something else',
      '---\nname: promo\nmetadata: {"openclaw":{"min_version":9}}\n---\n',
      { source: 'promo' },
    ],
    [
      'with JSON in several lines',
      '---\nname: promo\nmetadata:\n  {\n    "a": {\n      "version": 9\n    },\n    "version": 6.2,\n    "b": 1\n  }\n---\n',
      { source: 'promo', version: '6.2' },
    ],
    [
      'with JSON that begins in the line of its name',
      '---\nname: promo\nmetadata: {\n  "version": "6.3"\n}\nhomepage: x, version: 9\n---\n',
      { source: 'promo', version: '6.3' },
    ],
    [
      'with a list that names versions after it',
      '---\nname: promo\nmetadata:\n  author: me\ntools:\n  version: 9\n---\n',
      { source: 'promo' },
    ],
    ['without anything after it', '---\nname: promo\n---', { source: 'promo' }],
  ])('reads front matter %s', (_, markdown, attribution) => {
    expect(attributionFromSkill(markdown)).toEqual(attribution);
  });

  it.each([
    ['there is no front matter', '# Promo\nname: promo'],
    ['it does not end', '---\nname: promo\n'],
    ['it has no name', '---\nversion: 1\n---\n'],
    ['its name is empty', '---\nname:\nversion: 1\n---\n'],
    ['its name fits in no header', '---\nname: 视频\n---\n'],
  ])('is an option error when %s', (_, markdown) => {
    expect(() => attributionFromSkill(markdown)).toThrow(expect.objectContaining({ name: 'OptionError' }));
  });
});
