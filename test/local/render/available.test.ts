import { describe, expect, it } from 'vitest';
import { rendererAvailable } from '../../../src/local/render/available.js';

const peer = (name: string, version: string, there: boolean) => ({
  name,
  version,
  load: () => (there ? Promise.resolve({}) : Promise.reject(new Error(`Cannot find package '${name}'`))),
});

describe('rendererAvailable', () => {
  it('is true where both packages are installed, as they are here', async () => {
    expect(await rendererAvailable()).toBe(true);
  });

  it('names what is missing, and the commands that bring it', async () => {
    const peers = [peer('node-av', '6.1.1', true), peer('@napi-rs/canvas', '1.0.11', false)];
    const available = await rendererAvailable(peers);
    expect(available).toMatchObject({ missing: ['@napi-rs/canvas'] });
    expect(available).toHaveProperty(
      'message',
      expect.stringContaining('npm install node-av@6.1.1 @napi-rs/canvas@1.0.11'),
    );
    // Word for word as the contract has it.
    expect(available).toHaveProperty(
      'message',
      expect.stringContaining(
        'npx -p nemovideo-sdk -p node-av@6.1.1 -p @napi-rs/canvas@1.0.11 nemovideo-sdk local',
      ),
    );
  });
});
