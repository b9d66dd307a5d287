import type { Assistant, AssistantReply } from '../../../src/assistant/index.js';
import { photo, type Stage } from './conversation.js';

/** What a person says in a conversation that is written down. */
export interface Line {
  readonly say: string;
  readonly files?: readonly string[];
}

/** Holds a whole conversation and writes it down as a person would see it. */
export async function transcribe(
  stage: Stage,
  assistant: Assistant,
  lines: readonly Line[],
): Promise<string> {
  const out: string[] = [];
  for (const { say, files = [] } of lines) {
    if (out.length > 0) out.push('');
    out.push(`> ${[files.length > 0 ? `[${files.join(', ')}]` : '', say].filter(Boolean).join(' ')}`);
    const media = files.map((name, index) => photo(name, 40 + index * 30));
    const replies = await stage.say(assistant, say, files.length > 0 ? { files: media } : {});
    out.push(...replies.filter(isLastOfItsPhase).map((reply) => written(reply, stage.folder)));
  }
  return `${out.join('\n')}\n`;
}

/** Progress comes too often to be read: its last word stands for it. */
function isLastOfItsPhase(reply: AssistantReply, index: number, all: readonly AssistantReply[]): boolean {
  const next = all[index + 1];
  return reply.type !== 'progress' || next?.type !== 'progress' || next.phase !== reply.phase;
}

const MARKS: Readonly<Record<AssistantReply['type'], string>> = {
  status: '  …',
  progress: '  ▸',
  text: '   ',
  timeline: '  ▤',
  credits: '  ¤',
  file: '  ✓',
  question: '  ?',
  suggestion: '  →',
  tip: '  ☆',
  error: '  ✗',
};

function written({ type, text }: AssistantReply, folder: string): string {
  const steady = text.replaceAll(folder, 'videos').replace(/(ct|bind)=\S+/g, '$1=…');
  return steady
    .split('\n')
    .map((line, index) => `${index === 0 ? MARKS[type] : '   '} ${line}`)
    .join('\n');
}
