import type { CauseArgument } from './cause.ts';
import type { FailureType } from './failure-types.ts';
import type { Violation } from './violation.ts';
import type { EngineName } from '../vocabulary/vocabulary.ts';
import * as engine from '../wording/engine-words.ts';
import * as say from '../wording/messages.ts';

type Arguments = Readonly<Record<string, CauseArgument | undefined>>;

interface CauseRow<A extends Arguments> {
  type: FailureType;
  /** The sentence for people, made of nothing but this. */
  words: (facts: A, violations: readonly Violation[]) => string;
  /** What tells one failure of this cause from others that are worth a look of their own; no names, places and lengths. */
  apart: readonly (keyof A & string)[];
}

const cause = <A extends Arguments>(
  type: FailureType,
  words: CauseRow<A>['words'],
  apart: readonly (keyof A & string)[] = [],
): CauseRow<A> => ({ type, words, apart });

const messagesOf = (violations: readonly Violation[]) => violations.map(({ message }) => message);
const stop = (said: string) => said.replace(/\.$/, '');
const joined = (...sentences: (string | null | undefined | false)[]) =>
  sentences.filter(Boolean).join(' ');
const memory = (signal: string) =>
  signal === 'SIGKILL' ? 'If nobody ended it, memory was short.' : '';

type Nothing = Record<string, never>;
/** What the system said. */
interface Refused extends Arguments {
  error: string;
}
interface InFolder extends Arguments {
  directory: string;
}
interface Driver extends Arguments {
  driver_code: string;
  phase: string;
  said: string;
  /** What to do. */
  hint: string;
}

/**
 * Every cause of a failure: its type, and the one place where it becomes words. The list is closed; a retired code is never used
 * again. Whoever reads a result reads the code and its arguments, never the sentence.
 */
