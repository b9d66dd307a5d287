import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DisplayText } from '../../src/run/display-text.js';
import { translateGui } from '../../src/run/index.js';
import { CHINESE_PHRASES, CONTENT, ENGLISH_PHRASES, MIXED_PHRASES } from './gui/phrases.js';
import { adkText, data, Service } from './harness.js';

/** What is shown of an answer that comes in these pieces, piece by piece and at the end. */
function show(...pieces: readonly string[]) {
  const display = new DisplayText();
  const shown = [...pieces.map((piece) => display.push(piece)), display.flush()];
  expect(shown.join('')).toBe(display.toString());
  return { shown, text: display.toString(), actions: display.actions.map(({ action }) => action) };
}

describe('what a person sees of a growing answer', () => {
  test('grows by whole sentences, without the instructions for a screen', () => {
    expect(show('Done! Your ti', 'tle is in. Click the Exp', 'ort button to download it. ', 'Enjoy')).toEqual(
      {
        shown: ['Done!', ' Your title is in.', '', '', ' Enjoy'],
        text: 'Done! Your title is in. Enjoy',
        actions: ['export'],
      },
    );
  });

  test('grows by whole sentences in Chinese too', () => {
    expect(show('完成了。标题已', '添加。点击「导出」按', '钮。祝您愉快').shown).toEqual([
      '完成了。',
      '标题已添加。',
      '',
      '祝您愉快',
    ]);
  });

  test('does not end a sentence in a number, a quotation or brackets', () => {
    expect(show('It is 1.', '5 s long. ', 'It says "Hi. Click', ' Export." (see a. b) now. ').shown).toEqual([
      '',
      'It is 1.5 s long.',
      '',
      ' It says "Hi. Click Export." (see a. b) now.',
      ' ',
    ]);
  });

  test('has a list of steps as a whole, with the line that leads it in', () => {
    const steps = ['Done. To export:\n1. Click Exp', 'ort\n2. Choose 1080p\n', 'Enjoy. ', 'Bye.'];
    expect(show(...steps)).toMatchObject({ text: 'Done.\nEnjoy. Bye.', actions: ['export'] });
    expect(show(...steps).shown[0]).toBe('Done.');
  });

  test('keeps the larger gap where an instruction was', () => {
    expect(show('Done!\n\nClick Export.\n\nEnjoy.').text).toBe('Done!\n\nEnjoy.');
    expect(show('Done!\nClick Export. Enjoy.').text).toBe('Done!\nEnjoy.');
    expect(show('Click Export.\nEnjoy.').text).toBe('Enjoy.');
  });

  test('has no characters that a terminal would act on', () => {
    const colored = '\u001b[31mred\u001b[0m \u009b2J \u202Eevil\u202C \u001b]0;title\u0007ok.';
    expect(show(colored).text).toBe('red  evil ok.');
  });

  test.each([...ENGLISH_PHRASES, ...CHINESE_PHRASES, ...MIXED_PHRASES].map(([says]) => says).concat(CONTENT))(
    'is the same as of the whole: %j',
    (says) => {
      const whole = translateGui(says);
      const display = new DisplayText();
      for (const char of says) display.push(char);
      display.flush();
      expect(display.toString()).toBe(whole.text);
      expect(display.actions.map(({ action }) => action)).toEqual(whole.actions.map(({ action }) => action));
    },
  );

  test('does not depend on how the answer is cut', () => {
    const piece = fc.constantFrom(
      ...[...ENGLISH_PHRASES, ...CHINESE_PHRASES].map(([says]) => says),
      ...CONTENT,
      ...['\n', ' ', '. ', '"', '(', ')', '**', '1. ', '- ', ': ', '。', '“', '”'],
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 10 }), fc.array(fc.nat(400)), (pieces, cuts) => {
        const says = pieces.join('');
        const points = [0, ...cuts.filter((cut) => cut < says.length).sort((a, b) => a - b), says.length];
        const cut = points.slice(1).map((end, index) => says.slice(points[index], end));
        const whole = show(says);
        const parts = show(...cut);
        expect({ text: parts.text, actions: parts.actions }).toEqual({
          text: whole.text,
          actions: whole.actions,
        });
      }),
      { numRuns: 200 },
    );
  });

  test('nothing but a bounded stretch is left to do at the end, whatever the answer is', () => {
    for (const text of ['no end ', '"', '(', '1. step\n', 'a: \n- b\n', '**', '。', '. ', '点击']) {
      const display = new DisplayText();
      let shown = 0;
      for (let index = 0; index < 20_000; index += 1) shown += display.push(text).length;
      expect(display.flush().length).toBeLessThanOrEqual(5_000);
      expect(shown + display.actions.length).toBeGreaterThan(0);
    }
  });
});

describe('the events of a run', () => {
  test('show a sentence when it is complete, and what is left when the turn ends', async () => {
    const run = new Service({
      run: [
        [
          data(adkText('Creating your vid', true)),
          data(adkText('eo…', true)),
          data(adkText('Creating your video…', false)),
          data({ type: 'tool_call', name: 'edit' }),
          data({ type: 'tool_result', name: 'edit' }),
          data(adkText('Done! Click Exp', true)),
          data(adkText('ort to save it.', true)),
          data(adkText('Done! Click Export to save it.', false)),
        ],
      ],
    }).run();
    const seen: string[] = [];
    for await (const event of run) {
      if (event.type === 'text') seen.push(`${event.delta}|${event.displayDelta}|${event.displayText}`);
      else seen.push(event.type);
    }
    expect(seen).toEqual([
      'Creating your vid||',
      'eo…||',
      '|Creating your video…|Creating your video…',
      'tool_call',
      'tool_result',
      'Done! Click Exp|Done!|Creating your video…Done!',
      'ort to save it.||Creating your video…Done!',
      'action',
    ]);
    expect(await run).toMatchObject({
      displayText: 'Creating your video…Done!',
      actions: [{ action: 'export' }],
    });
  });
});
