export type {
  Agent,
  AgentPlan,
  AgentStep,
  AgentToolCall,
  AgentTurn,
  AskedQuestion,
  DraftEdit,
  EditOptions,
} from './plan.js';
export { ask, edit, fail, lateWrite, priced, say, silent } from './plan.js';
export type { AgentMatch, BackendAgent, ScriptedReply } from './replies.js';
export { Replies } from './replies.js';
