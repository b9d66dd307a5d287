import { describe, expect, it } from 'vitest';
import { Assistant, type AssistantOptions, type AssistantReply } from '../../src/assistant/index.js';
import { createTestClient } from '../../src/testing/index.js';
import type { Middleware } from '../../src/transport/index.js';
import { collect, textsOf } from './support/conversation.js';

/** An editor that answers every message with the next of these texts, around a call of a tool. */
async function hear(
  answers: readonly string[],
  message: string,
  options: AssistantOptions = {},
): Promise<{ replies: AssistantReply[]; sent: string[] }> {
  const sent: string[] = [];
  const editor: Middleware = async (request, next, { operation }) => {
    if (operation !== 'run') return next(request);
    const body: unknown = await request.json();
    sent.push(JSON.stringify(body));
    const event = (parts: readonly object[]): string =>
      `data: ${JSON.stringify({ content: { role: 'model', parts } })}\n\n`;
    const call = event([{ functionCall: { id: '1', name: 'edit_multitrack', args: { volume: 1 } } }]);
    const text = answers[sent.length - 1] ?? 'Done!';
    return new Response(call + event([{ text }]), { headers: { 'content-type': 'text/event-stream' } });
  };
  await using test = await createTestClient({ client: { middleware: [editor] } });
  const assistant = new Assistant((request) => test.nemo.sessions.create(request), options);
  const replies = await collect(assistant.say(message));
  return { replies, sent };
}

describe('what the backend asks of a screen', () => {
  it('is a balance where it names the account', async () => {
    const { replies } = await hear(
      ['Almost done. Go to your account page to check your credits.'],
      'make it warmer',
    );
    expect(textsOf(replies, 'text')).toContain('Almost done.');
    expect(replies.some(({ type }) => type === 'credits')).toBe(true);
  });

  it('is the state where it names a panel', async () => {
    const { replies } = await hear(['Done. Open the media panel to see your files.'], 'make it warmer');
    expect(textsOf(replies, 'text').join()).toContain('The timeline is still empty');
  });

  it('is sent back as an edit where something should be dragged, once, so that it cannot go on for ever', async () => {
    const drag = 'Drag the logo to the top left corner.';
    const { replies, sent } = await hear([drag, drag, drag], 'put the logo elsewhere');
    expect(sent).toHaveLength(2);
    expect(sent[1]).toContain('Drag the logo to the top left corner');
    expect(textsOf(replies).join('\n')).not.toContain('Drag');
  });

  it('ends in a sentence with a next step where there is nothing to export', async () => {
    const { replies } = await hear(['Ready! Click the Export button to download it.'], 'make it warmer');
    expect(replies.at(-1)).toMatchObject({
      type: 'error',
      text: expect.stringContaining('nothing to export'),
    });
  });

  it('is only offered where the host asked for that, and nothing is exported or paid for', async () => {
    const { replies, sent } = await hear(
      ['Ready! Drag the logo to the top left corner. Then click the Export button to download it.'],
      'make it warmer',
      { guiActions: 'offer' },
    );
    expect(sent).toHaveLength(1);
    expect(replies.some(({ type }) => type === 'error' || type === 'file')).toBe(false);
    expect(replies.at(-1)).toMatchObject({
      type: 'suggestion',
      suggestions: [expect.stringContaining('Drag the logo'), 'Export'],
    });
  });

  it('is refused as an option of any other word', () => {
    expect(() => Reflect.construct(Assistant, [() => {}, { guiActions: 'ask' }])).toThrow(
      expect.objectContaining({ name: 'OptionError', field: 'guiActions' }),
    );
  });

  it('leaves nothing of tools, JSON and tokens in any reply', async () => {
    const { replies } = await hear(
      [
        'Using edit_multitrack({"volume":1}). {"draft":{"t":[]}} Your key nmv_usr_0123456789abcdef works. All set.',
      ],
      'make it warmer',
    );
    expect(textsOf(replies).join('\n')).not.toMatch(/edit_multitrack|[{}]|nmv_/);
    expect(textsOf(replies, 'text')).toContain('All set.');
  });
});
