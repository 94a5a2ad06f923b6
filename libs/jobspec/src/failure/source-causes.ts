import { cause, joined } from './cause-row.ts';
import { COPY_AGAIN } from './ending-causes.ts';

/** What a source is, or does while it is read. */
export const SOURCE_CAUSES = {
  /** `findings` are of `FINDINGS`, each once. */
  format_unsupported: cause<{ findings: readonly string[]; remedy: string }>({
    type: 'UnsupportedFormatError',
    who: 'editor',
    retryable: false,
    what: (_, violations) =>
      `Unsupported format: ${violations.map(({ message }) => message).join(' ')}`,
    advice: '{remedy}',
    isWhole: true,
    apart: ['findings'],
  }),
  source_look_stalled: cause<{ path: string; seconds: number }>({
    type: 'EngineStalledError',
    who: 'engineer',
    retryable: true,
    what: ({ path, seconds }) =>
      `It took longer than ${seconds} s to see whether the source is whole: ${path}.`,
    advice: 'Check the storage it is on, then submit the job again.',
  }),
  source_changed: cause<{ path: string; is_gone: boolean; is_sequence: boolean }>({
    type: 'SourceChangedError',
    who: 'editor',
    retryable: true,
    what: ({ path, is_gone, is_sequence }) =>
      joined(
        `Source ${is_gone ? 'disappeared' : 'was replaced or written to'} after it was checked: ${path}.`,
        is_sequence && 'It is a sequence of frames.',
      ),
    advice: 'Wait until its copy is done and nothing writes to it, then submit the job again.',
    apart: ['is_gone'],
  }),
  /** `damage` is what its own structure says, or its reader at its end; `remedy` what to do where no better copy is left, or nothing. */
  source_cut: cause<{ damage: string; remedy: string }>({
    type: 'EngineError',
    who: 'editor',
    retryable: false,
    what: ({ damage }) => `The source is cut short or unfinished: ${damage}.`,
    advice: `${COPY_AGAIN} {remedy}`,
  }),
  frames_damaged: cause<{ damaged: number; frames: number }>({
    type: 'EngineError',
    who: 'editor',
    retryable: false,
    what: ({ damaged, frames }) =>
      `The source is damaged: its decoder reports errors at ${damaged} of ${frames} frames.`,
    advice: COPY_AGAIN,
  }),
  /** `seconds` from the first frame to the last one of the first stream. */
  picture_goes_on: cause<{ stream: number; seconds: string }>({
    type: 'OutputVerificationError',
    who: 'editor',
    retryable: false,
    what: ({ stream, seconds }) =>
      `Output verification failed: the proxy ends with the first picture of its source, and its picture goes on in stream ${stream}, after ${seconds} s.`,
    advice:
      'Make two clips of it, with those seconds in the place of 2 and that stream in the place of 3, and proxies of those: “ffmpeg -i CLIP -t 2 -map 0:V:0 -map "0:a?" -c copy FIRST.mkv” and “ffmpeg -ss 2 -i CLIP -map 0:3 -map "0:a?" -c copy SECOND.mkv”.',
  }),
  /** `seconds` from the first frame of the picture to the change. */
  track_changes: cause<{ stream: number; seconds: string }>({
    type: 'OutputVerificationError',
    who: 'editor',
    retryable: false,
    what: ({ stream, seconds }) =>
      `Output verification failed: audio track ${stream} changes its channels or its sample rate ${seconds} s after the first frame.`,
    advice:
      'Make a copy whose sound has one form, with its own rate in the place of 25: “ffmpeg -i CLIP -map 0:v -map "0:a?" -r 25 -c:v prores_ks -c:a pcm_s24le NEW.mov”.',
  }),
  track_begins_late: cause<{ stream: number }>({
    type: 'OutputVerificationError',
    who: 'editor',
    retryable: false,
    what: ({ stream }) =>
      `Output verification failed: stream ${stream} begins so late in the source that FFmpeg left it out.`,
    advice:
      'Rewrap the source with “ffmpeg -probesize 2G -analyzeduration 3600M -i CLIP -map 0 -c copy NEW.mkv”.',
  }),
};
