import { describe, expect, it } from 'vitest';
import { peersAvailable, rendererAvailable } from '../../../src/local/renderer/available.js';

const peer = (name: string, version: string, there: boolean, installed: string | undefined = version) => ({
  name,
  version,
  installed: () => installed,
  load: () => (there ? Promise.resolve({}) : Promise.reject(new Error(`Cannot find package '${name}'`))),
});

describe('rendererAvailable', () => {
  it('is true where both packages are installed, as they are here', async () => {
    expect(await rendererAvailable()).toBe(true);
  });

  it('names what is missing, and the commands that bring it', async () => {
    const peers = [peer('node-av', '6.1.1', true), peer('@napi-rs/canvas', '1.0.11', false)];
    const available = await peersAvailable(peers);
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

  it.each([
    ['6.1.0', true],
    ['6.1.1', false],
    ['6.2.0', false],
    ['7.0.0', true],
    [undefined, false],
  ])('refuses a version that is too old or too new: %s', async (installed, refused) => {
    const available = await peersAvailable([peer('node-av', '6.1.1', true, installed)]);
    expect(available === true).toBe(!refused);
    if (available !== true)
      expect(available.message).toContain(`from 6.1.1 on, and ${installed} is installed`);
  });
});
