import { parseRational, PICTURE_KEY, rationalToNumber } from '@app/engines';

/** The keys of FFmpeg's `-progress` report that change while it works; others, such as the speed, also do while it hangs. */
const PROGRESS_KEYS = ['frame', 'out_time_us', 'total_size', 'dup_frames', 'drop_frames'] as const;
type ProgressKey = (typeof PROGRESS_KEYS)[number];

/** Farther from zero, FFmpeg's word for a picture without a time is meant, in seconds. */
const FAR_SECONDS = 1e9;
/** As many as a proxy is compared for. */
const MOST_PICTURES = 10_000_000;
/** A longer line can't be a report: it is dropped, so that it costs no memory. */
const MAX_LINE_LENGTH = 1024;

/** Follows FFmpeg's `-progress` report, one `key=value` a line. */
export class EncoderProgress {
  readonly #values = new Map<string, string>();
  readonly #times: number[] = [];
  #lastPicture = '';
  #repeated = 0;
  #tick = 0;
  #rest = '';
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
  get pictureTimes(): readonly number[] | null {
    return this.#times.length > 0 ? this.#times : null;
  }

  /** How many of them are the picture before once more, whoever has repeated it. */
  get repeatedPictures(): number {
    return this.#repeated;
  }

  /** Seconds of a tick of these times. */
  get pictureTick(): number {
    return this.#tick;
  }

  /** Takes a chunk of the report; `true` when frames, time or bytes have moved. */
  advance(chunk: Uint8Array): boolean {
    const lines = (this.#rest + Buffer.from(chunk).toString('latin1')).split('\n');
    this.#rest = lines.pop()?.slice(0, MAX_LINE_LENGTH) ?? '';
    return lines.map((line) => this.#take(line)).includes(true);
  }

  #take(line: string): boolean {
    const [key = '', value = ''] = line.split('=');
    // It changes while FFmpeg hangs, too.
    if (key === 'speed') this.#speed = value;
    if (key === PICTURE_KEY) return this.#takePicture(value);
    if (!PROGRESS_KEYS.some((known) => known === key) || this.#values.get(key) === value)
      return false;
    this.#values.set(key, value);
    return true;
  }

  #takePicture(value: string): boolean {
    const [picture = '', ticks, base = ''] = value.split(' ');
    const seconds = parseRational(base);
    if (seconds === null || this.#times.length >= MOST_PICTURES) return true;
    if (picture === this.#lastPicture) this.#repeated++;
    this.#lastPicture = picture;
    this.#tick = rationalToNumber(seconds);
    const time = Number(ticks) * this.#tick;
    this.#times.push(Math.abs(time) < FAR_SECONDS ? time : Number.NaN);
    return true;
  }

  #numberOf(key: ProgressKey): number {
    return Number(this.#values.get(key) ?? 0);
  }
}
