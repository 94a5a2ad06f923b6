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
  title: 'Version',
  description: 'The version of the contract.',
  examples: [JOBSPEC_VERSION],
};

export const jobId: FieldOf<string | undefined> = {
  presence: 'optional',
  rule: text((value, path) => (JOB_ID.test(value) ? undefined : say.badJobId(path, value))),
  schema: { type: 'string', pattern: JOB_ID.source },
  title: 'Job id',
  examples: ['day03-A001'],
  description:
    "Names the job in results and logs. When absent: 8 hex digits of the file's SHA-256.",
  shapesNames: true,
};
