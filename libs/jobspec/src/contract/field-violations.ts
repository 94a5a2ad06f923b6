import { accepted, violation, type Draft, type Field } from '../fields/field.ts';
import type { Violation } from '../failure/violation.ts';
import * as say from '../wording/messages.ts';
import type { Violations } from './contract-violation.ts';
import { entries } from './fields.ts';

/** Adds every violation of the fields' rules. */
export function checkFields(draft: Draft, violations: Violations): void {
  for (const [name, field] of entries()) violations.add(violationsOf(field, name, draft));
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
