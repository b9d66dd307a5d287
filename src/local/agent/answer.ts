import type { AgentPlan } from './plan.js';
import type { Part } from './reading/read.js';
import type { Said } from './replies/facts.js';

/** An answer in words: nothing changes, nothing is charged. */
export const answer = (understood: boolean, reply: string): AgentPlan => ({
  understood,
  stages: [],
  reply,
  credits: 0,
});

/** The parts of a message that were not understood, each to be said. */
export const unread = (parts: readonly Part[]): Said[] =>
  parts.map(({ clause }) => ({ say: 'notUnderstood', words: clause.words }));
