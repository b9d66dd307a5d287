/**
 * Where in the caller's program something began. An error that is made much later, behind timers and sockets, has a stack
 * of the library alone; with this one it also shows the line that a person can change.
 */
export interface CallSite {
  readonly stack?: string | undefined;
}

/** Takes down the present stack. Cheap: the runtime writes it out only when it is read. */
export function callSite(): CallSite {
  return new Error();
}

/** The folder of this library, as stacks name it: `src/` as source, the folder of the bundle when built. */
const OWN = /* @__PURE__ */ (() => {
  const place = placeOf(framesOf(callSite().stack)[0] ?? '');
  return place === undefined ? undefined : /^(.*?[/\\])(?:errors[/\\])?[^/\\]+$/.exec(place)?.[1];
})();

/** Files of others that stand between a call and its caller. */
const BETWEEN = /\bnode:|[/\\]node_modules[/\\](?:ky|eventsource-parser|zod)[/\\]/;

/** Adds the frames of `site` to the stack of `error`, unless it shows the caller already. */
export function located<T>(error: T, site: CallSite): T {
  if (!(error instanceof Error) || callerFrames(error.stack).length > 0) return error;
  const frames = callerFrames(site.stack);
  if (frames.length > 0 && Reflect.getOwnPropertyDescriptor(error, 'stack')?.configurable !== false) {
    const value = [error.stack ?? String(error), ...frames].join('\n');
    Object.defineProperty(error, 'stack', { value, writable: true, configurable: true });
  }
  return error;
}

/** Runs `work`, whose errors then show the line of the caller of this. */
export async function withCaller<T>(work: () => Promise<T>): Promise<T> {
  const site = callSite();
  try {
    return await work();
  } catch (error) {
    throw located(error, site);
  }
}

/** The frames of a stack that are the caller's, the innermost first. Empty where ours cannot be recognised. */
export function callerFrames(stack: string | undefined): string[] {
  if (OWN === undefined) return [];
  return framesOf(stack).filter((frame) => {
    const place = placeOf(frame);
    return place !== undefined && !place.startsWith(OWN) && !BETWEEN.test(place);
  });
}

/** The place that a frame names: an address or a path, without line and column. */
export function placeOf(frame: string): string | undefined {
  return /^\s*at (?:.*? \()?(?:async )?(.*?):\d+:\d+\)?$|^[^@]*@(.*?):\d+:\d+$/
    .exec(frame)
    ?.slice(1)
    .find(Boolean);
}

/** `    at main (file:///app/index.js:3:1)` of V8, `main@http://…/app.js:3:1` of the others. */
function framesOf(stack: string | undefined): string[] {
  return (stack ?? '').split('\n').filter((line) => placeOf(line) !== undefined);
}
