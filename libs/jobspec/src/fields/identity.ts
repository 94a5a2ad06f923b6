import { JOB_ID } from '../vocabulary/limits.ts';
import { JOBSPEC_VERSION } from '../vocabulary/vocabulary.ts';
import * as say from '../wording/messages.ts';
import { accepted, violation, type FieldOf } from './field.ts';
import { text } from './text.ts';

export const jobspecVersion: FieldOf<typeof JOBSPEC_VERSION> = {
  presence: 'required',
  rule: (value, path) =>
    value === JOBSPEC_VERSION ? accepted : violation(path, say.wrongVersion(path, value)),
  schema: { const: JOBSPEC_VERSION },
  description: 'The version of the contract.',
};

export const jobId: FieldOf<string | undefined> = {
  presence: 'optional',
  rule: text((value, path) => (JOB_ID.test(value) ? undefined : say.badJobId(path, value))),
  schema: { type: 'string', pattern: JOB_ID.source },
  description:
    "Names the job in results and logs. When absent: 8 hex digits of the file's SHA-256.",
  shapesNames: true,
};
