import { loadKy } from '../../src/transport/send.js';
import { answerSchemas } from '../../src/wire/index.js';

// What comes with the first request takes real time, for which a clock of a test does not wait.
await Promise.all([loadKy(), answerSchemas()]);
