/** Something that sounds, in stereo at the rate of the mix. */
export interface SoundSource {
  /** Fills both channels with what follows; silence after the end. They are equally long. */
  read(left: Float32Array, right: Float32Array): Promise<void> | void;
  close(): Promise<void> | void;
}
