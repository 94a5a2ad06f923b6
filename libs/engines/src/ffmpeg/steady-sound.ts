import type { AudioPlan } from '../proxy/plan/proxy-plan.ts';

/** The last nine digits of a number that is printed are milliseconds, those before them the stream's index. */
const STREAM = 1e9;
const PRINTED = /\[warning\] (\d{10,})\.0+$/gm;
/** `AV_LOG_WARNING` */
const WARNING_LEVEL = 24;
/** Seconds after the start of a track in which its decoder finds out what it holds. */
const FINDING_OUT = 0.5;

/**
 * Where a track's sound changes its channels or its rate, FFmpeg builds the graph anew, which fills silence from zero on again. The
 * filter prints when that happens: its first sample isn't the track's then.
 */
export function toldChanges({ streamIndex, offset }: AudioPlan): string {
  const start = (Math.max(0, offset) + FINDING_OUT).toFixed(3);
  const isAnew = `eq(N\\,0)*gt(T\\,${start})`;
  const number = `${streamIndex}*${STREAM}+floor(T*1000)`;
  return `asetpts=PTS+if(${isAnew}\\,0*print(${number}\\,${WARNING_LEVEL}))`;
}

/** When the sound of each stream changed, in seconds after the first frame, by what FFmpeg has printed. */
export function soundChanges(stderr: string): Map<number, number[]> {
  const seconds = new Map<number, number[]>();
  for (const [, text] of stderr.matchAll(PRINTED)) {
    const index = Math.floor(Number(text) / STREAM);
    seconds.set(index, [...(seconds.get(index) ?? []), (Number(text) % STREAM) / 1000]);
  }
  return seconds;
}

/** Where the sound of each track comes from, and what must stand before the other outputs for it. */
export interface SoundSources {
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
export function soundSources(input: number, audio: readonly AudioPlan[]): SoundSources {
  const outputs: string[][] = [];
  const labels = audio.map((track) => {
    if (track.steady === null) return `[${input}:${track.streamIndex}]`;
    const number = outputs.length;
    const { sampleRate, layout } = track.steady;
    const filters = `${toldChanges(track)},aresample=${sampleRate}:ochl=${layout}:rematrix_maxval=1`;
    const output = ['-map', `${input}:${track.streamIndex}`, '-filter:a:0', filters];
    outputs.push([...output, '-c:a', 'pcm_f32le', '-f', 'null', '-', '-dec', `${number}:0`]);
    return `[dec:${number}]`;
  });
  return { labels, outputs: outputs.flat() };
}
