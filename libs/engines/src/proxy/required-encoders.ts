import { CODEC_RULES } from './codecs/codec-rules.ts';

/** FFmpeg's encoders for sound; which of them a track gets is decided by its container. */
const AUDIO_ENCODERS = ['aac', 'libopus', 'pcm_s16le', 'pcm_s24le'];

/** The names of all FFmpeg encoders that the contract needs. */
export function requiredEncoders(): string[] {
  const pictureEncoders = Object.values(CODEC_RULES).map(({ encoder }) => encoder);
  return [...new Set([...pictureEncoders, ...AUDIO_ENCODERS])];
}
