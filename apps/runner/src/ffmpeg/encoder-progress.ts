/** The keys of FFmpeg's `-progress` report that change while it works; others, such as the speed, also do while it hangs. */
const PROGRESS_KEYS = ['frame', 'out_time_us', 'total_size', 'dup_frames', 'drop_frames'] as const;
type ProgressKey = (typeof PROGRESS_KEYS)[number];

/** What is longer is no report, and costs no memory. */
const MAX_LINE_LENGTH = 1024;

/** Follows FFmpeg's `-progress` report, one `key=value` a line. */
export class EncoderProgress {
  readonly #values = new Map<string, string>();
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
    if (!PROGRESS_KEYS.some((known) => known === key) || this.#values.get(key) === value)
      return false;
    this.#values.set(key, value);
    return true;
  }

  #numberOf(key: ProgressKey): number {
    return Number(this.#values.get(key) ?? 0);
  }
}
