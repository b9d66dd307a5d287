export { EventQueue } from './event-queue.js';
export { Task, type TaskFacts, type TaskStatus } from './task.js';
