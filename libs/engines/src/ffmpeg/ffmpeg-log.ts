import type { EndingCause } from '@app/jobspec';
import { CONFINED_INPUT, fileInput, LineSplitter } from '../media/index.ts';
import { TOLERANCES } from '../verify/tolerances.ts';

// Readers of FFmpeg's log. The exit code says next to nothing: only the log tells why FFmpeg failed, or that a track changes or
// comes late.

/**
 * Errors as FFmpeg writes them with `-loglevel level+…`: `[mjpeg @ 0x55d1c8] [error] bad vlc`. The
 * warning counts, too: FFmpeg logs no more when it drops a bad slice of HEVC and conceals it with the frame before.
 */
const ERROR_LINE =
  /^(?:\[([^\]@]+?)(?: @ [^\]]*)?\] )*\[(?:error|fatal|panic|warning(?=\] Skipping invalid undecodable))\] (.*\S)/;

/** Errors that follow from another error and don't name the cause. */
const CONSEQUENCE =
  /^(?:Error (?:submitting|sending|while (?:filtering|opening)|muxing|during demuxing|writing)|Task finished|Terminating|Conversion failed|Could not open encoder|Nothing was written|Decode error rate)/;

/** Patterns of errors, each with its cause; the first match wins. */
type Meanings = readonly (readonly [RegExp, EndingCause])[];

const OF_AN_EARLY_END = /partial file|ended prematurely|stream ends prematurely/i;

