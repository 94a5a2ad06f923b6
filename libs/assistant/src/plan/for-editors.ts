import { isDeepStrictEqual } from 'node:util';
import { misuse } from '../refusal/refusal.ts';
import { WISHES, type Editor } from './editors.ts';
import { readPlanRequest, type PlanFlags, type PlanRequest } from './plan-request.ts';

/** The flags of `plan` as the command line has them: several editing systems may attach the same proxies. */
export interface EditorFlags extends Omit<PlanFlags, 'for'> {
  for?: readonly Editor[];
}

/**
 * One set of proxies for all editing systems that are named, where they agree on kinds and names.
 *
 * @throws Refusal where they don't, and as `readPlanRequest` does.
 */
export async function readRequestFor(
  media: readonly string[],
  { for: named = [], ...flags }: EditorFlags,
): Promise<PlanRequest> {
  const editors = [...new Set(named)];
  // Who finds proxies only beside their clips says where all of them lie.
  const places = editors.flatMap((editor) => WISHES[editor].beside ?? []);
  const [beside] = flags.output === undefined && flags.beside === undefined ? places : [];
  const common = { ...flags, ...(beside !== undefined && { beside }) };
  const [first, ...others] = await Promise.all(
    (editors.length === 0 ? [undefined] : editors).map((editor) =>
      readPlanRequest(media, editor === undefined ? common : { ...common, for: editor }),
    ),
  );
  if (first === undefined) throw new RangeError('a plan without a request');
  for (const other of others) checkAgreement(first, other);
  // The one that has to be told where they are.
  return [first, ...others].find(({ editor }) => editor && !WISHES[editor].beside) ?? first;
}

function checkAgreement(one: PlanRequest, other: PlanRequest) {
  if (isDeepStrictEqual(wordsOf(one), wordsOf(other))) return;
  const [a, b] = [one, other].map((it) => `${it.editor} wants ${wordsOf(it).join(', ')}`);
  const advice = 'Name --codec, --container and --naming, or one system at a time.';
  throw misuse(`One set of proxies can't serve both: ${a}; ${b}. ${advice}`);
}

function wordsOf({ kinds, naming }: PlanRequest): string[] {
  return [...kinds.map(({ codec, container }) => `${codec} in ${container}`), `named ${naming}`];
}
