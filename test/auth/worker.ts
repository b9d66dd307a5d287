// One of many processes, bundled by processes.test.ts. It does what its first argument says and prints a line of JSON.
import { NemoVideo } from '../../src/client.js';
import { fileCredentials } from '../../src/platform/node-credentials.js';

const [task, argument = ''] = process.argv.slice(2);
const say = (line: unknown): void => {
  process.stdout.write(`${JSON.stringify(line)}\n`);
};

switch (task) {
  case 'balance': {
    const { available } = await new NemoVideo({ baseUrl: argument }).credits.balance();
    say({ available });
    break;
  }
  case 'write': {
    // Until it is killed.
    const store = fileCredentials();
    for (let count = 0; ; count += 1) {
      const key = { origin: `http://127.0.0.1:${count % 50}`, clientId: argument };
      await store?.set(key, {
        token: `nmv_usr_${String(count).padStart(2_000, '0')}`,
        expiresAt: Date.now() + 1e9,
      });
      say({ count });
    }
  }
  case 'hold': {
    await fileCredentials()?.exclusive(async () => {
      say({ holding: true });
      // Until it is killed.
      await new Promise((resolve) => setTimeout(resolve, 3_600_000));
    });
  }
}
