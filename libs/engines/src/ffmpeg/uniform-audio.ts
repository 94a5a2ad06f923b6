import type { AudioPlan } from '../proxy/plan/proxy-plan.ts';
import { beginnings } from './stream-changes.ts';

/** Where the sound of each track comes from, and what must stand before the other outputs for it. */
export interface AudioSources {
  /** In the order of the tracks, as a graph takes them. */
  labels: readonly string[];
  outputs: readonly string[];
}

/**
 * A track that changes is made one form by an encoder whose packets are decoded again, for that keeps one graph behind it from the
 * change. A graph behind another one (FFmpeg 7.1.5 and 9.0.2) loses what it holds back at the end.
 *
 * @param input that sound is read from.
 */
export function audioSources(input: number, audio: readonly AudioPlan[]): AudioSources {
  const outputs: string[][] = [];
  const labels = audio.map((track) => {
    if (track.uniform === null) return `[${input}:${track.streamIndex}]`;
    const number = outputs.length;
    const { sampleRate, layout } = track.uniform;
    const filters = `${beginnings(track)},aresample=${sampleRate}:ochl=${layout}:rematrix_maxval=1`;
    const output = ['-map', `${input}:${track.streamIndex}`, '-filter:a:0', filters];
    // Nobody reads these packets but the decoder, which takes them with the times from before this filter of bits.
    const packets = ['-c:a', 'pcm_f32le', '-bsf:a:0', 'setts=ts=N', '-f', 'null', '-'];
    outputs.push([...output, ...packets, '-dec', `${number}:0`]);
    return `[dec:${number}]`;
  });
  return { labels, outputs: outputs.flat() };
}
