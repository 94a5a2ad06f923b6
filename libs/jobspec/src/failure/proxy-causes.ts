import {
  cause,
  joined,
  MACHINE_FAULT,
  type Arguments,
  type CauseRow,
  type InFolder,
  type SystemFailure,
} from './cause.ts';
import type { Owner } from './failure-types.ts';

/** Difference between a proxy and what it should be. */
export interface Difference extends Arguments {
  /** Names of the checks that failed. */
  checks: readonly string[];
  /** End of a sentence about the proxy. */
  difference: string;
  /** Advice in a sentence, if it depends on the clip or the finding; otherwise empty. */
  remedy: string;
}

const differs = ({ difference }: Difference) => `Output verification failed: ${difference}.`;
/** Not retryable: the same clip gives the same proxy and the same verdict. */
const DIFFERS = {
  type: 'OutputVerificationError',
  what: differs,
  groupBy: ['checks'],
  retryable: false,
} as const;
/** Advice where the fault is the engine's or the runner's. */
const REPORT =
  'A retry would give the same result: report it, and attach the kept proxy. Meanwhile, try another codec, container or size.';

/** Differences of a finished proxy. A cause that explains others comes first. */
export const DIFFERENCE_CAUSES = {
  source_times: cause<Difference>({
    ...DIFFERS,
    who: 'editor',
    advice: '{remedy}',
  }),
  proxy_short: cause<Difference>({
    ...DIFFERS,
    who: 'engineer',
    advice: `The source is whole: all its pictures were read, and the proxy lacks some. ${REPORT}`,
  }),
  source_uneven: cause<Difference>({
    ...DIFFERS,
    who: 'editor',
    advice: '{remedy}',
  }),
  source_short: cause<Difference>({
    ...DIFFERS,
    who: 'editor',
    advice: 'The source has less than its header promises: copy the clip again. {remedy}',
  }),
  output_undecodable: cause<Difference>({
    ...DIFFERS,
    who: 'engineer',
    // Written bytes that can't be read back are a fault of the machine.
    retryable: true,
    advice: 'Check the memory and the storage of that machine, then submit the job again.',
  }),
  picture_differs: cause<Difference>({
    ...DIFFERS,
    who: 'engineer',
    advice: `The clip is whole; the proxy shows something else. ${REPORT}`,
  }),
  sound_differs: cause<Difference>({
    ...DIFFERS,
    who: 'engineer',
    advice: `The clip is whole; the proxy sounds different. ${REPORT}`,
  }),
  output_differs: cause<Difference>({
    ...DIFFERS,
    who: 'engineer',
    advice:
      'The clip is whole; the engine made something other than it was asked for. Run “watch-folder-runner doctor” on the runner’s machine and do what it says. If it finds nothing, report it.',
  }),
};

export type DifferenceCause = keyof typeof DIFFERENCE_CAUSES;

/** Other faults of a finished proxy, which never gets its final name. */
export const PROXY_CAUSES = {
  output_missing: cause<{ why: string | null }>({
    type: 'OutputMissingError',
    ...MACHINE_FAULT,
    what: ({ why }) =>
      ['Output file does not exist or has zero size', why].filter(Boolean).join(': '),
    advice:
      'The engine reported success but wrote nothing. Check the output storage, then submit the job again.',
    isWhole: true,
  }),
  output_changed: cause<InFolder>({
    type: 'OutputVerificationError',
    ...MACHINE_FAULT,
    what: ({ directory }) =>
      `Another program changed the proxy in ${directory} while it was read for its hash.`,
    advice: 'Find out which program works in that folder, then submit the job again.',
  }),
  output_replaced: cause<InFolder>({
    type: 'OutputVerificationError',
    who: 'engineer',
    retryable: false,
    what: ({ directory }) =>
      `Another user has replaced or linked the proxy in ${directory} while it was made.`,
    advice: 'Check who may write there.',
  }),
  output_unreadable: cause<SystemFailure>({
    type: 'OutputVerificationError',
    ...MACHINE_FAULT,
    what: ({ error }) => `Output verification failed: ffprobe can't read the proxy: ${error}.`,
    advice: 'Check the output storage, then submit the job again.',
  }),
  render_ambiguous: cause<{ files: readonly string[]; folder: string }>({
    type: 'OutputVerificationError',
    who: 'engineer',
    retryable: false,
    what: ({ files, folder }) =>
      `Output verification failed: Resolve has written ${files.length} files instead of one (${files.join(', ')}), kept in ${folder}.`,
    advice: 'Check which of them is the clip, and whether Resolve was used meanwhile.',
  }),
};

