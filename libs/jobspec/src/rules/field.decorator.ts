import { Expose, Transform } from 'class-transformer';
import { registerDecorator, type ValidationArguments } from 'class-validator';
import type { Violation } from '../result.ts';
import * as say from '../messages.ts';
import { accepted, violation, type Draft, type Rule } from './rule.ts';

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

/**
 * A field whose rule itself judges absence and null.
 * The value is taken over as it is in the JSON: class-transformer would drop keys such as `toString` from objects.
 */
export function Field(rule: Rule): PropertyDecorator {
  return (target, property) => {
    Expose()(target, property);
    Transform(({ obj, key }: { obj: Draft; key: string }) => obj[key as keyof Draft])(
      target,
      property,
    );
    registerDecorator({
      name: 'contract',
      target: target.constructor,
      propertyName: String(property),
      validator: {
        validate: (_value, args) => judge(rule, args).length === 0,
        defaultMessage: (args) => JSON.stringify(judge(rule, args)),
      },
    });
  };
}

const judge = (rule: Rule, args: ValidationArguments | undefined) =>
  args === undefined ? accepted : rule(args.value, args.property, args.object);

/** The inverse of what `Field` puts into class-validator's message, which has room for one string only. */
export const violationsIn = (message: string) => JSON.parse(message) as Violation[];
