import { LineSplitter } from '../media/index.ts';
import type { AudioPlan } from '../proxy/plan/proxy-plan.ts';
import { lateStreamIn, printedIn, refusedAudioIn } from './ffmpeg-log.ts';

/** Factor of the stream's index plus one in a printed number; the nine digits below it are milliseconds. */
const STREAM = 1e9;
/** Stands for the video among stream indexes: no file has so many. */
const PICTURE = 1e6;
/** Stands for a video time that goes back. */
const BACK = PICTURE + 1;
/** `AV_LOG_WARNING` */
const WARNING_LEVEL = 24;
/** Seconds after the start of a track in which its decoder may still go by the header's format. */
const UNSETTLED_SECONDS = 0.1;
/** Longest line that is read. */
const MOST_LINE_LENGTH = 4096;

/**
 * Filter that prints when a track begins. If audio changes its channels, its rate or (FFmpeg 9) its downmix levels, FFmpeg
 * rebuilds the graph, which fills silence from zero on again and prints once more.
 */
export function beginnings({ streamIndex }: AudioPlan): string {
  return `asetpts=PTS+if(eq(N\\,0)\\,0*${printed(streamIndex, 'T')})`;
}

/**
 * The same for video. FFmpeg rebuilds the graph if the size, rotation, pixel format or colours change, and converts what follows
 * to the format before. Changed fields don't rebuild it, so the fields of an interlaced frame are compared with those of the
 * first frame, `ld(0)`, until they differ once, `ld(1)`. A changed pixel aspect isn't noticed. The filter is `select` because
 * FFmpeg forgets the rate after a filter that sets times.
 */
export const PICTURE_BEGINNINGS = `select=if(n*(not(interlace_type)+eq(interlace_type\\,ld(0))+ld(1))\\,1\\,if(${printed(PICTURE, 't')}*st(0\\,interlace_type)*st(1\\,n)\\,1\\,1))`;

/** Filter that prints once if a frame's time isn't later than that of the frame before: some filters drop such a frame silently. */
export const TIMES_GOING_BACK = `select=if(lte(pts\\,prev_pts)*not(ld(0))\\,0*${printed(BACK, 't')}+st(0\\,1)\\,1)`;

function printed(index: number, time: string): string {
  return `print(${index + 1}*${STREAM}+max(0\\,floor(${time}*1000))\\,${WARNING_LEVEL})`;
}

/** Format changes of a stream: the time of the first in seconds after the first frame of the video, and their number. */
export interface StreamChange {
  seconds: number;
  times: number;
}

/** Follows what FFmpeg prints about the beginnings of video and tracks, however long the log is. */
export class StreamChanges {
  readonly #starts = new Map<number, number>();
  /** Changes of tracks, by stream index. Streams that share a graph seem to change together. */
  readonly ofStreams = new Map<number, StreamChange>();
  /** Indexes of streams that began too late for FFmpeg to use them. */
  readonly lateStreams = new Set<number>();
  /** Indexes of audio streams with an undecodable packet before anything was decoded. */
  readonly refusedFirst = new Set<number>();
  /** `null` if the video keeps its format. */
  picture: StreamChange | null = null;
  /** True if the time of a frame wasn't later than that of the frame before it. */
  goesBack = false;
  /** True if a track began with other channels than its header says: the filter `channelmap` then refuses it. */
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
    const isUnsettled = known.times === 1 && known.seconds - start < UNSETTLED_SECONDS;
    const next = isUnsettled ? { seconds, times: 1 } : { ...known, times: known.times + 1 };
    if (index === PICTURE) this.picture = next;
    else this.ofStreams.set(index, next);
  }
}
