/**
 * What a request asks for. `download` is a finished video, by either of its addresses; `media` is an uploaded file;
 * `preflight` is a browser asking for permission; `unknown` is a path that the service does not have.
 */
export type Operation =
  | 'token'
  | 'session'
  | 'claim'
  | 'run'
  | 'upload'
  | 'credits'
  | 'state'
  | 'render'
  | 'poll'
  | 'cancel'
  | 'download'
  | 'media'
  | 'preflight'
  | 'unknown';
