import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import * as sdk from '../../src/index.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

const guides = readdirSync(join(ROOT, 'docs')).filter((name) => name.endsWith('.md') && name !== 'README.md');
const pages = [
  ...['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'SKILL.md', 'llms.txt'],
  ...['examples/README.md', 'docs/README.md'],
  ...guides.map((name) => `docs/${name}`),
];

/** The text of a page without its code, in which brackets are no links. */
const prose = (page: string): string => read(page).replace(/^```.*?^```$/gms, '');

/** The anchors of a page's headings, as GitHub makes them. */
function anchorsOf(page: string): string[] {
  return [...prose(page).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

/** The links of a page, or of another `text` in its place, that lead nowhere. */
function deadLinks(page: string, text = prose(page)): string[] {
  return [...text.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !/^[a-z]+:/.test(target))
    .filter((target) => {
      const [path = '', anchor] = target.split('#');
      const file = path === '' ? page : relative(ROOT, join(ROOT, dirname(page), path));
      if (!existsSync(join(ROOT, file))) return true;
      return anchor !== undefined && !anchorsOf(file).includes(anchor);
    });
}

describe('the guides', () => {
  it('are all in the contents, once, by purpose', () => {
    const listed = [...read('docs/README.md').matchAll(/^- \[[^\]]+\]\(([\w-]+\.md)\)/gm)].map(
      ([, file]) => file,
    );
    expect(listed.toSorted()).toEqual(guides.toSorted());
  });

  it.each(['SKILL.md', 'llms.txt'])('are all in %s, for agents that write code', (page) => {
    const links = [...prose(page).matchAll(/\]\(docs\/([\w-]+\.md)\)/g)].map(([, file]) => file);
    // A program has no use for the picture, nor for other languages and hand-written fetch.
    const spared =
      page === 'SKILL.md'
        ? ['architecture.md', 'migrating.md', 'other-languages.md', 'vertical-video.md']
        : [];
    expect(links.concat(spared).toSorted()).toEqual(guides.toSorted());
  });

  it('begin with a heading, which is their name', () => {
    expect(guides.filter((name) => !/^# \S/.test(read(`docs/${name}`)))).toEqual([]);
  });

  it.each(pages)('have no dead link: %s', (page) => {
    expect(deadLinks(page)).toEqual([]);
  });

  it('would not hide a link that leads nowhere', () => {
    const text =
      '[a](docs/absent.md) [b](docs/README.md#absent) [c](docs/README.md#start-here) [d](https://a.example)';
    expect(deadLinks('README.md', text)).toEqual(['docs/absent.md', 'docs/README.md#absent']);
  });
});

it('shows the Express route that the example runs', () => {
  const [, route = ''] =
    /^```js\n.*?(^ {2}const \{ headers.*?^\}\);$)/ms.exec(read('docs/web-page.md')) ?? [];
  expect(route.split('\n')).toHaveLength(4);
  expect(read('examples/express/server.mjs')).toContain(route);
});

describe('the page of messages', () => {
  const page = read('docs/troubleshooting.md');
  const sources = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => read(`src/${name}`))
    .join('\n');

  it('quotes what the library says', () => {
    const quoted = [...page.matchAll(/^\| (`.+?) \|/gm)]
      .flatMap(([, cell = '']) => [...cell.matchAll(/`([^`]+)`/g)].map(([, text = '']) => text))
      // The names of wrong options, and what Node says.
      .filter((text) => text.includes(' ') && !text.startsWith('Cannot find package'));
    const pieces = quoted.flatMap((text) => text.split(/…|[()]|5…/)).map((piece) => piece.trim());
    expect(pieces.length).toBeGreaterThan(30);
    expect(pieces.filter((piece) => piece.length > 3 && !sources.includes(piece))).toEqual([]);
  });

  it('has every error that a person can meet', () => {
    const messages = {
      AuthenticationError: 'The token is invalid',
      ClientIdRequiredError: 'wants a client id',
      SessionNotFoundError: 'was not found',
      SessionBusyError: 'already in progress',
      InsufficientCreditsError: 'Out of credits',
      ExportNotAllowedError: 'not in the plan',
      RateLimitError: 'Too many requests',
      UnsupportedMediaError: 'cannot be used',
      MediaTooLargeError: 'is too large',
      MediaReadError: 'could not be uploaded',
      NothingToExportError: 'nothing on the timeline',
      RunFailedError: 'The agent failed',
      AwaitingInputError: 'The agent asks',
      RunStalledError: 'The run stalled',
      RunInterruptedError: 'The run was interrupted',
      OutcomeUnknownError: 'outcome of the message is unknown',
      RenderFailedError: '` failed',
      RenderCancelledError: 'was cancelled',
      RenderTimeoutError: 'did not end within',
      DownloadError: 'Download failed',
      NetworkError: 'could not be reached',
      TimeoutError: 'took longer than',
      ResponseFormatError: 'expected …, received',
      ApiError: 'failed with',
      OptionError: 'must be',
      CheckpointConflictError: 'Another process continues',
    };
    // An abort is the caller's own doing; the other two are abstract.
    const others = ['AbortError', 'NemoVideoError', 'RunError'];
    const classes = Object.keys(sdk).filter((name) => name.endsWith('Error') && !name.startsWith('is'));
    expect(classes.filter((name) => !(name in messages) && !others.includes(name))).toEqual([]);
    expect(Object.entries(messages).filter(([, words]) => !page.includes(words.replace('` ', '… ')))).toEqual(
      [],
    );
  });
});
