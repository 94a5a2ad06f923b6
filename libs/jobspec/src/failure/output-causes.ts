import { cause, type InFolder, type Refused } from './cause-row.ts';

/** Where a proxy goes. */
export const OUTPUT_CAUSES = {
  output_exists: cause<{ paths: readonly string[] }>({
    type: 'OutputCollisionError',
    who: 'editor',
    retryable: false,
    what: ({ paths }) => `Output file already exists: ${paths.join(', ')}`,
    advice:
      'See whether that file is the proxy of this clip already: then nothing is left to do. If it isn’t, move it away, or choose another output folder or naming template, then submit the job again. Nothing is ever overwritten.',
    isWhole: true,
  }),
  output_directory_unusable: cause<InFolder & { problem: string }>({
    type: 'OutputDirectoryError',
    who: 'engineer',
    retryable: true,
    what: ({ directory, problem }) => `Output directory ${problem}: ${directory}`,
    advice:
      'Create or mount that folder, let the user of the runner read and write it, then submit the job again. The runner creates no folders.',
    isWhole: true,
    apart: ['problem'],
  }),
  output_directory_replaced: cause<InFolder>({
    type: 'OutputDirectoryError',
    who: 'engineer',
    retryable: true,
    what: ({ directory }) =>
      `Output directory was replaced: ${directory} leads to another directory now.`,
    advice: 'Look who has moved it, then submit the job again.',
  }),
  no_scratch_space: cause<InFolder & { bytes: number }>({
    type: 'EngineError',
    who: 'engineer',
    retryable: true,
    what: ({ directory, bytes }) =>
      `No space left on the filesystem of ${directory}: while the clip is made, up to ${Math.ceil(bytes / 1e6)} MB are kept there.`,
    advice: 'Free some space, or name another --scratch-directory, then submit the job again.',
  }),
  scratch_outgrown: cause<InFolder & { bytes: number }>({
    type: 'EngineError',
    who: 'engineer',
    retryable: true,
    what: ({ directory, bytes }) =>
      `What the proxy is compared with has grown to ${Math.ceil(bytes / 1e6)} MB in ${directory}, which is more than half of what was free there: the source goes on for longer than it declares.`,
    advice:
      'If it is as long as it should be, free some space, or name another --scratch-directory, then submit the job again.',
  }),
  no_space: cause<InFolder>({
    type: 'EngineError',
    who: 'engineer',
    retryable: true,
    what: ({ directory }) => `No space left on the filesystem of ${directory}`,
    advice: 'Free some space there, then submit the job again.',
    isWhole: true,
    apart: ['directory'],
  }),
  output_not_written: cause<InFolder & Refused>({
    type: 'EngineError',
    who: 'engineer',
    retryable: true,
    what: ({ directory, error }) => `The output could not be written to ${directory}: ${error}.`,
    advice: 'Check that storage, then submit the job again.',
  }),
  journal_not_written: cause<InFolder & Refused>({
    type: 'EngineError',
    who: 'engineer',
    retryable: true,
    what: ({ directory, error }) =>
      `The runner can't write to its own folder ${directory}: ${error}.`,
    advice: 'Check its storage and its permissions, then submit the job again.',
  }),
};
