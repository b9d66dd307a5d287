// What comes when it is first used takes real time, for which a clock of a test does not wait.
await import('../../src/video/steps.js');

export {};