export const CAUSES = {
  // What the JobSpec says.
  invalid_json: cause<{ detail: string; line?: number; column?: number }>(
    'InvalidJsonError',
    ({ detail, line, column }) =>
      say.invalidJson(line === undefined ? detail : `${detail} (line ${line}, column ${column})`),
  ),
  contract_broken: cause<{ fields: readonly string[]; count: number }>(
    'JobSpecValidationError',
    ({ count }, violations) => say.contractViolation(messagesOf(violations), count),
    ['fields'],
  ),
  sources_missing: cause<{ sources: readonly string[]; advice: string }>(
    'MissingSourcesError',
    ({ sources, advice }) => `Missing source files: ${sources.join(', ')}${advice}`,
  ),
  outside_roots: cause<{ role: string; roots: readonly string[]; paths: readonly string[] }>(
    'PathNotAllowedError',
    ({ role, roots, paths }) =>
      `${role} outside the allowed roots (${roots.join(', ')}): ${paths.join(', ')}`,
    ['role'],
  ),
  output_in_watch_folder: cause<InFolder & { state: string }>(
    'PathNotAllowedError',
    ({ directory, state }) =>
      `Output directory lies in ${state}, which belongs to a watch folder: ${directory}. Name a directory outside it.`,
  ),
  format_unsupported: cause<Nothing>(
    'UnsupportedFormatError',
    (_, violations) => `Unsupported format: ${messagesOf(violations).join(' ')}`,
  ),
  engines_mixed: cause<Record<EngineName, readonly string[]>>('MixedEngineError', (sources) =>
    engine.mixedEngines(sources),
  ),

  // Where the proxy goes.
  output_exists: cause<{ paths: readonly string[] }>(
    'OutputCollisionError',
    ({ paths }) => `Output file already exists: ${paths.join(', ')}`,
  ),
  output_directory_unusable: cause<InFolder & { problem: string }>(
    'OutputDirectoryError',
    ({ directory, problem }) => `Output directory ${problem}: ${directory}`,
    ['problem'],
  ),
  output_directory_replaced: cause<InFolder>(
    'OutputDirectoryError',
    ({ directory }) =>
      `Output directory was replaced: ${directory} leads to another directory now.`,
  ),
  no_scratch_space: cause<InFolder & { bytes: number }>(
    'EngineError',
    ({ directory, bytes }) =>
      `No space left on the filesystem of ${directory}: while the clip is made, up to ${Math.ceil(bytes / 1e6)} MB are kept there. Free some space, or name another --scratch-directory.`,
  ),
  scratch_outgrown: cause<InFolder & { bytes: number }>(
    'EngineError',
    ({ directory, bytes }) =>
      `What the proxy is compared with has grown to ${Math.ceil(bytes / 1e6)} MB in ${directory}, which is more than half of what was free there: the source goes on for longer than it declares. If it is as long as it should be, free some space, or name another --scratch-directory.`,
  ),
  no_space: cause<InFolder>(
    'EngineError',
    ({ directory }) => `No space left on the filesystem of ${directory}`,
    ['directory'],
  ),
  output_not_written: cause<InFolder & Refused>(
    'EngineError',
    ({ directory, error }) => `The output could not be written to ${directory}: ${error}`,
  ),
  journal_not_written: cause<InFolder & Refused>(
    'EngineError',
    ({ directory, error }) => `The runner can't write to its own folder ${directory}: ${error}`,
  ),

  // Programs.
  program_missing: cause<{ program: 'ffmpeg' | 'ffprobe' }>(
    'EngineUnavailableError',
    ({ program }) =>
      joined(
        engine.FFMPEG_NOT_FOUND,
        program === 'ffprobe' && '(ffprobe, which belongs to it, is missing.)',
      ),
    ['program'],
  ),
  program_broken: cause<{ path: string; ending: string | number | null }>(
    'EngineUnavailableError',
    ({ path, ending }) => engine.brokenFfmpeg(path, ending),
  ),
  program_not_started: cause<Refused & { program: string }>(
    'EngineError',
    ({ program, error }) => `${program} could not be started: ${error}`,
    ['program'],
  ),
  engine_stopped_short: cause<Refused>(
    'EngineError',
    ({ error }) => `The engine could not go on: ${error}`,
  ),

  // Reading.
  probe_ended: cause<{ path: string; signal: string }>(
    'EngineError',
    ({ path, signal }) =>
      joined(`ffprobe was ended by ${signal} while it read ${path}.`, memory(signal), 'Try again.'),
    ['signal'],
  ),
  probe_stalled: cause<{ path: string; seconds: number }>(
    'EngineStalledError',
    ({ path, seconds }) =>
      `ffprobe did not finish reading ${path} within ${seconds} s. Check the storage it is on.`,
  ),
  source_look_stalled: cause<{ path: string; seconds: number }>(
    'EngineStalledError',
    ({ path, seconds }) =>
      `It took longer than ${seconds} s to see whether the source is whole: ${path}. Check the storage it is on.`,
  ),
  source_changed: cause<{ path: string; is_gone: boolean; is_sequence: boolean }>(
    'SourceChangedError',
    ({ path, is_gone, is_sequence }) => {
      const what = is_gone ? 'disappeared' : 'was replaced or written to';
      const final = is_sequence ? 'no frame changes, comes or goes any more' : 'the file is final';
      return `Source ${what} while its proxy was made: ${path}. Submit the job again once ${final}.`;
    },
    ['is_gone'],
  ),

  // Encoding and comparing.
  encoder_exited: cause<{ exit_code: number | null; signal: string | null; said: string | null }>(
    'EngineError',
    ({ exit_code, signal, said }) => {
      const ending =
        exit_code === null
          ? `FFmpeg was ended by ${signal}`
          : `FFmpeg exited with code ${exit_code}`;
      return said === null ? ending : `${said.charAt(0).toUpperCase()}${said.slice(1)}. ${ending}`;
    },
    ['exit_code', 'signal', 'said'],
  ),
  encoder_stalled: cause<{ seconds: number }>(
    'EngineStalledError',
    ({ seconds }) =>
      `FFmpeg made no progress for ${seconds} s and was stopped. Check the source and the storage.`,
  ),
  comparison_ended: cause<{ file: 'source' | 'proxy'; signal: string }>(
    'EngineError',
    ({ file, signal }) =>
      joined(
        `FFmpeg was ended by ${signal} while it read the ${file}.`,
        memory(signal),
        'Submit the job again.',
      ),
    ['file', 'signal'],
  ),
  comparison_stalled: cause<{ file: 'source' | 'proxy'; seconds: number }>(
    'EngineStalledError',
    ({ file, seconds }) =>
      `FFmpeg read nothing of the ${file} for ${seconds} s and was stopped. Check the storage.`,
    ['file'],
  ),
  track_begins_late: cause<{ stream: number }>(
    'OutputVerificationError',
    ({ stream }) =>
      `Output verification failed: audio stream ${stream} begins so late in the source that FFmpeg left it out. Rewrap the source with “ffmpeg -probesize 2G -analyzeduration 3600M -i CLIP -map 0 -c copy NEW.mkv”.`,
  ),
  output_missing: cause<{ why: string | null }>('OutputMissingError', ({ why }) =>
    ['Output file does not exist or has zero size', why].filter(Boolean).join(': '),
  ),
  output_changed: cause<InFolder>(
    'OutputVerificationError',
    ({ directory }) =>
      `Another program changed the proxy in ${directory} while it was read for its hash.`,
  ),
  output_replaced: cause<InFolder>(
    'OutputVerificationError',
    ({ directory }) =>
      `Another user has replaced or linked the proxy in ${directory} while it was made. Look who may write there.`,
  ),
  output_differs: cause<{ checks: readonly string[]; difference: string }>(
    'OutputVerificationError',
    ({ difference }) => `Output verification failed: ${difference}`,
    ['checks'],
  ),
  output_unreadable: cause<Refused>(
    'OutputVerificationError',
    ({ error }) => `Output verification failed: ffprobe can't read the proxy: ${error}`,
  ),

  // Resolve.
  resolve_unavailable: cause<Driver & { since: string | null; hung_in: string | null }>(
    'EngineUnavailableError',
    ({ driver_code, phase, said, hint, since, hung_in }) => {
      const where = driver_code === 'RESOLVE_HUNG' ? ` in phase ${phase}` : '';
      const before =
        since !== null &&
        `It hung at ${since} in phase ${hung_in}, and gets no render until it answers and renders nothing.`;
      const why = joined(`${stop(said)}${where}.`, before, hint);
      return `Resolve is required for this media but is not available: ${why} [${driver_code}]`;
    },
    ['driver_code'],
  ),
  resolve_failed: cause<Driver>(
    'EngineError',
    ({ driver_code, phase, said, hint }) =>
      joined(`${stop(said)} (${driver_code} in phase ${phase}).`, hint),
    ['driver_code'],
  ),
  resolve_stalled: cause<Driver>(
    'EngineStalledError',
    ({ driver_code, phase, said, hint }) =>
      joined(`${stop(said)} (${driver_code} in phase ${phase}).`, hint),
    ['driver_code', 'phase'],
  ),
  resolve_refuses_clip: cause<{ path: string; why: string }>(
    'EngineError',
    ({ path, why }) => `${path} can't be rendered. ${why}`,
  ),
  render_ambiguous: cause<{ files: readonly string[]; folder: string }>(
    'OutputVerificationError',
    ({ files, folder }) =>
      `Output verification failed: Resolve has written ${files.length} files instead of one (${files.join(', ')}), kept in ${folder}`,
  ),

  // The runner.
  interrupted: cause<Nothing>('RunnerInterrupted', () => 'runner interrupted'),
  internal: cause<Refused>('InternalError', ({ error }) => `Internal error: ${error}`),
} as const satisfies Record<string, CauseRow<never>>;

export type CauseCode = keyof typeof CAUSES;
export const CAUSE_CODES = Object.keys(CAUSES) as readonly CauseCode[];

/** What a cause is told with. */
export type ArgumentsOf<C extends CauseCode> = Parameters<(typeof CAUSES)[C]['words']>[0];
