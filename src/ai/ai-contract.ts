/**
 * The shapes of `@ai-sdk/provider` 4 (a video model) and of Standard Schema (the input of a tool) as far as they are used
 * here, so that the declarations need neither package. `test/runtimes/jobs/ai-sdk` compiles them with the originals.
 */

/** A value of JSON. */
export type JsonValue = null | string | number | boolean | JsonObject | JsonValue[];

/** An object of JSON. */
export interface JsonObject {
  [key: string]: JsonValue | undefined;
}

/** A picture or clip of a call. */
export type VideoFile =
  | { type: 'file'; mediaType: string; data: string | Uint8Array }
  | { type: 'url'; url: string; mediaType?: string };

/** What `experimental_generateVideo` asks a model for. */
export interface VideoCallOptions {
  prompt: string | undefined;
  n: number;
  /** `16:9`, `9:16`, `1:1`, or `adaptive`: left to the agent. */
  aspectRatio: `${number}:${number}` | 'adaptive' | undefined;
  /** `1920x1080`. Also the shape of the picture, where `aspectRatio` is absent. */
  resolution: `${number}x${number}` | undefined;
  /** In seconds. */
  duration: number | undefined;
  fps: number | undefined;
  seed: number | undefined;
  image: VideoFile | undefined;
  frameImages: { image: VideoFile; frameType: 'first_frame' | 'last_frame' }[] | undefined;
  inputReferences: VideoFile[] | undefined;
  generateAudio: boolean | undefined;
  /** `nemovideo`: see {@link NemoVideoProviderOptions}. */
  providerOptions: Record<string, object>;
  abortSignal?: AbortSignal | undefined;
  /** Not used: the client has its own. */
  headers?: Record<string, string | undefined> | undefined;
  /** Not supported. */
  webhookUrl?: string | undefined;
}

/** What of a call is not done as asked. */
export interface VideoWarning {
  type: 'unsupported' | 'compatibility';
  feature: string;
  details: string;
}

/** What every answer of a model has. */
export interface VideoAnswer {
  providerMetadata: { nemovideo: JsonObject };
  response: { timestamp: Date; modelId: string; headers: undefined };
}

/** A finished video. `providerMetadata.nemovideo.videos[0]` has `sessionId`, `renderId`, `url`, `text`, `timeline` where known. */
export interface GeneratedVideo extends VideoAnswer {
  videos: { type: 'binary'; data: Uint8Array; mediaType: 'video/mp4' }[];
  warnings: VideoWarning[];
}

/** A video that was started. `operation` is a `VideoSnapshot` as JSON: pass it to `doStatus`, in whatever process. */
export interface StartedVideo extends VideoAnswer {
  operation: JsonValue;
  warnings: VideoWarning[];
}

/**
 * How far a started video is. `providerMetadata.nemovideo` has `phase`, `percent` and `message` of a pending one; `name` and
 * `hint` of an error, and `question` and `snapshot` where the agent asks.
 */
export type VideoStatusResult =
  | ({ status: 'pending' } & VideoAnswer)
  | ({ status: 'completed' } & GeneratedVideo)
  | ({ status: 'error'; error: string } & VideoAnswer);

/** A schema that checks the input of a tool and describes it to a model: Standard Schema with JSON Schema. */
export interface ToolSchema<Input> {
  readonly '~standard': {
    readonly version: 1;
    readonly vendor: string;
    /** Checks a value. */
    readonly validate: (value: unknown) => SchemaResult<Input> | Promise<SchemaResult<Input>>;
    readonly types?: { readonly input: unknown; readonly output: Input } | undefined;
    /** The schema as JSON Schema of a version, such as `draft-07`. */
    readonly jsonSchema: {
      /** What a caller passes. */
      readonly input: (options: { readonly target: string }) => Record<string, unknown>;
      /** What the tool receives. */
      readonly output: (options: { readonly target: string }) => Record<string, unknown>;
    };
  };
}

/** What a schema finds about a value. */
export type SchemaResult<Value> =
  | { readonly value: Value; readonly issues?: undefined }
  | { readonly issues: readonly { readonly message: string }[] };

/** A tool as `generateText`, `streamText` and agents accept it. */
export interface NemoVideoTool<Input, Output> {
  readonly description: string;
  readonly inputSchema: ToolSchema<Input>;
  /** Rejects for an abort only: any other failure is a result, with what to do about it. */
  execute(input: Input, options?: { readonly abortSignal?: AbortSignal | undefined }): Promise<Output>;
}
