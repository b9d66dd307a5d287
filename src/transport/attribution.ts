import { OptionError } from '../errors/index.js';
import { HEADERS } from '../wire/index.js';

/** Who integrates the service. Sent with every request: without it the service refuses to export (402). */
export interface Attribution {
  /** `X-Skill-Source`: the integration's name. Default `ai-video-maker-gratis`. */
  readonly source: string;
  /** `X-Skill-Version`: the integration's version. Default: the SDK's. */
  readonly version: string;
  /** `X-Skill-Platform`: where the integration is installed. Default: detected, else `unknown`. */
  readonly platform: string;
}

/**
 * The platform of an integration, from `SKILL_SOURCE`, else from where it is installed (wire document, "Headers"), else
 * from the agent whose environment it runs in (wire document, "Found since").
 * @param installPath the real path of the main script, else the working folder.
 */
export function detectPlatform(
  env: (name: string) => string | undefined,
  installPath: string | undefined,
): string {
  const named = env('SKILL_SOURCE')?.trim() ?? '';
  if (fitsHeader(named)) return named;
  const path = `${installPath?.replaceAll('\\', '/') ?? ''}/`;
  if (path.includes('/.clawhub/')) return 'clawhub';
  if (path.includes('/.cursor/skills/')) return 'cursor';
  const isIn = (...names: string[]): boolean => names.some((name) => (env(name) ?? '') !== '');
  if (isIn('CLAUDECODE')) return 'claude_code';
  return isIn('CURSOR_SESSION_ID', 'CURSOR_TRACE_ID') ? 'cursor' : 'unknown';
}

/** The attribution headers. */
export function attributionHeaders(attribution: Attribution): Record<string, string> {
  return {
    [HEADERS.source]: attribution.source,
    [HEADERS.version]: attribution.version,
    [HEADERS.platform]: attribution.platform,
  };
}

/**
 * The attribution of a skill, from its `SKILL.md`: `name` is the source, `version` (also under `metadata`) the version.
 * For authors of skills, so that name and version are written in one place only:
 * `new NemoVideo({ attribution: attributionFromSkill(await readFile('SKILL.md', 'utf8')) })`.
 * @param markdown the whole file, or only its front matter between two `---` lines.
 * @throws {OptionError} when there is no front matter with a name, or one of the two cannot be sent in a header.
 */
export function attributionFromSkill(markdown: string): Pick<Attribution, 'source'> & Partial<Attribution> {
  const block = /^\uFEFF?\s*---[ \t]*\r?\n([\s\S]*?)\r?\n---[ \t]*(?:\r?\n|$)/.exec(markdown)?.[1];
  if (block === undefined) {
    throw new OptionError({
      field: 'markdown',
      accepted: 'a SKILL.md that begins with front matter between two lines ---',
    });
  }
  const source = readScalar(/^name[ \t]*:(.*)$/m.exec(block)?.[1]);
  if (source === undefined) {
    throw new OptionError({ field: 'markdown', accepted: 'a SKILL.md whose front matter has a name' });
  }
  const version =
    readScalar(/^version[ \t]*:(.*)$/m.exec(block)?.[1]) ?? readScalar(versionInMetadata(block));
  return { source, ...(version !== undefined && { version }) };
}

/**
 * The version under `metadata`, as YAML or as JSON, in one line or in several. It also has versions of other
 * things (`min_version`, that of a tool to install): the one of the skill is the least indented.
 */
function versionInMetadata(block: string): string | undefined {
  const metadata = /^metadata[ \t]*:(.*(?:\r?\n(?:[ \t#}].*)?)*)/m.exec(block)?.[1] ?? '';
  const inOneLine = /^[ \t]*\{(?:.*?[{,])?[ \t]*"?version"?[ \t]*:[ \t]*("[^"]*"|[^,}\r\n]*)/.exec(
    metadata,
  )?.[1];
  const inLines = [...metadata.matchAll(/^([ \t]+)"?version"?[ \t]*:[ \t]*("[^"]*"|[^,}\r\n]*)/gm)];
  inLines.sort(([, one = ''], [, other = '']) => one.length - other.length);
  return inOneLine ?? inLines[0]?.[2];
}

/** A scalar of YAML, without its quotes and comment; undefined when it is missing or empty. */
function readScalar(written: string | undefined): string | undefined {
  const raw = written?.trim();
  if (raw === undefined) return undefined;
  const quoted = /^"([^"]*)"|^'([^']*)'/.exec(raw);
  const value = (quoted ? (quoted[1] ?? quoted[2] ?? '') : raw.replace(/(?:^|\s)#.*$/, '')).trim();
  if (value === '') return undefined;
  if (!fitsHeader(value)) {
    throw new OptionError({
      field: 'markdown',
      accepted: 'a name and version in Latin letters, for an HTTP header',
    });
  }
  return value;
}

/** Whether a value can stand in a header in every runtime. */
function fitsHeader(value: string): boolean {
  return /^[\x20-\x7e]+$/.test(value);
}
