import { JOB_ID } from '../vocabulary/limits.ts';
import { JOBSPEC_VERSIONS, type JobSpecVersion } from '../vocabulary/vocabulary.ts';
import * as say from '../wording/messages.ts';
import { accepted, violation, type FieldOf } from './field.ts';
import { text } from './text.ts';

export const jobspecVersion: FieldOf<JobSpecVersion> = {
  since: '2.1',
  presence: 'required',
  rule: (value, path) =>
    JOBSPEC_VERSIONS.some((version) => version === value)
      ? accepted
      : violation(path, say.wrongVersion(path, value)),
  schema: { enum: JOBSPEC_VERSIONS },
  title: 'Version',
  description: 'The version of the contract: 2.2 is 2.1 and viewing.',
  examples: JOBSPEC_VERSIONS,
};

export const jobId: FieldOf<string | undefined> = {
  since: '2.1',
  presence: 'optional',
  rule: text((value, path) => (JOB_ID.test(value) ? undefined : say.badJobId(path, value))),
  schema: { type: 'string', pattern: JOB_ID.source },
  title: 'Job id',
  examples: ['day03-A001'],
  description:
    "Names the job in results and logs. When absent: 8 hex digits of the file's SHA-256.",
  shapesNames: true,
};
