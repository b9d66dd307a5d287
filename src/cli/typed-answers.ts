import { type AgentQuestion, OptionError, type QuestionAnswers } from '../index.js';

/**
 * The answers that were typed, in the order of the questions: each the label or the id of an option, several separated by
 * commas where several are allowed, or free text. An empty one is skipped.
 * @throws OptionError when there are more answers than questions, or none.
 */
export function answersOf(question: AgentQuestion, typed: readonly string[]): QuestionAnswers {
  const { questions } = question;
  if (typed.length === 0 || typed.length > questions.length) {
    throw new OptionError({
      field: 'answers',
      accepted:
        questions.length === 1 ? 'one answer' : `one answer for each of ${questions.length} questions`,
      hint: `The agent asks: ${questions.map(({ prompt }, index) => `${index + 1}. ${prompt}`).join(' ')}`,
    });
  }
  const answers = questions.flatMap(
    ({ id, options, allowMultiple }, index): [string, string | string[]][] => {
      const text = typed[index]?.trim() ?? '';
      if (text === '') return [];
      const chosen = (part: string): string =>
        options.find((option) => option.id === part || option.label.toLowerCase() === part.toLowerCase())
          ?.id ?? part;
      const whole = chosen(text);
      if (whole !== text || !allowMultiple) return [[id, whole]];
      return [[id, text.split(/[,，、]/).map((part) => chosen(part.trim()))]];
    },
  );
  return Object.fromEntries(answers);
}

/** An answer to try, for the help that follows a question. */
export function exampleAnswer({ questions }: AgentQuestion): string {
  return questions.map(({ options }) => quoted(options[0]?.label ?? 'your answer')).join(' ');
}

/** A word as it is typed in a shell. */
export function quoted(word: string): string {
  return /["$`\\!]/.test(word) ? `'${word.replaceAll("'", "'\\''")}'` : `"${word}"`;
}

/** The same for a path: nearly all need no quotation marks. */
export function quotedPath(path: string): string {
  return /^[\w./\\:@%+=,-]+$/.test(path) ? path : quoted(path);
}
