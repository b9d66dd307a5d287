/** The FFmpeg bindings, as a value: they are an optional peer and may be absent. */
export type NodeAv = typeof import('node-av');

let loading: Promise<NodeAv | null> | undefined;

/** The FFmpeg bindings, or null where they are not installed (or their binary does not suit this machine). */
export function loadNodeAv(): Promise<NodeAv | null> {
  loading ??= import('node-av').then(
    (av) => {
      // Its own messages go to stderr as they please; what matters arrives here as an error.
      av.Log.setLevel(av.AV_LOG_FATAL);
      return av;
    },
    () => null,
  );
  return loading;
}
