import { answerSchemas } from '../../src/wire/index.js';

// What comes when it is first used takes real time, for which a clock of a test does not wait.
await Promise.all([
  answerSchemas(),
  import('../../src/transport/carrier.js'),
  import('../../src/auth/anonymous-identity.js'),
  import('../../src/video/steps.js'),
]);
