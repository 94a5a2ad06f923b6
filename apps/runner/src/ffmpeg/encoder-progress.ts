/** The lines of `-progress` that grow while FFmpeg works. */
const GROWING = /^(?:frame|out_time_us|total_size|dup_frames|drop_frames)=(.*)$/gm;

/** Follows FFmpeg's `-progress` output and tells whether it moves. */
export class EncoderProgress {
  #pending = '';
  #last = '';

  /** Takes a chunk of stdout; `true` when frames, time or bytes have changed since the last report. */
  advance(chunk: Uint8Array): boolean {
    this.#pending += Buffer.from(chunk).toString('latin1');
    const end = this.#pending.lastIndexOf('progress=');
    if (end < 0) return false;
    const report = (this.#pending.slice(0, end).match(GROWING) ?? []).slice(-5).join();
    this.#pending = this.#pending.slice(end);
    const moved = report !== this.#last;
    this.#last = report;
    return moved;
  }
}
