import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { exampleAnswer, quoted, quotedPath } from '../../src/cli/typed-answers.js';
import type { AgentQuestion } from '../../src/index.js';

describe('an answer to try', () => {
  it('is the first option of each question, or words', () => {
    const options = [{ id: 'v', label: 'Vertical' }];
    const question: AgentQuestion = {
      source: 'ask_question',
      raw: null,
      questions: [
        { id: 'q1', prompt: 'Which?', options, allowMultiple: false },
        { id: 'q2', prompt: 'What?', options: [], allowMultiple: false },
      ],
    };
    expect(exampleAnswer(question)).toBe('"Vertical" "your answer"');
  });

  it.each(['calm', "It's $HOME", 'say "hi"', '`id`', 'a\\b', '你好 世界'])(
    'is what a shell reads: %j',
    (word) => {
      expect(execFileSync('sh', ['-c', `printf %s ${quoted(word)}`], { encoding: 'utf8' })).toBe(word);
    },
  );

  it('quotes a path only where it must', () => {
    expect(quotedPath('out/promo.mp4')).toBe('out/promo.mp4');
    expect(quotedPath('my video.mp4')).toBe('"my video.mp4"');
  });
});
