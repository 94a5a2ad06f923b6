import 'reflect-metadata';
import { registerDecorator, validateSync } from 'class-validator';
import type { Violation } from '../failure/violation.ts';
import { accepted, violation, type Field, type Rule } from '../fields/field.ts';
import { JobSpec } from '../vocabulary/job-spec.ts';
import * as say from '../wording/messages.ts';
import { entries } from './fields.ts';

/**
 * What each rule found, by JobSpec and field. class-validator has room for one string to a rule; a rule of ours finds any
 * number of violations, each with a path.
 */
const found = new WeakMap<object, Map<string, readonly Violation[]>>();

for (const [propertyName, field] of entries()) {
  const rule = ruleOf(field);
  registerDecorator({
    name: 'contract',
    target: JobSpec,
    propertyName,
    validator: {
      validate(value, args) {
        if (args === undefined) return false;
        const violations = rule(value, args.property, args.object);
        found.get(args.object)?.set(args.property, violations);
        return violations.length === 0;
      },
    },
  });
}

/** Every violation of the fields' rules, in the order of the contract. */
export function fieldViolations(spec: JobSpec): Violation[] {
  const violations = new Map<string, readonly Violation[]>();
  found.set(spec, violations);
  return validateSync(spec, { validationError: { target: false, value: false } }).flatMap(
    ({ property }) => violations.get(property) ?? [],
  );
}

/** Judges absence and null for the fields whose own rule doesn't. */
function ruleOf({ presence, rule }: Field): Rule {
  if (presence === 'coupled') return rule;
  return (value, path, draft) => {
    if (value === undefined)
      return presence === 'required' ? violation(path, say.missing(path)) : accepted;
    if (value === null && presence === 'optional') return violation(path, say.notNull(path));
    return rule(value, path, draft);
  };
}
