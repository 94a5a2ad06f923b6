import { LineSplitter } from '../media/index.ts';
import type { AudioPlan } from '../proxy/plan/proxy-plan.ts';
import { lateStreamIn, printedIn, refusedAudioIn } from './ffmpeg-log.ts';

/** The last nine digits of a number that is printed are milliseconds; those before them count streams from 1. */
const STREAM = 1e9;
/** Among streams, the picture: no file has so many. */
const PICTURE = 1e6;
/** And a time of it that goes back. */
const BACK = PICTURE + 1;
/** `AV_LOG_WARNING` */
const WARNING_LEVEL = 24;
/** Seconds from the start of a track in which its decoder may take the header's word for what it holds. */
const FINDING_OUT = 0.1;
/** A longer line is none that is looked for. */
const MOST_LINE_LENGTH = 4096;

/**
 * A filter that prints when a track begins. Where sound changes its channels, its rate or (FFmpeg 9) its levels of downmix, FFmpeg builds the graph anew, which
 * fills silence from zero on again: then it is printed once more.
 */
export function beginnings({ streamIndex }: AudioPlan): string {
  return `asetpts=PTS+if(eq(N\\,0)\\,0*${printed(streamIndex, 'T')})`;
}

/**
 * The same of the picture. FFmpeg builds its graph anew where its size, its turn, the form of its pixels or their colours change, and
 * fits what follows to what it was told before. Fields it passes over: where a picture has some, they are compared with
 * those of the first, `ld(0)`, until they differ once, `ld(1)`. A changed shape of pixels it passes over, too. A filter that sets times would forget the rate.
 */
export const PICTURE_BEGINNINGS = `select=if(n*(not(interlace_type)+eq(interlace_type\\,ld(0))+ld(1))\\,1\\,if(${printed(PICTURE, 't')}*st(0\\,interlace_type)*st(1\\,n)\\,1\\,1))`;

/** A filter that prints once where a frame's time isn't after that of the one before: some filters drop such a frame without a word. */
export const TIMES_GOING_BACK = `select=if(lte(pts\\,prev_pts)*not(ld(0))\\,0*${printed(BACK, 't')}+st(0\\,1)\\,1)`;

function printed(index: number, time: string): string {
  return `print(${index + 1}*${STREAM}+max(0\\,floor(${time}*1000))\\,${WARNING_LEVEL})`;
}

/** How a stream changes its form: when first, in seconds after the first frame of the picture, and how many times. */
export interface StreamChange {
  seconds: number;
  times: number;
}

/** Follows what FFmpeg prints of the beginnings of the picture and of tracks, of whatever length it is. */
export class StreamChanges {
  readonly #starts = new Map<number, number>();
  /** Of tracks, by the index of the stream. Streams that share a graph seem to change together. */
  readonly ofStreams = new Map<number, StreamChange>();
  /** Indexes of streams that began too late to be found. */
  readonly lateStreams = new Set<number>();
  /** Indexes of audio streams of which nothing was decoded before a packet that can't be. */
  readonly refusedFirst = new Set<number>();
  /** `null` where it stays as it began. */
  picture: StreamChange | null = null;
  /** Whether the time of a frame wasn't after that of the one before it. */
  goesBack = false;
  /** Whether a track began with other channels than its header says: the filter that names them refuses it. */
  startsOtherwise = false;
  readonly #lines = new LineSplitter((line) => this.#takeLine(line), MOST_LINE_LENGTH);

  take(chunk: Uint8Array): void {
    this.#lines.take(chunk);
  }

  #takeLine(line: string) {
    const refused = refusedAudioIn(line);
    if (refused !== null && !this.#starts.has(refused)) this.refusedFirst.add(refused);
    const late = lateStreamIn(line);
    if (late !== null) this.lateStreams.add(late);
    if (line.includes('Parsed_channelmap')) this.startsOtherwise = true;
    const number = printedIn(line);
    if (number === null) return;
    const index = Math.floor(number / STREAM) - 1;
    if (index === BACK) {
      this.goesBack = true;
      return;
    }
    const seconds = (number % STREAM) / 1000;
    const start = this.#starts.get(index);
    if (start === undefined) {
      this.#starts.set(index, seconds);
      return;
    }
    const before = index === PICTURE ? this.picture : this.ofStreams.get(index);
    const known = before ?? { seconds, times: 0 };
    const isFindingOut = known.times === 1 && known.seconds - start < FINDING_OUT;
    const next = isFindingOut ? { seconds, times: 1 } : { ...known, times: known.times + 1 };
    if (index === PICTURE) this.picture = next;
    else this.ofStreams.set(index, next);
  }
}
