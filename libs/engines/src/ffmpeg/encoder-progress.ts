import { LineSplitter, parseRational, rationalToNumber } from '../media/index.ts';
import type { ProxyPlan } from '../proxy/plan/proxy-plan.ts';
import type { RunCounts } from '../verify/check.ts';
import { isFitted } from './filters.ts';
import type { ProgramCall } from './program-call.ts';
import { FRAME_KEY } from './video-arguments.ts';

/** What a run tells of its pictures. */
export function countsOf(
  progress: EncoderProgress,
  { video }: ProxyPlan,
): Omit<RunCounts, 'source'> {
  const { frameTimes, frameTick, duplicatedFrames, droppedFrames } = progress;
  if (!isFitted(video)) return { frameTimes, frameTick, duplicatedFrames, droppedFrames };
  // A filter repeats and drops these, and FFmpeg's own counts know nothing of it.
  const { repeatedFrames, decodedFrames } = progress;
  const shown = (frameTimes?.length ?? 0) - repeatedFrames;
  return {
    frameTimes,
    frameTick,
    duplicatedFrames: repeatedFrames,
    droppedFrames: Math.max(0, decodedFrames - shown),
  };
}

/** The keys of FFmpeg's `-progress` report that change while it works; others, such as the speed, also do while it hangs. */
const PROGRESS_KEYS = ['frame', 'out_time_us', 'total_size', 'dup_frames', 'drop_frames'] as const;

/** Farther from zero, FFmpeg's word for a picture without a time is meant, in seconds. */
const FAR_SECONDS = 1e9;
/** As many as a proxy is compared for. */
const MOST_FRAMES = 10_000_000;
/** A longer line can't be a report. */
const MAX_LINE_LENGTH = 1024;

/** Follows FFmpeg's `-progress` report, one `key=value` a line: it moves when frames, time or bytes do. */
export class EncoderProgress {
  /** Counts up when it moves. */
  movements = 0;
  readonly #values = new Map<string, string>();
  readonly #times: number[] = [];
  #lastFrame = '';
  /** How many frames are the picture before once more, whoever has repeated it. */
  repeatedFrames = 0;
  /** Seconds of a tick of the times of frames. */
  frameTick = 0;
  readonly #lines = new LineSplitter((line) => this.#takeLine(line), MAX_LINE_LENGTH);
  #speed = '';

  get duplicatedFrames(): number {
    return this.#numberOf('dup_frames');
  }

  get droppedFrames(): number {
    return this.#numberOf('drop_frames');
  }

  /** Frames that are encoded. */
  get frames(): number {
    return this.#numberOf('frame');
  }

  /** Times real time; `null` while FFmpeg can't tell. */
  get speed(): number | null {
    const speed = Number.parseFloat(this.#speed);
    return Number.isFinite(speed) ? speed : null;
  }

  /** When each picture of the proxy is shown in its source, in seconds, `NaN` for one without a time; `null` when FFmpeg told of none. */
  get frameTimes(): readonly number[] | null {
    return this.#times.length > 0 ? this.#times : null;
  }

  /** How many pictures were decoded up to the last of them. */
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
    // It changes while FFmpeg hangs, too.
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

/** Options of a call of FFmpeg whose report, on standard output, this is. */
export function following(progress: EncoderProgress): Pick<ProgramCall, 'progress' | 'onStdout'> {
  return { progress, onStdout: (chunk) => progress.take(chunk) };
}
