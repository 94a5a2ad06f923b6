import { FAILURE_TYPES } from '@app/jobspec/result';
import { describe, expect, it } from 'vitest';
import { NEXT_STEPS } from './next-steps.ts';

const AUTHOR = 'Whoever wrote the JobSpec';
const ENGINEER = 'The facility engineer';
const EDITOR = 'The assistant editor';

/** What happened, who can help, and what has to be done first. */
const STEPS: Record<string, [means: string, who: string, advice: string]> = {
  InvalidJsonError: [
    'The file cannot be read as JSON.',
    AUTHOR,
    'Correct it at the place the reason names',
  ],
  JobSpecValidationError: [
    'The JobSpec has mistakes.',
    AUTHOR,
    'Correct every mistake listed here',
  ],
  MissingSourcesError: [
    'Clips that the job names are not there.',
    EDITOR,
    'Is the volume they lie on mounted on the runner’s machine?',
  ],
  UnsupportedFormatError: [
    'A source is of a kind that cannot be made into a proxy.',
    EDITOR,
    'Transcode the source to an intermediate codec such as ProRes',
  ],
  MixedEngineError: ['The job mixes camera RAW with other clips.', AUTHOR, 'Split the job in two'],
  OutputDirectoryError: [
    'The folder for the proxies cannot be used.',
    ENGINEER,
    'Create the output folder, or let the runner’s user write to it.',
  ],
  OutputCollisionError: [
    'A proxy of that name exists already.',
    EDITOR,
    'Move it away, or choose another output folder or naming template.',
  ],
  PathNotAllowedError: [
    'The job names a path that is off limits.',
    ENGINEER,
    'start the runner with another --allow-source-root or --allow-output-root.',
  ],
  EngineUnavailableError: [
    'The program that makes the proxies was not available.',
    ENGINEER,
    'Install or start the engine on the runner’s machine',
  ],
  EngineError: [
    'The engine gave up on a clip; its file may be damaged.',
    ENGINEER,
    'run the exact command by hand to see it happen.',
  ],
  EngineStalledError: [
    'The engine stood still for too long.',
    ENGINEER,
    'Check the storage and the load of the machine',
  ],
  OutputMissingError: ['The engine left no proxy behind.', ENGINEER, 'Check the output storage.'],
  OutputVerificationError: [
    'The finished proxy does not match its source.',
    EDITOR,
    'Compare expected and actual below',
  ],
  SourceChangedError: [
    'A source changed while the job ran.',
    EDITOR,
    'Wait until the copy is done.',
  ],
  RunnerInterrupted: [
    'The runner went down or was stopped during this job.',
    EDITOR,
    'Nothing is wrong with the job itself: try it again.',
  ],
  InternalError: [
    'The runner met a defect of its own.',
    ENGINEER,
    'Its log holds the details; please report them.',
  ],
};

/** These would be refused again as they are. */
const CORRECTED = new Set<string>([
  'InvalidJsonError',
  'JobSpecValidationError',
  'MixedEngineError',
]);

describe('what helps after a failure', () => {
  it.each(FAILURE_TYPES)('%s: what it means, who can help, and how', (type) => {
    const { means, who, advice, again } = NEXT_STEPS[type];
    expect([means, who]).toEqual(STEPS[type]?.slice(0, 2));
    expect(advice).toContain(STEPS[type]?.[2]);
    expect(again).toBe(CORRECTED.has(type) ? 'corrected' : 'as it is');
  });
});
