import { randomUUID } from 'node:crypto';
import { CODES, isObject } from '../../wire/index.js';
import type { DraftEdit } from '../agent/index.js';
import { FRAME_SIZES, type LocalDraft, type LocalMedia, type PictureMeta } from '../dialect.js';
import { Refusal } from '../http/exchange.js';
import type { Account } from './accounts.js';

/** A generated clip as `generated_media` of the state lists it. */
export interface GeneratedMedia {
  readonly filename: string;
  readonly file_type: 'video';
  readonly cdn_url: string;
  /** In seconds. */
  readonly duration: number;
}

/** An uploaded file: as the agent and as answers see it. */
interface Upload {
  readonly order: number;
  readonly media: LocalMedia;
  readonly info: Record<string, unknown>;
}

/** A conversation with the agent, and its result. */
export class Session {
  readonly id = randomUUID();
  readonly taskId = randomUUID();
  readonly account: Account;
  readonly language: string;
  readonly taskName: string;
  readonly generated: GeneratedMedia[] = [];
  /** How many messages came before; makes the agent's chance differ from message to message. */
  messages = 0;
  #uploads: Upload[] = [];
  #arrivals = 0;
  #draft: LocalDraft | null = null;
  #busy = false;

  constructor(account: Account, taskName: string, language: string) {
    this.account = account;
    this.taskName = taskName;
    this.language = language;
  }

  /** Every upload in order, as the agent reads it. */
  get media(): LocalMedia[] {
    return this.#uploads.map(({ media }) => media);
  }

  /** Takes a place in the order of uploads, which is the order in which the requests came, whichever ends first. */
  expectUpload(): (media: LocalMedia, info: Record<string, unknown>) => void {
    this.#arrivals += 1;
    const order = this.#arrivals;
    return (media, info) => {
      this.#uploads = [...this.#uploads, { order, media, info }].sort((a, b) => a.order - b.order);
    };
  }

  get draft(): LocalDraft | null {
    return this.#draft;
  }

  /** Changes the timeline; scenes that this brings are generated clips. */
  edit(change: DraftEdit): LocalDraft {
    const copy = this.#draft === null ? emptyDraft() : structuredClone(this.#draft);
    const changed: unknown = change(copy);
    const draft = asDraft(isObject(changed) ? changed : copy);
    const known = new Set(this.generated.map((clip) => clip.cdn_url));
    for (const clip of scenesOf(draft)) {
      if (!known.has(clip.cdn_url)) this.generated.push(clip);
    }
    this.#draft = draft;
    return draft;
  }

  /** Begins a turn, and returns what ends it. One at a time: refuses a second with 409. */
  takeTurn(): () => void {
    if (this.#busy)
      throw new Refusal(CODES.sessionBusy, 'this session already has a turn running: nothing was accepted');
    this.#busy = true;
    return () => {
      this.#busy = false;
    };
  }

  /** `state` of the state answer. */
  get state(): Record<string, unknown> {
    const { width, height, fps } = this.#draft?.m ?? {};
    return {
      draft: this.#draft,
      video_infos: this.#uploads.map(({ info }) => info),
      canvas_config: this.#draft === null ? null : { width, height, fps },
      generated_media: this.generated,
    };
  }
}

/** What an edit starts from where there is no timeline yet. */
const emptyDraft = (): LocalDraft => ({
  t: [],
  d: 0,
  m: { title: '', ...FRAME_SIZES['16:9'], fps: 30, seed: 1 },
});

/** Takes a scripted draft as it is: what of it the backend cannot read, it leaves to the client. */
const asDraft = (draft: object): LocalDraft => ({ ...emptyDraft(), ...draft });

function scenesOf(draft: LocalDraft): GeneratedMedia[] {
  const pictures: { d: number; m: PictureMeta }[] = draft.t.flatMap((track) =>
    track.tt === 0 ? track.sg : [],
  );
  return pictures
    .filter(({ m }) => m?.kind === 'scene')
    .map(({ d, m }) => ({ filename: m.name, file_type: 'video', cdn_url: m.src, duration: d / 1000 }));
}

/** All sessions of a backend. */
export class Sessions {
  readonly #byId = new Map<string, Session>();

  create(account: Account, taskName: string, language: string): Session {
    const session = new Session(account, taskName, language);
    this.#byId.set(session.id, session);
    return session;
  }

  /** The session of that id, if it is this account's; refuses with 1002. */
  find(account: Account, id: unknown): Session {
    const session = typeof id === 'string' ? this.#byId.get(id) : undefined;
    if (session === undefined || session.account !== account)
      throw new Refusal(CODES.sessionNotFound, 'there is no such session');
    return session;
  }
}
