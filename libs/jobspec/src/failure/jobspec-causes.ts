import type { EngineName } from '../vocabulary/vocabulary.ts';
import { contractViolation, invalidJson, mixedEngines } from '../wording/messages.ts';
import {
  cause,
  joined,
  CLIP_FAULT,
  JOBSPEC_FAULT,
  MACHINE_FAULT,
  type InFolder,
  type SystemFailure,
  type Violation,
} from './cause.ts';
import { COPY_AGAIN } from './proxy-causes.ts';

const messagesOf = (violations: readonly Violation[]) => violations.map(({ message }) => message);

/** Causes in the JobSpec. */
export const JOBSPEC_CAUSES = {
  invalid_json: cause<{ detail: string; line?: number; column?: number }>({
    type: 'InvalidJsonError',
    ...JOBSPEC_FAULT,
    what: ({ detail, line, column }) =>
      invalidJson(line === undefined ? detail : `${detail} (line ${line}, column ${column})`),
    advice: 'Correct the file at that place, then submit the job again.',
    isWhole: true,
  }),
  contract_broken: cause<{ fields: readonly string[]; count: number }>({
    type: 'JobSpecValidationError',
    ...JOBSPEC_FAULT,
    what: ({ count }, violations) => contractViolation(messagesOf(violations), count),
    advice: 'Correct every error listed, then submit the job again.',
    isWhole: true,
    groupBy: ['fields'],
  }),
  sources_missing: cause<{ sources: readonly string[]; advice: string }>({
    type: 'MissingSourcesError',
    who: 'editor',
    retryable: true,
    what: ({ sources, advice }) => `Missing source files: ${sources.join(', ')}${advice}`,
    advice:
      'See whether their volume is mounted on the machine of the runner. Put the clips where the JobSpec says, or correct the paths, then submit the job again.',
    isWhole: true,
  }),
  outside_roots: cause<{ role: string; roots: readonly string[]; paths: readonly string[] }>({
    type: 'PathNotAllowedError',
    who: 'engineer',
    retryable: false,
    what: ({ role, roots, paths }) =>
      `${role} outside the allowed roots (${roots.join(', ')}): ${paths.join(', ')}`,
    advice:
      'Use a folder below one of them, or start the runner with another --allow-source-root or --allow-output-root.',
    isWhole: true,
    groupBy: ['role'],
  }),
  output_in_watch_folder: cause<InFolder & { state: string }>({
    type: 'PathNotAllowedError',
    ...JOBSPEC_FAULT,
    what: ({ directory, state }) =>
      `Output directory lies in ${state}, which belongs to a watch folder: ${directory}.`,
    advice: 'Name a directory outside it.',
  }),
  engines_mixed: cause<Record<EngineName, readonly string[]>>({
    type: 'MixedEngineError',
    ...JOBSPEC_FAULT,
    what: (sources) => mixedEngines(sources),
    advice: 'Make two jobs of it: one of camera RAW for Resolve, one of everything else.',
    isWhole: true,
  }),
};

