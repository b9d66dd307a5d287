import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vi } from 'vitest';
import { fromSources, localProcess } from './local-processes.js';

// No test may read or write the person's own configuration, or be steered by it.
process.env.XDG_CONFIG_HOME = mkdtempSync(join(tmpdir(), 'nemovideo-test-config-'));
const NEMO = ['NEMO_TOKEN', 'NEMO_API_URL', 'NEMO_WEB_URL', 'NEMO_CLIENT_ID', 'SKILL_SOURCE'];
const AGENTS = ['CLAUDECODE', 'CURSOR_SESSION_ID', 'CURSOR_TRACE_ID'];
for (const name of [...NEMO, ...AGENTS]) delete process.env[name];

// Compiled once for all tests, not at each start.
vi.mock('../../src/local/renderer/entries.js', async (original) => {
  const module = await original<typeof import('../../src/local/renderer/entries.js')>();
  const renderChild: typeof module.renderChild = () => {
    if (!fromSources.isOn) return { path: localProcess('render-child'), execArgv: [] };
    fromSources.renders += 1;
    return module.renderChild();
  };
  return {
    ...module,
    renderChild,
    inspectChild: () => ({ path: localProcess('inspect-child'), execArgv: [] }),
  };
});
