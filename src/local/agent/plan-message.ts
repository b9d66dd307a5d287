import { answer } from './answer.js';
import { describe } from './describe.js';
import { picturesIn, type Setting } from './edits/tracks.js';
import { intentOf } from './intent.js';
import type { AgentInput, AgentPlan } from './plan.js';
import { planCreation } from './plan-creation.js';
import { planEdit } from './plan-edit.js';
import { readMessage } from './reading/read.js';
import { speakerOf } from './replies/reply.js';
import { languageOf } from './wording/stock.js';

/**
 * Decides what to do about one message: a function of its input and of nothing else.
 *
 * A first message makes a video, in two stages as the service does (wire document, "Rules the vendor states"); later
 * ones change it. What is not understood, or can't be done, changes nothing and costs nothing; of a message that is
 * understood in part, that part is done and the reply names the rest.
 */
export function planMessage(input: AgentInput): AgentPlan {
  const reading = readMessage(input.message, input.media);
  const language = languageOf(reading.source, input.language);
  const setting: Setting = { media: input.media, random: input.random, language };
  const speaker = speakerOf(language);
  const draft = input.draft && picturesIn(input.draft).length > 0 ? input.draft : null;
  switch (intentOf(reading, draft, input.media)) {
    case 'create':
      return planCreation(reading, input, setting, speaker);
    case 'edit':
      return draft
        ? planEdit(reading, draft, setting, speaker)
        : answer(true, speaker.say({ say: 'nothingYet' }));
    case 'export':
      return answer(true, speaker.say({ say: 'exportNow' }));
    case 'ask':
      return draft
        ? answer(true, speaker.say(describe(draft)))
        : answer(true, speaker.say({ say: 'nothingYet' }));
    case 'help':
      return answer(true, speaker.say({ say: 'help' }));
    case 'nothing-yet':
      return answer(true, speaker.say({ say: 'nothingYet' }));
    case 'unknown':
      return answer(false, speaker.say({ say: 'nothingUnderstood' }, { say: 'help' }));
  }
}