/** Exit of FFmpeg. `said` is its own message; `null` without one. */
export interface Ending extends Arguments {
  exit_code: number | null;
  signal: string | null;
  said: string | null;
}

const endOf = ({ exit_code, signal }: Ending) =>
  exit_code === null ? `FFmpeg was ended by ${signal}` : `FFmpeg exited with code ${exit_code}`;

/** Cause of an early exit, recognised by FFmpeg's message. */
const stopped = (what: string, advice: string, who: Owner = 'editor'): CauseRow<Ending> =>
  cause<Ending>({
    type: 'EngineError',
    who,
    // Faults for the engineer are in the machine.
    retryable: who === 'engineer',
    what: (ending) =>
      joined(`${what}${ending.said === null ? '' : ` (${ending.said})`}.`, `${endOf(ending)}.`),
    advice,
  });

export const COPY_AGAIN =
  'Copy the clip again, from the card or another backup of it. Don’t format the card: if the original has the same fault, the recording itself is damaged. Try the camera’s own repair, or a repair tool for that camera.';

/** Command for frames whose timestamps go back; it keeps all of them. */
const REORDER_FRAMES =
  'Make a copy in which its pictures follow each other, with its rate in the place of 25, and hear whether its sound is in step: “ffmpeg -i CLIP -map 0:v -map "0:a?" -vf "setpts=\'STARTPTS+N/(25)/TB\'" -r 25 -c:v prores_ks -c:a pcm_s24le NEW.mov”.';

/** Causes of an exit before the proxy was complete. */
export const ENDING_CAUSES = {
  source_damaged: stopped(
    'The source is damaged, ends in the middle of its data, or is not as its header says',
    COPY_AGAIN,
  ),
  decoder_lacking: stopped(
    'FFmpeg can’t decode this variant of the source’s codec',
    'Transcode the clip with a program that plays it, to ProRes in MOV for example. Keep its name, timecode and reel.',
  ),
  source_encrypted: stopped(
    'The source is encrypted',
    'Ask whoever delivered it for a copy without encryption.',
  ),
  source_begins_between: stopped(
    'The source begins in the middle of a recording, before its first key picture',
    'If it should begin earlier, copy it again. If this is all of it, cut it at its first key picture: “ffmpeg -i CLIP -map 0 -c copy NEW.mkv”.',
  ),
  stream_has_gaps: stopped(
    'A part of the transport stream is missing, or it was joined from parts',
    'Copy it again. If it is whole, rewrap it: “ffmpeg -i CLIP -map 0 -c copy NEW.ts”.',
  ),
  pictures_out_of_turn: stopped(
    'Pictures of the source have times out of order, or the same time',
    REORDER_FRAMES,
  ),
  sound_out_of_turn: stopped(
    'The sound of the source has times out of order',
    'Make a copy whose sound is decoded: “ffmpeg -i CLIP -map 0:v -map "0:a?" -c:v copy -af aresample=async=1 -c:a pcm_s24le NEW.mkv”.',
  ),
  track_silent: stopped(
    'A track of the source has no sound while the picture lasts',
    'Rewrap the clip without that track.',
  ),
  machine_refused: stopped(
    'The machine or its storage stopped FFmpeg',
    'Do what FFmpeg’s words ask for: check the storage, permissions, memory and how many files may be open (ulimit -n). Then submit the job again.',
    'engineer',
  ),
  ffmpeg_lacking: stopped(
    'This FFmpeg lacks what the runner needs',
    'Install a full build of FFmpeg 7.1 or newer, without a wrapper that changes its arguments, then submit the job again.',
    'engineer',
  ),
  rate_not_held: stopped(
    'The container can’t hold the frame rate',
    'Take another container, or set fps_explicit.',
    'author',
  ),
  codec_has_no_room: stopped(
    'The codec has no room for so much detail in so small a picture',
    'Choose a larger resolution or another codec.',
    'author',
  ),
  encoder_exited: cause<Ending>({
    type: 'EngineError',
    who: 'engineer',
    // A signal means the machine: short memory, or a time limit.
    retryable: ({ signal }) => signal !== null,
    what: (ending) => {
      if (ending.said === null) return endOf(ending);
      const said = `${ending.said.charAt(0).toUpperCase()}${ending.said.slice(1)}`;
      return `${said}. ${endOf(ending)}`;
    },
    advice:
      'Read what FFmpeg said last, in the clip’s stderr, and run its command by hand to see it happen.',
    isWhole: true,
    groupBy: ['exit_code', 'signal', 'said'],
  }),
};

export type EndingCause = keyof typeof ENDING_CAUSES;
