import type { FailureType } from '@app/jobspec/result';

export interface NextStep {
  /** What happened, in a few words: they stand in lists and filters. */
  short: string;
  /** Who can do something about it. */
  who: string;
  /** What to do before the job is tried again, in a sentence or two. */
  advice: string;
}

const AUTHOR = 'Whoever wrote the JobSpec';
const ENGINEER = 'The facility engineer';
const EDITOR = 'The assistant editor';

/** What helps, for every way a job can fail. */
export const NEXT_STEPS: Record<FailureType, NextStep> = {
  InvalidJsonError: {
    short: 'Not readable as JSON',
    who: AUTHOR,
    advice:
      'The file is not JSON. Correct it at the place the reason names, and drop it into pending/ again.',
  },
  JobSpecValidationError: {
    short: 'Mistakes in the JobSpec',
    who: AUTHOR,
    advice: 'Correct every mistake listed here, and drop the JobSpec into pending/ again.',
  },
  MissingSourcesError: {
    short: 'Missing source',
    who: EDITOR,
    advice:
      'Put the missing clips where the JobSpec says, or correct the paths. Is the volume they lie on mounted on the runner’s machine?',
  },
  UnsupportedFormatError: {
    short: 'Can’t be read',
    who: EDITOR,
    advice:
      'A clip that was cut off in a copy is the usual cause: copy it again. Only a format that no engine reads has to be transcoded, to ProRes for example.',
  },
  MixedEngineError: {
    short: 'Camera RAW mixed with other clips',
    who: AUTHOR,
    advice:
      'Split the job in two: camera RAW clips for DaVinci Resolve in one, everything else in the other.',
  },
  OutputDirectoryError: {
    short: 'Output folder can’t be used',
    who: ENGINEER,
    advice:
      'Create the output folder, or let the runner’s user write to it. The runner creates no folders.',
  },
  OutputCollisionError: {
    short: 'A file of that name is there',
    who: EDITOR,
    advice:
      'A file of that name is there already and is never overwritten. Move it away, or choose another output folder or naming template.',
  },
  PathNotAllowedError: {
    short: 'Path off limits',
    who: ENGINEER,
    advice:
      'The path lies outside the folders that the runner may use. Use an allowed folder, or start the runner with another --allow-source-root or --allow-output-root.',
  },
  EngineUnavailableError: {
    short: 'Engine not available',
    who: ENGINEER,
    advice:
      'Install or start the engine on the runner’s machine; “watch-folder-runner doctor” says what is missing.',
  },
  EngineError: {
    short: 'Engine gave up',
    who: ENGINEER,
    advice:
      'Read the encoder’s last words below, and run the exact command by hand to see it happen. A damaged source is the usual cause.',
  },
  EngineStalledError: {
    short: 'Engine stood still',
    who: ENGINEER,
    advice:
      'The engine made no progress for too long and was stopped. Check the storage and the load of the machine, and for Resolve an open dialog.',
  },
  OutputMissingError: {
    short: 'No proxy came out',
    who: ENGINEER,
    advice: 'The engine reported success but left no file. Check the output storage.',
  },
  OutputVerificationError: {
    short: 'Proxy differs from its source',
    who: EDITOR,
    advice:
      'The proxy does not match its source and was not published. Compare expected and actual below; often the source itself is damaged or incomplete.',
  },
  SourceChangedError: {
    short: 'Source changed meanwhile',
    who: EDITOR,
    advice:
      'The source changed while the job ran, so it was probably still being copied. Wait until the copy is done.',
  },
  RunnerInterrupted: {
    short: 'Runner was interrupted',
    who: EDITOR,
    advice:
      'Nothing is wrong with the job itself. The proxies that it had made by then are complete.',
  },
  InternalError: {
    short: 'Defect of the runner',
    who: ENGINEER,
    advice: 'This is a defect of the runner. Its log holds the details; please report them.',
  },
};
