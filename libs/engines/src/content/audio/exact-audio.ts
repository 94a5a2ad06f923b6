import { secondsOfBlock, type AudioFacts, type AudioForm } from './audio-trace.ts';

/** What is wrong with a track, and from where on, in seconds after its start. */
export interface AudioFault {
  fault: string;
  seconds: number;
}

/**
 * Compares a track whose samples are kept, sample by sample; `null` for one that is the same.
 *
 * @param looseEnd seconds at the end that the container fills or cuts to its pictures; `null` where it keeps every sample.
 */
export function exactFault(
  source: AudioFacts,
  proxy: AudioFacts,
  form: AudioForm,
  looseEnd: number | null,
): AudioFault | null {
  const common = Math.min(source.samples, proxy.samples);
  const end = common / form.sampleRate - (looseEnd ?? 0);
  const isWhole = source.samples === proxy.samples;
  const blocks = Math.min(source.hashes.length, proxy.hashes.length);
  for (let block = 0; block < blocks; block++) {
    const isComplete = looseEnd === null && isWhole;
    if (!isComplete && secondsOfBlock(block + 1, form) > end) break;
    if (source.hashes[block] !== proxy.hashes[block])
      return { fault: 'its samples differ', seconds: secondsOfBlock(block, form) };
  }
  if (isWhole || looseEnd !== null) return null;
  const fault = `it has ${proxy.samples} samples instead of ${source.samples}`;
  return { fault, seconds: common / form.sampleRate };
}
