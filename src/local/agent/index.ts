export type { AgentPlan } from './plan.js';
export { planMessage } from './plan-message.js';
