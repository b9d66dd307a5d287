import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { OptionError } from '../../errors/index.js';
import { LocalRenderError } from './failure.js';

/** An optional peer. */
interface Peer {
  name: string;
  /** The version to install. Later ones with the same first number work, too. */
  version: string;
  load(): Promise<unknown>;
  /** The version that is installed, where it can be read. */
  installed(): string | undefined;
}

const PEERS: readonly Peer[] = [
  {
    name: 'node-av',
    version: '6.1.1',
    load: () => import('node-av'),
    installed: () => versionOf('node-av'),
  },
  {
    name: '@napi-rs/canvas',
    version: '1.0.11',
    load: () => import('@napi-rs/canvas'),
    installed: () => versionOf('@napi-rs/canvas'),
  },
];

/** What is missing for rendering. */
export interface RendererMissing {
  /** Package names. */
  missing: string[];
  /** What to type to get them, with npm and with npx. */
  message: string;
}

/** Whether this machine can render: true, or what is missing or too old, and how to get it. */
export function rendererAvailable(): Promise<true | RendererMissing> {
  return peersAvailable(PEERS);
}

/** The same for any packages. */
export async function peersAvailable(peers: readonly Peer[]): Promise<true | RendererMissing> {
  const loaded = await Promise.allSettled(peers.map(({ load }) => load()));
  const unusable = peers.flatMap(({ name, version, installed }, index) => {
    if (loaded[index]?.status === 'rejected') return [{ name, problem: `${name}, which cannot be loaded` }];
    const has = installed();
    if (has === undefined || isCompatible(has, version)) return [];
    return [{ name, problem: `${name} from ${version} on, and ${has} is installed` }];
  });
  if (unusable.length === 0) return true;
  const versions = peers.map(({ name, version }) => `${name}@${version}`);
  return {
    missing: unusable.map(({ name }) => name),
    message:
      `Rendering needs ${unusable.map(({ problem }) => problem).join(', and ')}. ` +
      `In a project: npm install ${versions.join(' ')}. ` +
      `With npx: npx -p nemovideo-sdk ${versions.map((peer) => `-p ${peer}`).join(' ')} nemovideo-sdk local`,
  };
}

/** The version in the package.json above what `require` would load. */
function versionOf(name: string): string | undefined {
  try {
    const require = createRequire(import.meta.url);
    let folder = dirname(require.resolve(name));
    while (!folder.endsWith(join('node_modules', ...name.split('/')))) folder = dirname(folder);
    const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    return typeof version === 'string' ? version : undefined;
  } catch {
    // A bundler or a loader keeps packages elsewhere: what was loaded is used.
    return undefined;
  }
}

function isCompatible(installed: string, wanted: string): boolean {
  const [has, needs] = [installed, wanted].map((one) => one.split(/[.-]/).map(Number));
  if (!has || !needs || has[0] !== needs[0]) return false;
  for (const place of [1, 2]) {
    const more = (has[place] ?? 0) - (needs[place] ?? 0);
    if (more !== 0) return more > 0;
  }
  return true;
}

/**
 * For a backend that is created with `render: 'video'`: an error at once is better than a render that fails later.
 * @throws OptionError when a package that renders is missing
 */
export async function checkRenderer(): Promise<void> {
  const available = await rendererAvailable();
  if (available === true) return;
  const accepted = "'off' where the packages that render are missing";
  throw new OptionError({ field: 'render', accepted, hint: available.message });
}

/** @throws LocalRenderError when a package that renders is missing */
export async function requireRenderer(): Promise<void> {
  const available = await rendererAvailable();
  if (available !== true) throw new LocalRenderError({ reason: 'peers', problem: available.message });
}
