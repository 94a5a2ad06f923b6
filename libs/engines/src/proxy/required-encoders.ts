import { CODEC_RULES } from './codecs/codec-rules.ts';
import { SOUND_ENCODERS } from './plan/proxy-plan.ts';

/** The names of all FFmpeg encoders that the contract needs. */
export function requiredEncoders(): string[] {
  const videoEncoders = Object.values(CODEC_RULES).map(({ encoder }) => encoder);
  return [...new Set([...videoEncoders, ...SOUND_ENCODERS])];
}
