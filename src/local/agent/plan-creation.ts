import { answer, unread } from './answer.js';
import { briefOf } from './compose/brief.js';
import { type Creation, create, outOfBounds } from './compose/create.js';
import { newVideo } from './describe.js';
import { logoIn, picturesIn, type Setting, soundsIn, wordsIn } from './edits/tracks.js';
import type { AgentInput, AgentPlan, AgentStage } from './plan.js';
import type { Reading } from './reading/read.js';
import type { Said } from './replies/facts.js';
import type { Speaker } from './replies/reply.js';
import { CREDITS, generationTime, TAKES } from './tariff.js';

/** A new video, in the two stages of the service: first its pictures, then music, words and logo. */
export function planCreation(
  reading: Reading,
  input: AgentInput,
  setting: Setting,
  speaker: Speaker,
): AgentPlan {
  const brief = briefOf(reading, input.media);
  const bounds = outOfBounds(brief);
  if (bounds) return answer(true, speaker.say(bounds));
  const creation = create(brief, setting, input.credits);
  const { finished, scenes, repeated, left, refused } = creation;
  const created: Said = {
    say: 'created',
    ms: finished.d,
    pictures: picturesIn(finished).length,
    scenes,
    repeated,
    left,
    ...newVideo(finished),
  };
  return {
    understood: true,
    stages: [firstStage(creation, speaker), secondStage(creation, speaker)],
    reply: speaker.report([created], [...refused, ...unread(brief.unread)], 'export'),
    credits: scenes > 0 ? scenes * CREDITS.clip : CREDITS.creation,
  };
}

function firstStage({ pictures, scenes }: Creation, speaker: Speaker): AgentStage {
  const row = picturesIn(pictures);
  const response = { status: 'success', applied: row.length, duration: pictures.d };
  if (scenes > 0) {
    const clips = row.map(({ m, d }) => ({ prompt: m.name, duration: d }));
    return {
      text: speaker.say({ say: 'generatesClips', clips: scenes, words: row[0]?.m.name ?? '' }),
      call: { name: 'generate_clip', args: { clips }, response },
      draft: pictures,
      takesMs: generationTime(scenes),
    };
  }
  const operations = row.map(({ m, d }) => ({ op: 'add_picture', name: m.name, duration: d }));
  return {
    text: speaker.say({ say: 'laysPictures', pictures: row.length }),
    call: { name: 'edit_multitrack', args: { operations }, response },
    draft: pictures,
    takesMs: TAKES.pictures,
  };
}

function secondStage({ finished }: Creation, speaker: Speaker): AgentStage {
  const video = newVideo(finished);
  const operations = [
    ...soundsIn(finished)
      .slice(0, 1)
      .map(({ m }) => ({ op: 'add_music', name: m.name, volume: m.volume ?? 1 })),
    ...wordsIn(finished).map(({ m, s, d }) => ({ op: `add_${m.role}`, text: m.text, start: s, duration: d })),
    ...(video.logo ? [{ op: 'add_logo', name: logoIn(finished)?.m.name ?? '' }] : []),
  ];
  const nothing = operations.length === 0;
  return {
    text: nothing ? '' : speaker.say({ say: 'furnishes', ...video }),
    call: {
      name: 'edit_multitrack',
      args: { operations },
      response: { status: 'success', applied: operations.length },
    },
    draft: finished,
    takesMs: TAKES.furnishing,
  };
}
