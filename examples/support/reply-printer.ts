import { stdout } from 'node:process';
import { type AssistantReply, timelineANSI } from 'nemovideo-sdk';
import { ProgressLine } from './progress-line.js';

const FRAMES = '⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏';
const COLOURS = {
  status: '2',
  text: '0',
  question: '36',
  suggestion: '36',
  tip: '33',
  credits: '0',
  file: '32',
  error: '31',
};

/** Prints the replies of an assistant: a spinner while it works, a bar where the progress is known, drawn timelines. */
export class ReplyPrinter {
  readonly #bar = new ProgressLine();
  #spinner: NodeJS.Timeout | undefined;

  /** Prints all replies to one message. */
  async all(replies: AsyncIterable<AssistantReply>): Promise<void> {
    try {
      for await (const reply of replies) this.show(reply);
    } finally {
      this.#stop();
    }
  }

  show(reply: AssistantReply): void {
    this.#stop();
    switch (reply.type) {
      case 'progress':
        this.#bar.show(reply.text.replace(/[:：].*$/, ''), reply.percent);
        return;
      case 'status':
        if (stdout.isTTY) this.#spin(reply.text);
        else console.log(reply.text);
        return;
      case 'timeline':
        // Where the timeline is drawn, its summary is not needed; the changes of a silent edit are.
        if (reply.text.includes('\n') || !stdout.isTTY) console.log(reply.text);
        if (stdout.isTTY)
          stdout.write(
            `\n${timelineANSI(reply.timeline, { language: reply.language, width: Math.min(stdout.columns, 100) })}\n`,
          );
        break;
      default:
        console.log(paint(reply.text, COLOURS[reply.type]));
    }
    if (stdout.isTTY) this.#spin('');
  }

  #spin(text: string): void {
    let frame = 0;
    const draw = (): void => {
      const line = `${FRAMES[frame++ % FRAMES.length]} ${text}`;
      stdout.write(`\r\x1b[K${paint(line.slice(0, stdout.columns - 1), COLOURS.status)}`);
    };
    draw();
    this.#spinner = setInterval(draw, 80);
  }

  #stop(): void {
    clearInterval(this.#spinner);
    this.#spinner = undefined;
    this.#bar.clear();
  }
}

export function paint(text: string, colour: string): string {
  return stdout.isTTY ? `\x1b[${colour}m${text}\x1b[0m` : text;
}
