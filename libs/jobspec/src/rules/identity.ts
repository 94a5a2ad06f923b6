import { JOB_ID } from '../limits.ts';
import * as say from '../messages.ts';
import { JOBSPEC_VERSION } from '../vocabulary.ts';
import { accepted, violation, type Rule } from './rule.ts';
import { text } from './text.ts';

export const version: Rule = (value, path) =>
  value === JOBSPEC_VERSION ? accepted : violation(path, say.wrongVersion(path, value));

export const isJobId = (value: unknown): value is string =>
  typeof value === 'string' && JOB_ID.test(value);

export const jobId: Rule = text((value, path) =>
  isJobId(value) ? undefined : say.badJobId(path, value),
);
