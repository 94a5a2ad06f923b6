import { brokenFfmpeg, FFMPEG_NOT_FOUND } from '../wording/messages.ts';
import {
  cause,
  joined,
  memoryHint,
  withoutStop,
  MACHINE_FAULT,
  type Arguments,
  type NoArguments,
  type SystemFailure,
} from './cause.ts';

/** Causes in FFmpeg, ffprobe and the runner. */
export const PROGRAM_CAUSES = {
  program_missing: cause<{ program: 'ffmpeg' | 'ffprobe' }>({
    type: 'EngineUnavailableError',
    ...MACHINE_FAULT,
    what: ({ program }) =>
      joined(
        FFMPEG_NOT_FOUND,
        program === 'ffprobe' && '(ffprobe, which belongs to it, is missing.)',
      ),
    advice:
      'Install FFmpeg on the machine of the runner; “watch-folder-runner doctor” says whether it is found. Then submit the job again.',
    isWhole: true,
    groupBy: ['program'],
  }),
  program_broken: cause<{ path: string; ending: string | number | null }>({
    type: 'EngineUnavailableError',
    ...MACHINE_FAULT,
    what: ({ path, ending }) => brokenFfmpeg(path, ending),
    advice:
      'Reinstall FFmpeg; “watch-folder-runner doctor” says whether it runs. Then submit the job again.',
    isWhole: true,
  }),
  program_not_started: cause<SystemFailure & { program: string }>({
    type: 'EngineError',
    ...MACHINE_FAULT,
    what: ({ program, error }) => `${program} could not be started: ${error}.`,
    advice:
      'Run “watch-folder-runner doctor” on that machine, do what it says, then submit the job again.',
    groupBy: ['program'],
  }),
  engine_stopped_short: cause<SystemFailure>({
    type: 'EngineError',
    ...MACHINE_FAULT,
    what: ({ error }) => `The engine could not go on: ${error}.`,
    advice: 'Check the machine and its storage, then submit the job again.',
  }),
  probe_ended: cause<{ path: string; signal: string }>({
    type: 'EngineError',
    ...MACHINE_FAULT,
    what: ({ path, signal }) =>
      joined(`ffprobe was ended by ${signal} while it read ${path}.`, memoryHint(signal)),
    advice: 'Submit the job again.',
    groupBy: ['signal'],
  }),
  probe_stalled: cause<{ path: string; seconds: number }>({
    type: 'EngineStalledError',
    ...MACHINE_FAULT,
    what: ({ path, seconds }) => `ffprobe did not finish reading ${path} within ${seconds} s.`,
    advice: 'Check the storage it is on, then submit the job again.',
  }),
  encoder_stalled: cause<{ seconds: number }>({
    type: 'EngineStalledError',
    ...MACHINE_FAULT,
    what: ({ seconds }) => `FFmpeg made no progress for ${seconds} s and was stopped.`,
    advice: 'Check the source and the storage, then submit the job again.',
  }),
  comparison_ended: cause<{ file: 'source' | 'proxy'; signal: string }>({
    type: 'EngineError',
    ...MACHINE_FAULT,
    what: ({ file, signal }) =>
      joined(`FFmpeg was ended by ${signal} while it read the ${file}.`, memoryHint(signal)),
    advice: 'Submit the job again.',
    groupBy: ['file', 'signal'],
  }),
  comparison_stalled: cause<{ file: 'source' | 'proxy'; seconds: number }>({
    type: 'EngineStalledError',
    ...MACHINE_FAULT,
    what: ({ file, seconds }) =>
      `FFmpeg read nothing of the ${file} for ${seconds} s and was stopped.`,
    advice: 'Check the storage, then submit the job again.',
    groupBy: ['file'],
  }),
  interrupted: cause<NoArguments>({
    type: 'RunnerInterrupted',
    who: 'editor',
    retryable: true,
    what: () => 'runner interrupted',
    advice:
      'Nothing is wrong with the job, and the proxies that it had made are complete. Submit the job again with “watch-folder-runner retry”: it asks only for what is left.',
    isWhole: true,
  }),
  internal: cause<SystemFailure>({
    type: 'InternalError',
    who: 'engineer',
    retryable: false,
    what: ({ error }) => `Internal error: ${error}.`,
    advice: 'This is a defect of the runner: report it with its log.',
  }),
};

export interface Driver extends Arguments {
  driver_code: string;
  phase: string;
  said: string;
  /** Advice. */
  hint: string;
}

const inPhase = ({ driver_code, phase, said }: Driver) =>
  `${withoutStop(said)} (${driver_code} in phase ${phase}).`;

/** Codes of the driver that concern this Resolve, its machine or the moment, not the clip. */
const MACHINE_CODES: ReadonlySet<string> = new Set([
  'PROJECT_CREATE',
  'MEDIA_OFFLINE',
  'CODEC_UNAVAILABLE',
  'RENDER_PATH',
  'START_REFUSED',
  'CANCELLED',
  'NAME_REPLACED',
  'DRIVER_CRASHED',
]);

/** Causes in DaVinci Resolve and its driver. */
export const RESOLVE_CAUSES = {
  resolve_unavailable: cause<Driver & { since: string | null; hung_in: string | null }>({
    type: 'EngineUnavailableError',
    ...MACHINE_FAULT,
    what: ({ driver_code, phase, said, hint, since, hung_in }) => {
      const where = driver_code === 'RESOLVE_HUNG' ? ` in phase ${phase}` : '';
      const before =
        since !== null &&
        `It hung at ${since} in phase ${hung_in}, and gets no more renders until it answers and is idle.`;
      const why = joined(`${withoutStop(said)}${where}.`, before, hint);
      return `Resolve is required for this media but is not available: ${why} [${driver_code}]`;
    },
    advice: '{hint}',
    isWhole: true,
    groupBy: ['driver_code'],
  }),
  resolve_failed: cause<Driver>({
    type: 'EngineError',
    who: 'engineer',
    retryable: ({ driver_code }) => MACHINE_CODES.has(driver_code),
    what: inPhase,
    advice: '{hint}',
    groupBy: ['driver_code'],
  }),
  resolve_stalled: cause<Driver>({
    type: 'EngineStalledError',
    ...MACHINE_FAULT,
    what: inPhase,
    advice: '{hint}',
    groupBy: ['driver_code', 'phase'],
  }),
  resolve_media_offline: cause<{ path: string; frames: number; first: number; hint: string }>({
    type: 'OutputVerificationError',
    ...MACHINE_FAULT,
    what: ({ path, frames, first }) =>
      `Output verification failed: it shows Resolve's red card for media that it can't read, instead of ${path}, in ${frames} ${frames === 1 ? 'frame' : 'frames'}, first in frame ${first}.`,
    advice: '{hint}',
  }),
  resolve_silent: cause<{ path: string }>({
    type: 'OutputVerificationError',
    who: 'engineer',
    retryable: false,
    what: ({ path }) =>
      `Output verification failed: it is silent from start to end, and ${path} is not.`,
    advice: 'Play the clip in Resolve on that machine, and see whether its sound is found there.',
  }),
  resolve_refuses_clip: cause<{ path: string; why: string }>({
    type: 'EngineError',
    who: 'engineer',
    retryable: false,
    what: ({ path, why }) => `${path} can't be rendered. ${why}`,
    advice: 'Open the clip in Resolve on that machine, and see what it says there.',
  }),
};
