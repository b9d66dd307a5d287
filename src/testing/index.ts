export {
  type AgentPlan,
  type AgentStep,
  ask,
  edit,
  fail,
  lateWrite,
  say,
  silent,
} from '../local/agent/plan.js';
export type { Agent, Fault, LocalBackend } from '../local/index.js';
export { expectChargedOnce, expectSentOnce, type MessageMatch } from './expectations.js';
export { type HandledBackend, type HandlersOptions, handlers } from './msw.js';
export { createTestClient, type TestClient, type TestClientOptions } from './test-client.js';
export { VirtualClock, type VirtualClockOptions } from './virtual-clock.js';
