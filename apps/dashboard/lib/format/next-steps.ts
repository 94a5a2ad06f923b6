import type { FailureType } from '@app/jobspec/result';

export interface NextStep {
  /** What happened, in plain words. */
  means: string;
  /** Who can do something about it. */
  who: string;
  /** Whether the same JobSpec may succeed another time; else it would be refused again. */
  again: 'as it is' | 'corrected';
  /** What to do before the job is tried again, in a sentence or two. */
  advice: string;
}

const AUTHOR = 'Whoever wrote the JobSpec';
const ENGINEER = 'The facility engineer';
const EDITOR = 'The assistant editor';

/** What helps, for every way a job can fail. */
export const NEXT_STEPS: Record<FailureType, NextStep> = {
  InvalidJsonError: {
    means: 'The file cannot be read as JSON.',
    who: AUTHOR,
    again: 'corrected',
    advice:
      'The file is not JSON. Correct it at the place the reason names, and drop it into pending/ again.',
  },
  JobSpecValidationError: {
    means: 'The JobSpec has mistakes.',
    who: AUTHOR,
    again: 'corrected',
    advice: 'Correct every mistake listed here, and drop the JobSpec into pending/ again.',
  },
  MissingSourcesError: {
    means: 'Clips that the job names are not there.',
    who: EDITOR,
    again: 'as it is',
    advice:
      'Put the missing clips where the JobSpec says, or correct the paths. Is the volume they lie on mounted on the runner’s machine?',
  },
  UnsupportedFormatError: {
    means: 'A source is of a kind that cannot be made into a proxy.',
    who: EDITOR,
    again: 'as it is',
    advice:
      'No engine reads this format. Transcode the source to an intermediate codec such as ProRes, and name that file in the JobSpec.',
  },
  MixedEngineError: {
    means: 'The job mixes camera RAW with other clips.',
    who: AUTHOR,
    again: 'corrected',
    advice:
      'Split the job in two: camera RAW clips for DaVinci Resolve in one, everything else in the other.',
  },
  OutputDirectoryError: {
    means: 'The folder for the proxies cannot be used.',
    who: ENGINEER,
    again: 'as it is',
    advice:
      'Create the output folder, or let the runner’s user write to it. The runner creates no folders.',
  },
  OutputCollisionError: {
    means: 'A proxy of that name exists already.',
    who: EDITOR,
    again: 'as it is',
    advice:
      'A file of that name is there already and is never overwritten. Move it away, or choose another output folder or naming template.',
  },
  PathNotAllowedError: {
    means: 'The job names a path that is off limits.',
    who: ENGINEER,
    again: 'as it is',
    advice:
      'The path lies outside the folders that the runner may use. Use an allowed folder, or start the runner with another --allow-source-root or --allow-output-root.',
  },
  EngineUnavailableError: {
    means: 'The program that makes the proxies was not available.',
    who: ENGINEER,
    again: 'as it is',
    advice:
      'Install or start the engine on the runner’s machine; “watch-folder-runner doctor” says what is missing.',
  },
  EngineError: {
    means: 'The engine gave up on a clip; its file may be damaged.',
    who: ENGINEER,
    again: 'as it is',
    advice:
      'Read the encoder’s last words below, and run the exact command by hand to see it happen. A damaged source is the usual cause.',
  },
  EngineStalledError: {
    means: 'The engine stood still for too long.',
    who: ENGINEER,
    again: 'as it is',
    advice:
      'The engine made no progress for too long and was stopped. Check the storage and the load of the machine, and for Resolve an open dialog.',
  },
  OutputMissingError: {
    means: 'The engine left no proxy behind.',
    who: ENGINEER,
    again: 'as it is',
    advice: 'The engine reported success but left no file. Check the output storage.',
  },
  OutputVerificationError: {
    means: 'The finished proxy does not match its source.',
    who: EDITOR,
    again: 'as it is',
    advice:
      'The proxy does not match its source and was not published. Compare expected and actual below; often the source itself is damaged or incomplete.',
  },
  SourceChangedError: {
    means: 'A source changed while the job ran.',
    who: EDITOR,
    again: 'as it is',
    advice:
      'The source changed while the job ran, so it was probably still being copied. Wait until the copy is done.',
  },
  RunnerInterrupted: {
    means: 'The runner went down or was stopped during this job.',
    who: EDITOR,
    again: 'as it is',
    advice: 'Nothing is wrong with the job itself: try it again.',
  },
  InternalError: {
    means: 'The runner met a defect of its own.',
    who: ENGINEER,
    again: 'as it is',
    advice: 'This is a defect of the runner. Its log holds the details; please report them.',
  },
};
