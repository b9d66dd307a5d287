export type { AgentInput, AgentPlan, AgentStage, AgentToolCall } from './plan.js';
export { planMessage } from './plan-message.js';
export { CREDITS } from './tariff.js';
