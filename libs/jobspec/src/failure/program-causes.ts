import { brokenFfmpeg, FFMPEG_NOT_FOUND } from '../wording/engine-words.ts';
import { cause, joined, memory, type Nothing, type Refused } from './cause-row.ts';

/** The programs that do the work, and the runner. */
export const PROGRAM_CAUSES = {
  program_missing: cause<{ program: 'ffmpeg' | 'ffprobe' }>({
    type: 'EngineUnavailableError',
    who: 'engineer',
    retryable: true,
    what: ({ program }) =>
      joined(
        FFMPEG_NOT_FOUND,
        program === 'ffprobe' && '(ffprobe, which belongs to it, is missing.)',
      ),
    advice:
      'Install FFmpeg on the machine of the runner; “watch-folder-runner doctor” says whether it is found. Then submit the job again.',
    isWhole: true,
    apart: ['program'],
  }),
  program_broken: cause<{ path: string; ending: string | number | null }>({
    type: 'EngineUnavailableError',
    who: 'engineer',
    retryable: true,
    what: ({ path, ending }) => brokenFfmpeg(path, ending),
    advice:
      'Reinstall FFmpeg; “watch-folder-runner doctor” says whether it runs. Then submit the job again.',
    isWhole: true,
  }),
  program_not_started: cause<Refused & { program: string }>({
    type: 'EngineError',
    who: 'engineer',
    retryable: true,
    what: ({ program, error }) => `${program} could not be started: ${error}.`,
    advice:
      'Run “watch-folder-runner doctor” on that machine, do what it says, then submit the job again.',
    apart: ['program'],
  }),
  engine_stopped_short: cause<Refused>({
    type: 'EngineError',
    who: 'engineer',
    retryable: true,
    what: ({ error }) => `The engine could not go on: ${error}.`,
    advice: 'Check the machine and its storage, then submit the job again.',
  }),
  probe_ended: cause<{ path: string; signal: string }>({
    type: 'EngineError',
    who: 'engineer',
    retryable: true,
    what: ({ path, signal }) =>
      joined(`ffprobe was ended by ${signal} while it read ${path}.`, memory(signal)),
    advice: 'Submit the job again.',
    apart: ['signal'],
  }),
  probe_stalled: cause<{ path: string; seconds: number }>({
    type: 'EngineStalledError',
    who: 'engineer',
    retryable: true,
    what: ({ path, seconds }) => `ffprobe did not finish reading ${path} within ${seconds} s.`,
    advice: 'Check the storage it is on, then submit the job again.',
  }),
  encoder_stalled: cause<{ seconds: number }>({
    type: 'EngineStalledError',
    who: 'engineer',
    retryable: true,
    what: ({ seconds }) => `FFmpeg made no progress for ${seconds} s and was stopped.`,
    advice: 'Check the source and the storage, then submit the job again.',
  }),
  comparison_ended: cause<{ file: 'source' | 'proxy'; signal: string }>({
    type: 'EngineError',
    who: 'engineer',
    retryable: true,
    what: ({ file, signal }) =>
      joined(`FFmpeg was ended by ${signal} while it read the ${file}.`, memory(signal)),
    advice: 'Submit the job again.',
    apart: ['file', 'signal'],
  }),
  comparison_stalled: cause<{ file: 'source' | 'proxy'; seconds: number }>({
    type: 'EngineStalledError',
    who: 'engineer',
    retryable: true,
    what: ({ file, seconds }) =>
      `FFmpeg read nothing of the ${file} for ${seconds} s and was stopped.`,
    advice: 'Check the storage, then submit the job again.',
    apart: ['file'],
  }),
  interrupted: cause<Nothing>({
    type: 'RunnerInterrupted',
    who: 'editor',
    retryable: true,
    what: () => 'runner interrupted',
    advice:
      'Nothing is wrong with the job, and the proxies that it had made are complete. Submit the job again with “watch-folder-runner retry”: it asks only for what is left.',
    isWhole: true,
  }),
  internal: cause<Refused>({
    type: 'InternalError',
    who: 'engineer',
    retryable: false,
    what: ({ error }) => `Internal error: ${error}.`,
    advice: 'This is a defect of the runner: report it with its log.',
  }),
};
