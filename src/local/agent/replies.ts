import { OptionError } from '../../errors/index.js';
import { planByTable } from './built-in.js';
import { COMMANDS } from './commands.js';
import { type Agent, type AgentPlan, type AgentTurn, PLAN } from './plan.js';

/** Which messages a scripted reply is for: those that contain a text, that match a pattern, or that a function picks. */
export type AgentMatch = string | RegExp | ((turn: AgentTurn) => boolean);

/** A scripted reply that is in place. */
export interface ScriptedReply {
  /** How many messages it has answered. */
  readonly hits: number;
  /** Takes it away again. */
  remove(): void;
}

/** The agent of a backend: scripted replies first, then the `agent` option, then the built-in table of commands. */
export interface BackendAgent {
  /** What the built-in table understands, each with an example in English and in Chinese. */
  readonly commands: readonly {
    readonly name: string;
    readonly example: { readonly en: string; readonly zh: string };
  }[];
  /**
   * Answers every message that matches with this plan, until it is removed. Of several that match, the newest answers.
   * @throws OptionError when `match` is neither a text, a pattern nor a function, or when the plan has no step
   */
  on(match: AgentMatch, plan: AgentPlan | ((turn: AgentTurn) => AgentPlan)): ScriptedReply;
  /** Removes every scripted reply. */
  clear(): void;
}

interface Entry {
  readonly match: AgentMatch;
  readonly plan: AgentPlan | ((turn: AgentTurn) => AgentPlan);
  hits: number;
}

/** Keeps the scripted replies and decides who answers. */
export class Replies implements BackendAgent {
  readonly commands: BackendAgent['commands'] = COMMANDS.map(({ name, example }) => ({ name, example }));
  readonly #agent: Agent | undefined;
  #entries: Entry[] = [];

  constructor(agent: Agent | undefined) {
    this.#agent = agent;
  }

  on(match: AgentMatch, plan: Entry['plan']): ScriptedReply {
    if (!(typeof match === 'string' || typeof match === 'function' || match instanceof RegExp))
      throw new OptionError({ field: 'match', accepted: 'a text, a RegExp or a function' });
    if (!PLAN.is(plan)) throw new OptionError({ field: 'plan', accepted: PLAN.accepted });
    const entry: Entry = { match, plan, hits: 0 };
    this.#entries = [entry, ...this.#entries];
    return {
      get hits() {
        return entry.hits;
      },
      remove: () => {
        this.#entries = this.#entries.filter((each) => each !== entry);
      },
    };
  }

  clear(): void {
    this.#entries = [];
  }

  /** What is to be done about a message. */
  async planFor(turn: AgentTurn): Promise<AgentPlan> {
    const entry = this.#entries.find(({ match }) => fits(match, turn));
    if (entry) {
      entry.hits += 1;
      return typeof entry.plan === 'function' ? entry.plan(turn) : entry.plan;
    }
    return (await this.#agent?.(turn)) ?? planByTable(turn);
  }
}

function fits(match: AgentMatch, turn: AgentTurn): boolean {
  if (typeof match === 'string') return turn.message.includes(match);
  return match instanceof RegExp ? turn.message.search(match) >= 0 : match(turn);
}
