import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// No test may read or write the person's own configuration, or be steered by it.
process.env.XDG_CONFIG_HOME = mkdtempSync(join(tmpdir(), 'nemovideo-test-config-'));
for (const name of ['NEMO_TOKEN', 'NEMO_API_URL', 'NEMO_WEB_URL', 'NEMO_CLIENT_ID', 'SKILL_SOURCE'])
  delete process.env[name];