/** Causes in a source. */
export const SOURCE_CAUSES = {
  /** `findings` are keys of `FINDINGS`, each once. */
  format_unsupported: cause<{ findings: readonly string[]; remedy: string }>({
    type: 'UnsupportedFormatError',
    ...CLIP_FAULT,
    what: (_, violations) =>
      `Unsupported format: ${violations.map(({ message }) => message).join(' ')}`,
    advice: '{remedy}',
    isWhole: true,
    groupBy: ['findings'],
  }),
  source_look_stalled: cause<{ path: string; seconds: number }>({
    type: 'EngineStalledError',
    ...MACHINE_FAULT,
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
    groupBy: ['is_gone'],
  }),
  /**
   * `damage` was found in the file's structure, or reported when its end was read; `remedy` is advice for when there is
   * no better copy, or empty.
   */
  source_cut: cause<{ damage: string; remedy: string }>({
    type: 'EngineError',
    ...CLIP_FAULT,
    what: ({ damage }) => `The source is cut short or unfinished: ${damage}.`,
    advice: `${COPY_AGAIN} {remedy}`,
  }),
  frames_damaged: cause<{ damaged: number; frames: number }>({
    type: 'EngineError',
    ...CLIP_FAULT,
    what: ({ damaged, frames }) =>
      `The source is damaged: its decoder reports errors at ${damaged} of ${frames} frames.`,
    advice: COPY_AGAIN,
  }),
  /** `seconds` is the time from the first frame to the last one of the first video stream. */
  picture_goes_on: cause<{ stream: number; seconds: string }>({
    type: 'OutputVerificationError',
    ...CLIP_FAULT,
    what: ({ stream, seconds }) =>
      `Output verification failed: the proxy ends where the first video stream of its source ends, but the picture goes on in stream ${stream}, after ${seconds} s.`,
    advice:
      'Make two clips of it, with those seconds in the place of 2 and that stream in the place of 3, and proxies of those: “ffmpeg -i CLIP -t 2 -map 0:V:0 -map "0:a?" -c copy FIRST.mkv” and “ffmpeg -ss 2 -i CLIP -map 0:3 -map "0:a?" -c copy SECOND.mkv”.',
  }),
  /** `seconds` is the time from the first frame of the picture to the change. */
  track_changes: cause<{ stream: number; seconds: string }>({
    type: 'OutputVerificationError',
    ...CLIP_FAULT,
    what: ({ stream, seconds }) =>
      `Output verification failed: audio track ${stream} changes its channels or its sample rate ${seconds} s after the first frame.`,
    advice:
      'Make a copy whose sound has one form, with its own rate in the place of 25: “ffmpeg -i CLIP -map 0:v -map "0:a?" -r 25 -c:v prores_ks -c:a pcm_s24le NEW.mov”.',
  }),
  track_begins_late: cause<{ stream: number }>({
    type: 'OutputVerificationError',
    ...CLIP_FAULT,
    what: ({ stream }) =>
      `Output verification failed: stream ${stream} begins so late in the source that FFmpeg left it out.`,
    advice:
      'Rewrap the source with “ffmpeg -probesize 2G -analyzeduration 3600M -i CLIP -map 0 -c copy NEW.mkv”.',
  }),
};

/** Causes in the output. */
export const OUTPUT_CAUSES = {
  output_exists: cause<{ paths: readonly string[] }>({
    type: 'OutputCollisionError',
    ...CLIP_FAULT,
    what: ({ paths }) => `Output file already exists: ${paths.join(', ')}`,
    advice:
      'See whether that file is the proxy of this clip already: then nothing is left to do. If it isn’t, move it away, or choose another output folder or naming template, then submit the job again. Nothing is ever overwritten.',
    isWhole: true,
  }),
  output_directory_unusable: cause<InFolder & { problem: string }>({
    type: 'OutputDirectoryError',
    ...MACHINE_FAULT,
    what: ({ directory, problem }) => `Output directory ${problem}: ${directory}`,
    advice:
      'Create or mount that folder, give the runner’s account read and write access, then submit the job again. The runner creates no folders.',
    isWhole: true,
    groupBy: ['problem'],
  }),
  output_directory_replaced: cause<InFolder>({
    type: 'OutputDirectoryError',
    ...MACHINE_FAULT,
    what: ({ directory }) =>
      `Output directory was replaced: ${directory} leads to another directory now.`,
    advice: 'Find out who moved it, then submit the job again.',
  }),
  no_scratch_space: cause<InFolder & { bytes: number }>({
    type: 'EngineError',
    ...MACHINE_FAULT,
    what: ({ directory, bytes }) =>
      `No space left on the filesystem of ${directory}: while the clip is made, up to ${Math.ceil(bytes / 1e6)} MB are kept there.`,
    advice: 'Free some space, or name another --scratch-directory, then submit the job again.',
  }),
  scratch_outgrown: cause<InFolder & { bytes: number }>({
    type: 'EngineError',
    ...MACHINE_FAULT,
    what: ({ directory, bytes }) =>
      `What the proxy is compared with has grown to ${Math.ceil(bytes / 1e6)} MB in ${directory}, which is more than half of what was free there: the source goes on for longer than it declares.`,
    advice:
      'If the clip is as long as it should be, free some space, or name another --scratch-directory, then submit the job again.',
  }),
  no_space: cause<InFolder>({
    type: 'EngineError',
    ...MACHINE_FAULT,
    what: ({ directory }) => `No space left on the filesystem of ${directory}`,
    advice: 'Free some space there, then submit the job again.',
    isWhole: true,
    groupBy: ['directory'],
  }),
  output_not_written: cause<InFolder & SystemFailure>({
    type: 'EngineError',
    ...MACHINE_FAULT,
    what: ({ directory, error }) => `The output could not be written to ${directory}: ${error}.`,
    advice: 'Check that storage, then submit the job again.',
  }),
  journal_not_written: cause<InFolder & SystemFailure>({
    type: 'EngineError',
    ...MACHINE_FAULT,
    what: ({ directory, error }) =>
      `The runner can't write to its own folder ${directory}: ${error}.`,
    advice: 'Check its storage and its permissions, then submit the job again.',
  }),
};
