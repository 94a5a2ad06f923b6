import { registerDecorator, type ValidationArguments } from 'class-validator';
import type { Violation } from '../result.ts';
import * as say from '../messages.ts';
import { accepted, violation, type Rule } from './rule.ts';

/** A field that must be there. */
export const Required = (rule: Rule) =>
  Field((value, path, draft) =>
    value === undefined ? violation(path, say.missing(path)) : rule(value, path, draft),
  );

/** A field that may be left out, but not be null. */
export const Optional = (rule: Rule) =>
  Field((value, path, draft) => {
    if (value === undefined) return accepted;
    return value === null ? violation(path, say.notNull(path)) : rule(value, path, draft);
  });

/** A field whose rule itself judges absence and null. */
export function Field(rule: Rule): PropertyDecorator {
  return (target, property) => {
    registerDecorator({
      name: 'contract',
      target: target.constructor,
      propertyName: String(property),
      validator: {
        validate: (_value, args) => judge(rule, args).length === 0,
        defaultMessage: (args) => packed(judge(rule, args)),
      },
    });
  };
}

const judge = (rule: Rule, args: ValidationArguments | undefined) =>
  args === undefined ? accepted : rule(args.value, args.property, args.object);

/**
 * class-validator has room for one string only, and replaces `$value` and the like in it: no dollar sign may be left.
 */
const packed = (violations: readonly Violation[]) =>
  JSON.stringify(violations).replaceAll('$', String.raw`\u0024`);

/** The violations in a message that `Field` made. */
export const violationsIn = (message: string) => JSON.parse(message) as Violation[];
