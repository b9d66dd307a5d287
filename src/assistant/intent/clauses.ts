import { lazily } from '../../run/gui/lazily.js';

/** How a clause hangs on what is before it. */
type Joint =
  /** A full stop, "then", 然后: what follows stands by itself. */
  | 'strong'
  /** A comma, "and", 并: may as well join two words of a list. */
  | 'weak'
  /** "before …": the clause is to be done later than its neighbour. */
  | 'before'
  /** "after …", "once …": the clause is to be done earlier than its neighbour. */
  | 'after';

/** A piece of a message between two joints, by position. */
export interface Span {
  readonly joint: Joint;
  /** Where the clause begins, its joint left out. */
  readonly start: number;
  readonly end: number;
}

/**
 * Everything that can join two clauses. A cut that turns out to lie inside an edit does no harm: neighbouring edits
 * are put together again, joints and all.
 */
const JOINTS: readonly (readonly [Joint, string])[] = [
  ['strong', '[!?;。！？；\\n]+|\\.(?=[\\s.]|$)'],
  ['strong', "\\b(?:and )?(?:then|after that|afterwards|when that's done)\\b"],
  ['strong', '然后|接着|随后|之后|以后|最后(?![的一几两])|完后|(?<![最之以背])后(?![面期景半几一两\\d])'],
  ['before', '\\bbefore\\b'],
  [
    'after',
    '\\b(?:after|once|when(?! (?:will|can|do|does|is|are)\\b)|as soon as|(?<!\\b(?:check|see|know|ask|wonder|tell me) )if)\\b',
  ],
  ['weak', '[,，、&]|\\b(?:and|but|plus|as well as|while)\\b(?: also\\b)?'],
  [
    'weak',
    '并且|并|以及|同时|顺便|而且|但是|但|和|与|跟|再(?![次来见])|就(?=(?:可以|能|直接|马上|帮我|给我|把视频)?(?:导出|下载|发给我|发我|渲染))',
  ],
];
/** `without exporting` is a clause of its own whose first word says no. 之前 ends the clause that is to come later. */
const BEGINS = '\\bwithout\\b';
const LATER = '之前|以前|(?<![当目之以先提])前(?![面景半几一两三四五十\\d])';

const anyJoint = /* @__PURE__ */ lazily(
  () => new RegExp(`${JOINTS.map(([, source]) => `(${source})`).join('|')}|(?=${BEGINS})|(${LATER})`, 'gu'),
);

/** Cuts a masked, normalised message at every joint. */
export function cutClauses(text: string): Span[] {
  const spans: Span[] = [];
  let joint: Joint = 'strong';
  let start = 0;
  const close = (end: number, as: Joint): void => {
    const clause = text.slice(start, end);
    if (clause.trim() === '') return;
    const indent = clause.length - clause.trimStart().length;
    spans.push({ joint: as, start: start + indent, end: start + clause.trimEnd().length });
  };
  for (const match of text.matchAll(anyJoint())) {
    const kind = JOINTS.findIndex((_, index) => match[index + 1] !== undefined);
    const later = match[JOINTS.length + 1] !== undefined;
    close(match.index, later ? 'before' : joint);
    const next = JOINTS[kind]?.[0] ?? (later ? 'strong' : 'weak');
    const isEmpty = text.slice(start, match.index).trim() === '';
    // ", and then": of several joints in a row the strongest counts.
    joint = isEmpty && start > 0 ? strongest(joint, next) : next;
    start = match.index + match[0].length;
  }
  close(text.length, joint);
  return spans;
}

function strongest(a: Joint, b: Joint): Joint {
  if (b === 'weak') return a;
  return b;
}
