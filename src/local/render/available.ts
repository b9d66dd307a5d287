import { OptionError } from '../../errors/index.js';
import { LocalRenderError } from './failure.js';

/** The optional peers that render, in the versions that this package was tested with. */
const PEERS = [
  { name: 'node-av', version: '6.1.1', load: () => import('node-av') },
  { name: '@napi-rs/canvas', version: '1.0.11', load: () => import('@napi-rs/canvas') },
] as const;

/** What is missing for rendering. */
export interface RendererMissing {
  /** Package names. */
  missing: string[];
  /** What to type to get them, with npm and with npx. */
  message: string;
}

/** Whether this machine can render: true, or what is missing and how to get it. */
export async function rendererAvailable(
  peers: readonly { name: string; version: string; load: () => Promise<unknown> }[] = PEERS,
): Promise<true | RendererMissing> {
  const loaded = await Promise.allSettled(peers.map(({ load }) => load()));
  const missing = peers.filter((_, index) => loaded[index]?.status === 'rejected').map(({ name }) => name);
  if (missing.length === 0) return true;
  const versions = peers.map(({ name, version }) => `${name}@${version}`);
  return {
    missing,
    message:
      `Rendering needs ${missing.join(' and ')}, which cannot be loaded. ` +
      `In a project: npm install ${versions.join(' ')}. ` +
      `With npx: npx -p nemovideo-sdk ${versions.map((peer) => `-p ${peer}`).join(' ')} nemovideo-sdk local`,
  };
}

/**
 * Of a backend that is asked for videos by name: it is better told at once than by a render that fails.
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
