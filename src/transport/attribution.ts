import { HEADERS } from '../wire/index.js';

/** Who integrates the service. Sent with every request: without it the service refuses to export (402). */
export interface Attribution {
  /** `X-Skill-Source`: the integration's name. Default `ai-video-maker-gratis`. */
  readonly source: string;
  /** `X-Skill-Version`: the integration's version. Default the SDK's. */
  readonly version: string;
  /** `X-Skill-Platform`: where the integration is installed. Default detected, else `unknown`. */
  readonly platform: string;
}

/** The platform of an integration, from `SKILL_SOURCE`, else from where it is installed (wire document, "Headers"). */
export function detectPlatform(skillSource: string | undefined, installPath: string | undefined): string {
  if (skillSource) return skillSource;
  const path = installPath?.replaceAll('\\', '/') ?? '';
  if (path.includes('/.clawhub/')) return 'clawhub';
  if (path.includes('/.cursor/skills/')) return 'cursor';
  return 'unknown';
}

/** The attribution headers. */
export function attributionHeaders(attribution: Attribution): Record<string, string> {
  return {
    [HEADERS.source]: attribution.source,
    [HEADERS.version]: attribution.version,
    [HEADERS.platform]: attribution.platform,
  };
}
