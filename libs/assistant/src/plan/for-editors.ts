import { isDeepStrictEqual } from 'node:util';
import { misuse } from '../refusal/refusal.ts';
import { EDITOR_REQUIREMENTS, type Editor } from './editors.ts';
import { readPlanRequest, type PlanFlags, type PlanRequest } from './plan-request.ts';

/** Flags of `plan` with any number of editing systems. */
export interface EditorFlags extends Omit<PlanFlags, 'for'> {
  for?: readonly Editor[];
}

/**
 * Returns one request for all named editing systems, if they agree on kinds and names.
 *
 * @throws Refusal if they don't, and as `readPlanRequest` does
 */
export async function readRequestFor(
  media: readonly string[],
  { for: named = [], ...flags }: EditorFlags,
): Promise<PlanRequest> {
  const editors = [...new Set(named)];
  // A system that only finds proxies next to their clips decides the place for all.
  const places = editors.flatMap((editor) => EDITOR_REQUIREMENTS[editor].proxyFolder ?? []);
  const [beside] = flags.output === undefined && flags.beside === undefined ? places : [];
  const common = { ...flags, ...(beside !== undefined && { beside }) };
  const [first, ...others] = await Promise.all(
    (editors.length === 0 ? [undefined] : editors).map((editor) =>
      readPlanRequest(media, editor === undefined ? common : { ...common, for: editor }),
    ),
  );
  if (first === undefined) throw new RangeError('a plan without a request');
  for (const other of others) checkAgreement(first, other);
  // Prefers a system that needs a list to find proxies.
  return (
    [first, ...others].find(({ editor }) => editor && !EDITOR_REQUIREMENTS[editor].proxyFolder) ??
    first
  );
}

function checkAgreement(one: PlanRequest, other: PlanRequest) {
  if (isDeepStrictEqual(describeRequest(one), describeRequest(other))) return;
  const [a, b] = [one, other].map((it) => `${it.editor} wants ${describeRequest(it).join(', ')}`);
  const advice = 'Name --codec, --container and --naming, or one system at a time.';
  throw misuse(`One set of proxies can't serve both: ${a}; ${b}. ${advice}`);
}

function describeRequest({ kinds, naming }: PlanRequest): string[] {
  return [...kinds.map(({ codec, container }) => `${codec} in ${container}`), `named ${naming}`];
}
