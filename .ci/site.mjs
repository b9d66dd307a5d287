import { readFileSync } from 'node:fs';
import { relative, resolve, sep } from 'node:path';
import { Comment, CommentTag, Converter, ReflectionKind } from 'typedoc';

// The site: the reference of every public name with the guides inside it (`npm run docs`). What typedoc does not know of
// this house is the order of the guides, which `docs/README.md` has for every reader, and the subject of a public name,
// which is the folder that it comes from. So neither is written into 20 guides or 250 docstrings.

const PACKAGE = 'nemovideo-sdk';
const ROOT = resolve(import.meta.dirname, '..');
const CONTENTS = resolve(ROOT, 'docs/README.md');

/** The subject of what a file of `src/` exports: the first row whose beginning fits. */
const SUBJECTS = [
  ['client.ts', 'Client'],
  ['account.ts', 'Client'],
  ['options/', 'Client'],
  ['version.ts', 'Client'],
  ['session/', 'Client'],
  ['video/', 'Tasks'],
  ['run/', 'Tasks'],
  ['render/', 'Tasks'],
  ['task/', 'Tasks'],
  ['errors/', 'Errors'],
  ['draft/', 'Timeline'],
  ['assistant/', 'Assistant'],
  ['', 'Advanced'],
];

/** The section of each guide by its path, in order: `- [Title](file.md): …` under `## Section`. */
function contents() {
  const guides = new Map([[CONTENTS, 'Start here']]);
  let section = '';
  for (const line of readFileSync(CONTENTS, 'utf8').split('\n')) {
    section = /^## (.+)/.exec(line)?.[1] ?? section;
    const file = /^- \[[^\]]+\]\(([^)#]+\.md)\)/.exec(line)?.[1];
    if (file !== undefined) guides.set(resolve(ROOT, 'docs', file), section);
  }
  return guides;
}

/** The category tag of `subject`, on a reflection that has none. */
function categorize(reflection, subject) {
  reflection.comment ??= new Comment();
  if (reflection.comment.getTag('@category') !== undefined) return;
  reflection.comment.blockTags.push(new CommentTag('@category', [{ kind: 'text', text: subject }]));
}

const guides = contents();

/** @param {import('typedoc').Application} app */
function load(app) {
  // A guide is named by its heading.
  app.converter.on(Converter.EVENT_CREATE_DOCUMENT, (_, document) => {
    const heading = /^\s*# (.+)\n/.exec(document.content[0]?.text ?? '');
    if (heading !== null) document.name = heading[1];
    const path = document.project.files.getReflectionPath(document) ?? '';
    document.frontmatter.category = guides.get(resolve(path));
  });

  app.converter.on(Converter.EVENT_CREATE_DECLARATION, (context, reflection) => {
    // An entry point is named as it is imported.
    if (reflection.kindOf(ReflectionKind.Module)) {
      reflection.name = reflection.name === 'index' ? PACKAGE : `${PACKAGE}/${reflection.name}`;
    }
    const [declaration] = context.getSymbolFromReflection(reflection)?.declarations ?? [];
    const isInMain = reflection.parent?.kindOf(ReflectionKind.Module) && reflection.parent.name === PACKAGE;
    if (declaration === undefined || !isInMain) return;
    const path = relative(resolve(ROOT, 'src'), declaration.getSourceFile().fileName).split(sep).join('/');
    const [, subject] = SUBJECTS.find(([beginning]) => path.startsWith(beginning)) ?? [];
    if (subject !== undefined) categorize(reflection, subject);
  });

  // The library makes its errors; a reader only catches them.
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
    for (const each of project.getReflectionsByKind(ReflectionKind.Constructor)) {
      if (each.parent?.name.endsWith('Error')) project.removeReflection(each);
    }
  });
}

const { exports: entries } = JSON.parse(readFileSync(resolve(ROOT, 'package.json'), 'utf8'));

/** @type {Partial<import('typedoc').TypeDocOptions>} */
export default {
  name: PACKAGE,
  plugin: [load],
  entryPoints: Object.keys(entries)
    .filter((entry) => entry !== './package.json')
    .map((entry) => resolve(ROOT, 'src', entry, 'index.ts')),
  projectDocuments: [...guides.keys()],
  readme: resolve(ROOT, 'README.md'),
  tsconfig: resolve(ROOT, 'tsconfig.json'),
  out: resolve(ROOT, 'docs/api'),
  customCss: resolve(ROOT, '.ci/site.css'),
  headings: { readme: false },
  sort: ['kind', 'instance-first', 'alphabetical-ignoring-documents'],
  categorizeByGroup: false,
  defaultCategory: 'Modules',
  categoryOrder: [...new Set([...guides.values(), ...SUBJECTS.map(([, subject]) => subject), '*'])],
  navigation: { includeCategories: true, includeGroups: false, includeFolders: false },
  searchInDocuments: true,
  highlightLanguages: ['ts', 'js', 'json', 'sh', 'html', 'python'],
  githubPages: false,
  disableSources: true,
  skipErrorChecking: true,
  excludeInternal: true,
  excludePrivate: true,
  // What the comments of other packages link to.
  externalSymbolLinkMappings: { '@modelcontextprotocol/server': { '*': '#' } },
  validation: { notExported: true, invalidLink: true, invalidPath: true, notDocumented: true },
  treatWarningsAsErrors: true,
  requiredToBeDocumented: [
    ...['Class', 'Interface', 'Function', 'TypeAlias', 'Variable', 'Enum', 'Method', 'Accessor'],
  ],
};
