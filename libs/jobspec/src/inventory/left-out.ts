import { OWNERS, type Owner } from '../failure/failure-types.ts';

/**
 * Reasons why a clip on a card gets no JobSpec for one kind of proxy: a closed list of codes, each with title, advice,
 * and the person who can fix it if that isn't the editor.
 */
export const LEFT_OUT = {
  equal_name: {
    title: 'two clips have one name',
    advice: 'Rename one of them, or give --naming.',
  },
  hash_differs: {
    title: 'its hash differs from the list',
    advice: 'Copy it again from the card.',
  },
  unreadable: {
    title: "it can't be read",
    advice: 'Check that the file is intact and its permissions allow reading.',
  },
  being_copied: {
    title: 'it is still being copied',
    advice: 'Plan again once it is there.',
  },
  no_timecode: {
    title: 'it has no timecode to burn in',
    advice: "Give a fallback: --burn-in 'PLACE={timecode|frame}'.",
  },
  output_taken: {
    title: 'its output name is taken',
    advice: 'Move away what lies there, or give another place.',
  },
  no_engine: {
    title: 'no engine can make its proxy',
    advice: 'Plan it again: the report says why.',
    who: 'engineer',
  },
  no_correction: {
    title: 'the CDL list has two entries for it',
    advice: 'Correct the list.',
  },
  no_look: {
    title: 'no --look matches it',
    advice: 'Give --look KIND=FILE for its gamma or camera, or one without KIND for all others.',
  },
  name_refused: {
    title: "its proxy can't have such a name",
    advice: 'Rename the clip, or give another --naming.',
  },
  missing: {
    title: 'a hash list has it, and it is not there',
    advice: 'Copy the card again.',
  },
  made_before: {
    title: 'it was made before, and its proxy or the clip has changed',
    advice: 'To make it again, move its job and any leftover proxy out of the way.',
  },
  not_listed: {
    title: 'no hash list has it',
    advice: 'Plan it without --check-mhl.',
  },
  no_folder: { title: "its folder can't be used", advice: 'Make it writable.', who: 'engineer' },
  lost: { title: "its job can't be found", advice: 'Plan it again.' },
} as const satisfies Record<string, { title: string; advice: string; who?: Owner }>;

export type LeftOutCause = keyof typeof LEFT_OUT;
export const LEFT_OUT_CAUSES = Object.keys(LEFT_OUT) as readonly LeftOutCause[];

/** Person who can have a left-out clip planned, such as `The assistant editor`. */
export function whoPlans(cause: LeftOutCause): string {
  const row: { title: string; who?: Owner } = LEFT_OUT[cause];
  return OWNERS[row.who ?? 'editor'];
}
