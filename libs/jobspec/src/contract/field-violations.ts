import 'reflect-metadata';
import { registerDecorator, validateSync } from 'class-validator';
import { accepted, violation, type Field, type Rule } from '../fields/field.ts';
import { JobSpec } from '../vocabulary/job-spec.ts';
import * as say from '../wording/messages.ts';
import type { Violations } from './contract-violation.ts';
import { entries } from './fields.ts';

/**
 * Where the rules put what they find, by JobSpec. class-validator has room for one string to a rule; a rule of ours finds any
 * number of violations, each with a path.
 */
const found = new WeakMap<object, Violations>();

for (const [propertyName, field] of entries()) {
  const rule = ruleOf(field);
  registerDecorator({
    name: 'contract',
    target: JobSpec,
    propertyName,
    validator: {
      validate(value, args) {
        if (args === undefined) return false;
        return found.get(args.object)?.add(rule(value, args.property, args.object)) !== true;
      },
    },
  });
}

/** Adds every violation of the fields' rules. */
export function checkFields(spec: JobSpec, violations: Violations): void {
  found.set(spec, violations);
  validateSync(spec, { validationError: { target: false, value: false } });
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
