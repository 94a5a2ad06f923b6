import { accepted, violation, type Draft, type Field } from '../fields/field.ts';
import type { Violation } from '../failure/violation.ts';
import * as say from '../wording/messages.ts';
import type { Violations } from './contract-violation.ts';
import { entriesOf } from './fields.ts';

/** Adds every violation of the rules of the fields that its version knows. No rule sees another one. */
export function checkFields(whole: Draft, violations: Violations): void {
  const known = entriesOf(whole.jobspec_version);
  const draft: Draft = Object.fromEntries(known.map(([name]) => [name, whole[name]]));
  for (const [name, field] of known) violations.add(violationsOf(field, name, draft));
}

/** Absence and null are judged here for the fields whose own rule doesn't. */
function violationsOf(
  { presence, rule }: Field,
  name: keyof Draft,
  draft: Draft,
): Iterable<Violation> {
  const value = draft[name];
  if (presence === 'coupled') return rule(value, name, draft);
  if (value === undefined)
    return presence === 'required' ? violation(name, say.missing(name)) : accepted;
  if (value === null && presence === 'optional') return violation(name, say.notNull(name));
  return rule(value, name, draft);
}
