import { cause, type Arguments, type InFolder, type Refused } from './cause-row.ts';

/** How a proxy differs from what it should be. */
export interface Difference extends Arguments {
  /** Names of the checks that failed. */
  checks: readonly string[];
  /** In words, the end of a sentence about the proxy. */
  difference: string;
  /** What to do, where that hangs on the clip or on what was found: a sentence, or nothing. */
  remedy: string;
}

const differs = ({ difference }: Difference) => `Output verification failed: ${difference}.`;
/** The same clip gives the same proxy, and the same verdict: none of these goes away by itself. */
const DIFFERS = {
  type: 'OutputVerificationError',
  what: differs,
  apart: ['checks'],
  retryable: false,
} as const;
/** What to do where the fault is the engine's or the runner's. */
const REPORT =
  'It would come out so again: report it, with the kept proxy. Until then, another codec, container or size may do.';

/** How a proxy that was made differs, the cause first that explains the others. */
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
    // Bytes that were written and can't be read back are the machine's.
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
    advice: `The clip is whole; the proxy sounds otherwise. ${REPORT}`,
  }),
  output_differs: cause<Difference>({
    ...DIFFERS,
    who: 'engineer',
    advice:
      'The clip is whole; the engine made something else than it was asked for. Run “watch-folder-runner doctor” on the runner’s machine and do what it says. If it finds nothing, report it.',
  }),
};

export type DifferenceCause = keyof typeof DIFFERENCE_CAUSES;

/** What else is wrong with a proxy that was made. It never gets its final name. */
export const PROXY_CAUSES = {
  output_missing: cause<{ why: string | null }>({
    type: 'OutputMissingError',
    who: 'engineer',
    retryable: true,
    what: ({ why }) =>
      ['Output file does not exist or has zero size', why].filter(Boolean).join(': '),
    advice:
      'The engine said that it went well. Check the output storage, then submit the job again.',
    isWhole: true,
  }),
  output_changed: cause<InFolder>({
    type: 'OutputVerificationError',
    who: 'engineer',
    retryable: true,
    what: ({ directory }) =>
      `Another program changed the proxy in ${directory} while it was read for its hash.`,
    advice: 'Look which program works in that folder, then submit the job again.',
  }),
  output_replaced: cause<InFolder>({
    type: 'OutputVerificationError',
    who: 'engineer',
    retryable: false,
    what: ({ directory }) =>
      `Another user has replaced or linked the proxy in ${directory} while it was made.`,
    advice: 'Look who may write there.',
  }),
  output_unreadable: cause<Refused>({
    type: 'OutputVerificationError',
    who: 'engineer',
    retryable: true,
    what: ({ error }) => `Output verification failed: ffprobe can't read the proxy: ${error}.`,
    advice: 'Check the output storage, then submit the job again.',
  }),
  render_ambiguous: cause<{ files: readonly string[]; folder: string }>({
    type: 'OutputVerificationError',
    who: 'engineer',
    retryable: false,
    what: ({ files, folder }) =>
      `Output verification failed: Resolve has written ${files.length} files instead of one (${files.join(', ')}), kept in ${folder}.`,
    advice: 'Look which of them is the clip, and whether Resolve was used meanwhile.',
  }),
};
