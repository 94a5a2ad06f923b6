import { LineCutter } from '../media/index.ts';
import type { AudioPlan } from '../proxy/plan/proxy-plan.ts';

/** The last nine digits of a number that is printed are milliseconds; those before them count streams from 1. */
const STREAM = 1e9;
const PRINTED = /\[warning\] (\d{10,})\.0+$/;
const PRINTED_LINES = /^.*\[warning\] \d{10,}\.0+\n?/gm;
/** What FFmpeg says of a track whose first packet comes after it has looked for tracks: it leaves it out. */
const LATE_TRACK = /\[warning\] New audio stream with index (\d+) /;
/** `AV_LOG_WARNING` */
const WARNING_LEVEL = 24;
/** Seconds from the start of a track in which its decoder may take the header's word for what it holds. */
const FINDING_OUT = 0.1;
/** A longer line is none that is looked for. */
const MOST_LINE_LENGTH = 4096;

/**
 * A filter that prints when a track begins. Where sound changes its channels, its rate or (FFmpeg 9) its levels of downmix, FFmpeg builds the graph anew, which would
 * fill silence from zero on again: then it is printed once more.
 */
export function beginnings({ streamIndex }: AudioPlan): string {
  const number = `${streamIndex + 1}*${STREAM}+max(0\\,floor(T*1000))`;
  return `asetpts=PTS+if(eq(N\\,0)\\,0*print(${number}\\,${WARNING_LEVEL}))`;
}

/** How the sound of a track changes: when first, in seconds after the first frame of the picture, and how many times. */
export interface AudioChange {
  seconds: number;
  times: number;
}

/** Follows what FFmpeg prints of the beginnings of tracks, of whatever length it is. */
export class AudioChanges {
  readonly #starts = new Map<number, number>();
  readonly #changes = new Map<number, AudioChange>();
  readonly #late = new Set<number>();
  readonly #lines = new LineCutter((line) => this.#takeLine(line), MOST_LINE_LENGTH);

  take(chunk: Uint8Array): void {
    this.#lines.take(chunk);
  }

  /** By the index of the stream. Streams that share a graph seem to change together. */
  get ofStreams(): ReadonlyMap<number, AudioChange> {
    return this.#changes;
  }

  /** Indexes of streams that began too late to be found. */
  get lateTracks(): ReadonlySet<number> {
    return this.#late;
  }

  #takeLine(line: string) {
    const late = LATE_TRACK.exec(line)?.[1];
    if (late !== undefined) this.#late.add(Number(late));
    const number = Number(PRINTED.exec(line)?.[1] ?? Number.NaN);
    if (Number.isNaN(number)) return;
    const index = Math.floor(number / STREAM) - 1;
    const seconds = (number % STREAM) / 1000;
    const start = this.#starts.get(index);
    if (start === undefined) {
      this.#starts.set(index, seconds);
      return;
    }
    const known = this.#changes.get(index) ?? { seconds, times: 0 };
    const isFindingOut = known.times === 1 && known.seconds - start < FINDING_OUT;
    const next = isFindingOut ? { seconds, times: 1 } : { ...known, times: known.times + 1 };
    this.#changes.set(index, next);
  }
}

/** What FFmpeg wrote, without the numbers that only {@link SoundChanges} reads. */
export function withoutBeginnings(stderr: string): string {
  return stderr.replaceAll(PRINTED_LINES, '');
}
