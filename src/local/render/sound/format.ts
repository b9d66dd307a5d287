/** Samples per second of every sound that is mixed and written. */
export const SAMPLE_RATE = 48_000;

/** One block of sound: as many samples as an AAC frame holds, left and right. */
export const BLOCK_SAMPLES = 1024;
