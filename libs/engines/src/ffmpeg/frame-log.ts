import { CONFINED_INPUT, fileInput, LineCutter } from '../media/index.ts';
import { TOLERANCES } from '../verify/tolerances.ts';
import { ffmpegErrors } from './ffmpeg-log.ts';

/** So many frames are named; the others are counted. */
const NAMED = 5;
/** `AV_LOG_ERROR`; what is worse has a smaller number. */
const ERROR_LEVEL = 16;
/** A longer line is none that is looked for. */
const MOST_LINE_LENGTH = 4096;

/** Whether the decoder of the picture has said that something is wrong. */
export function decoderErred(stderr: string, codec: string): boolean {
  return ffmpegErrors(stderr).some(
    ({ component }) => component === codec || component === `dec:${codec}`,
  );
}

/** ffprobe's arguments, without the program's name, for what the decoder says of each frame, on stdout for a {@link FrameLog}. */
export function frameLogArguments(path: string, streamIndex: number): string[] {
  return [
    ['-v', 'error', '-hide_banner', '-threads', '1', '-select_streams', String(streamIndex)],
    ['-show_frames', '-show_log', String(ERROR_LEVEL), '-show_entries', 'frame=media_type:log'],
    ['-output_format', 'json=compact=1', ...CONFINED_INPUT, '-i', fileInput(path)],
  ].flat();
}

/** Follows what a decoder says of each frame, in the order in which they are shown. */
export class FrameLog {
  readonly #named: number[] = [];
  #count = 0;
  #frame = -1;
  #isBad = false;
  readonly #lines = new LineCutter((line) => this.#takeLine(line), MOST_LINE_LENGTH);

  take(chunk: Uint8Array): void {
    this.#lines.take(chunk);
  }

  /** How many frames there are, and how many of them have errors, where those are more than a few; `null` where they aren't. */
  get mostlyBad(): { damaged: number; frames: number } | null {
    const [damaged, frames] = [this.#count, this.#frame + 1];
    const isMore = damaged > 1 && damaged > TOLERANCES.damagedShare * frames;
    return isMore ? { damaged, frames } : null;
  }

  /** The frames with errors, from 0, as a part of a sentence: `frame 14` or `frames 14, 15 and 3 more`; `null` without any. */
  get frames(): string | null {
    const more = this.#count - this.#named.length;
    if (this.#count === 0) return null;
    const noun = this.#count === 1 ? 'frame' : 'frames';
    return `${noun} ${this.#named.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
  }

  #takeLine(line: string) {
    if (/^\s*\{ "media_type": /.test(line)) {
      this.#frame++;
      this.#isBad = false;
    }
    const [, level] = /^\s*\{ "context": .*?"level": (\d+)/.exec(line) ?? [];
    if (level === undefined || Number(level) > ERROR_LEVEL || this.#isBad) return;
    this.#isBad = true;
    this.#count++;
    if (this.#named.length < NAMED) this.#named.push(this.#frame);
  }
}