/** Causes of errors, for somebody who has the clip and not FFmpeg's source. */
const MEANINGS: Meanings = [
  [
    /Input\/output error|Stale file handle|Transport endpoint|Permission denied|Cannot allocate memory|Too many open files/i,
    'machine_refused',
  ],
  [/patches welcome/i, 'decoder_lacking'],
  [
    /Unknown encoder|Encoder not found|^(?:Eval|AVFilterGraph|Parsed_\w+)\b|No such filter|Error (?:init|pars|reinit)\w* .*filter/i,
    'ffmpeg_lacking',
  ],
  [OF_AN_EARLY_END, 'source_damaged'],
  [/^(?:aost#|s16le|s32le).*non[- ]monoton/i, 'sound_out_of_turn'],
  [/non[- ]monoton/i, 'pictures_out_of_turn'],
  [/Unsupported frame rate/i, 'rate_not_held'],
  [/non-existing [PSV]PS/, 'source_begins_between'],
  [/^in#\d+\/mpegts: corrupt input packet/, 'stream_has_gaps'],
  [/could not fit ratecontrol|buf_ptr < s->buf_end/, 'codec_has_no_room'],
  [/encrypt/i, 'source_encrypted'],
  [/^aost#.*(?:Empty output stream|Could not open encoder before EOF)/i, 'track_silent'],
  // Only demuxers have several names, as in `matroska,webm`.
  [
    /^(?:dec:\w+|\w+(?:,\w+)+|aic|av1|cfhd|dvvideo|ffv1|h26[34]|hevc|jpeg2000|m?jpeg|mpeg\w*|png|prores|vc1|vp[89]|vvc|wmv3): |Invalid data|Empty output stream|error while decoding|corrupt|invalid|illegal|missing|bad |damaged|overread|concealing|no frame|out of range|not found|buffer exhausted/i,
    'source_damaged',
  ],
];

export interface FfmpegError {
  /** Part of FFmpeg that reports it, for example `h264`; `null` if none is named. */
  component: string | null;
  message: string;
}

/** Errors in FFmpeg's log, in order. */
export function ffmpegErrors(stderr: string): FfmpegError[] {
  return stderr.split('\n').flatMap((line) => {
    const [, component = null, message] = ERROR_LINE.exec(line) ?? [];
    return message === undefined ? [] : [{ component, message }];
  });
}

/**
 * Error about a missing part of a file, even though FFmpeg makes a proxy of the rest and exits with 0; `null` for none. The
 * Matroska demuxer skips all that it can't read.
 */
export function lostPart(stderr: string): string | null {
  const lost = ffmpegErrors(stderr).find(
    ({ component, message }) => component === 'matroska,webm' || OF_AN_EARLY_END.test(message),
  );
  return lost === undefined ? null : messageOf(lost);
}

/** True if FFmpeg ran out of space for the capture, recognised by its muxer: nothing else is written as NUT. */
export function captureLacksSpace(stderr: string): boolean {
  return ffmpegErrors(stderr).some(
    ({ component, message }) =>
      /^out#\d+\/nut$/.test(component ?? '') && /No space left|Disk quota/i.test(message),
  );
}

/** Index of the video or audio stream that a line reports as too late to be kept; `null` for other lines. */
export function lateStreamIn(line: string): number | null {
  const [, index] = /\[warning\] New (?:audio|video) stream with index (\d+) /.exec(line) ?? [];
  return index === undefined ? null : Number(index);
}

/** Line about an audio packet that its decoder refused; some decoders report a number instead of words. */
const REFUSED_AUDIO =
  /^\[aist#\d+:(\d+)\/.*\[error\] Error submitting packet to decoder: (?:Invalid data|Error number)/;

/** Index of the audio stream for which a line reports an undecodable packet; `null` for other lines. */
export function refusedAudioIn(line: string): number | null {
  const [, index] = REFUSED_AUDIO.exec(line) ?? [];
  return index === undefined ? null : Number(index);
}

/** Number that a filter printed on a line of its own; `null` for other lines. */
export function printedIn(line: string): number | null {
  const [, number] = /\[warning\] (\d{10,})\.0+$/.exec(line) ?? [];
  return number === undefined ? null : Number(number);
}

/** FFmpeg's log without the numbers that filters printed. */
export function withoutPrinted(stderr: string): string {
  return stderr.replaceAll(/^.*\[warning\] \d{10,}\.0+\n?/gm, '');
}

/** Loudest sample of all tracks by `volumedetect`, in dBFS; `null` without one. */
export function loudestIn(stderr: string): number | null {
  const levels = [...stderr.matchAll(/max_volume: (-?[\d.]+) dB/g)].map(([, level]) =>
    Number(level),
  );
  return levels.length > 0 ? Math.max(...levels) : null;
}

/**
 * Cause of FFmpeg's failure, and `said`, the log message that it was derived from; `null` if FFmpeg logged no error.
 */
export function ffmpegEnding(stderr: string): { code: EndingCause; said: string | null } {
  const said = firstCause(stderr);
  const code = said === null ? undefined : MEANINGS.find(([pattern]) => pattern.test(said))?.[1];
  return { code: code ?? 'encoder_exited', said };
}

/** Errors taken as the root cause even if others were logged before. */
const LACK = /Cannot allocate memory|Too many open files|patches welcome/i;

/** Most likely root cause in FFmpeg's words, else its first error; `null` if it logged none. */
export function firstCause(stderr: string): string | null {
  const errors = ffmpegErrors(stderr);
  const lack = errors.find(({ message }) => LACK.test(message));
  const cause = lack ?? errors.find(({ message }) => !CONSEQUENCE.test(message)) ?? errors[0];
  return cause === undefined ? null : messageOf(cause);
}

function messageOf({ component, message }: FfmpegError): string {
  const text = message.replace(/\.+$/, '');
  return component === null ? text : `${component}: ${text}`;
}

/** Number of frames that are named; the others are counted. */
const NAMED = 5;
/** `AV_LOG_ERROR`; worse levels are smaller. */
const ERROR_LEVEL = 16;
/** Longest line that is read. */
const MOST_LINE_LENGTH = 4096;

/** True if the video's decoder reported an error. */
export function decoderErred(stderr: string, codec: string): boolean {
  return ffmpegErrors(stderr).some(
    ({ component }) => component === codec || component === `dec:${codec}`,
  );
}

/** ffprobe's arguments, without the program's name, to log the decoder's errors at each frame, on stdout for a {@link FrameLog}. */
export function frameLogArguments(path: string, streamIndex: number): string[] {
  return [
    ['-v', 'error', '-hide_banner', '-threads', '1', '-select_streams', String(streamIndex)],
    ['-show_frames', '-show_log', String(ERROR_LEVEL), '-show_entries', 'frame=media_type:log'],
    ['-output_format', 'json=compact=1', ...CONFINED_INPUT, '-i', fileInput(path)],
  ].flat();
}

/** Follows the decoder's errors at each frame, in display order. */
export class FrameLog {
  readonly #named: number[] = [];
  #count = 0;
  #frame = -1;
  #isBad = false;
  readonly #lines = new LineSplitter((line) => this.#takeLine(line), MOST_LINE_LENGTH);

  take(chunk: Uint8Array): void {
    this.#lines.take(chunk);
  }

  /** Number of all frames and of those with errors, if these are more than a few; otherwise `null`. */
  get mostlyBad(): { damaged: number; frames: number } | null {
    const [damaged, frames] = [this.#count, this.#frame + 1];
    const isMore = damaged > 1 && damaged > TOLERANCES.damagedShare * frames;
    return isMore ? { damaged, frames } : null;
  }

  /**
   * Numbers, from 0, of the frames with errors, as a part of a sentence: `frame 14` or `frames 14, 15 and 3 more`; `null` for
   * none.
   */
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
