import { LineSplitter, parseRational, rationalToNumber } from '../media/index.ts';
import type { ProxyPlan } from '../proxy/plan/proxy-plan.ts';
import type { RunCounts } from '../verify/check.ts';
import { isFitted } from './filters.ts';
import type { ProgramCall } from './program-call.ts';
import { FRAME_KEY } from './video-arguments.ts';

/** Frame counts and times of a run. */
export function countsOf(
  progress: EncoderProgress,
  { video }: ProxyPlan,
): Omit<RunCounts, 'source'> {
  const { frameTimes, frameTick, duplicatedFrames, droppedFrames } = progress;
  if (!isFitted(video)) return { frameTimes, frameTick, duplicatedFrames, droppedFrames };
  // Here a filter repeats and drops frames, which FFmpeg's own counts don't include.
  const { repeatedFrames, decodedFrames } = progress;
  const shown = (frameTimes?.length ?? 0) - repeatedFrames;
  return {
    frameTimes,
    frameTick,
    duplicatedFrames: repeatedFrames,
    droppedFrames: Math.max(0, decodedFrames - shown),
  };
}

/** Keys of the `-progress` report that change only while FFmpeg works; others, such as the speed, also change while it hangs. */
const PROGRESS_KEYS = ['frame', 'out_time_us', 'total_size', 'dup_frames', 'drop_frames'] as const;

/** Seconds beyond which a time is only FFmpeg's mark for a frame that has none. */
const FAR_SECONDS = 1e9;
/** Most frames whose times are kept. */
const MOST_FRAMES = 10_000_000;
/** Longest line of a report. */
const MAX_LINE_LENGTH = 1024;

/** Follows FFmpeg's `-progress` report of `key=value` lines: a movement is a change in frames, time or bytes. */
export class EncoderProgress {
  /** Number of movements. */
  movements = 0;
  readonly #values = new Map<string, string>();
  readonly #times: number[] = [];
  #lastFrame = '';
  /** Frames that repeat the one before, whatever repeated them. */
  repeatedFrames = 0;
  /** Tick of frame times in seconds. */
  frameTick = 0;
  readonly #lines = new LineSplitter((line) => this.#takeLine(line), MAX_LINE_LENGTH);
  #speed = '';

  get duplicatedFrames(): number {
    return this.#numberOf('dup_frames');
  }

  get droppedFrames(): number {
    return this.#numberOf('drop_frames');
  }

  /** Frames encoded. */
  get frames(): number {
    return this.#numberOf('frame');
  }

  /** Multiple of real time; `null` while unknown. */
  get speed(): number | null {
    const speed = Number.parseFloat(this.#speed);
    return Number.isFinite(speed) ? speed : null;
  }

  /** PTS of each frame of the proxy in its source, in seconds; `NaN` for one without; `null` if FFmpeg reported none. */
  get frameTimes(): readonly number[] | null {
    return this.#times.length > 0 ? this.#times : null;
  }

  /** Number of frames decoded up to the last one reported. */
  get decodedFrames(): number {
    return this.#lastFrame === '' ? 0 : Number(this.#lastFrame) + 1;
  }

  moved(): void {
    this.movements++;
  }

  take(chunk: Uint8Array): void {
    this.#lines.take(chunk);
  }

  #takeLine(line: string) {
    const [key = '', value = ''] = line.split('=');
    if (key === 'speed') this.#speed = value;
    if (key === FRAME_KEY) this.#takeFrame(value);
    else if (!PROGRESS_KEYS.some((known) => known === key) || this.#values.get(key) === value)
      return;
    this.#values.set(key, value);
    this.moved();
  }

  #takeFrame(value: string) {
    const [frame = '', ticks, base = ''] = value.split(' ');
    const seconds = parseRational(base);
    if (seconds === null || this.#times.length >= MOST_FRAMES) return;
    if (frame === this.#lastFrame) this.repeatedFrames++;
    this.#lastFrame = frame;
    this.frameTick = rationalToNumber(seconds);
    const time = Number(ticks) * this.frameTick;
    this.#times.push(Math.abs(time) < FAR_SECONDS ? time : Number.NaN);
  }

  #numberOf(key: (typeof PROGRESS_KEYS)[number]): number {
    return Number(this.#values.get(key) ?? 0);
  }
}

/** Options for a call of FFmpeg that writes its progress report to standard output. */
export function following(progress: EncoderProgress): Pick<ProgramCall, 'progress' | 'onStdout'> {
  return { progress, onStdout: (chunk) => progress.take(chunk) };
}
