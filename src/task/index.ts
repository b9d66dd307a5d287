export { EventQueue } from './event-queue.js';
export { eventStream } from './event-stream.js';
export { Task, type TaskFacts, type TaskStatus } from './task.js';
