import { parse } from 'node:path';
import type { JobSpec } from '../vocabulary/job-spec.ts';
import type { NamingToken } from '../vocabulary/vocabulary.ts';
import { fillTemplate } from './template.ts';

/**
 * The output file name of every source, with the container's extension, in the order of the sources.
 * Pure: the same JobSpec and job id give the same names. `parseJobSpec` has made sure that they are legal and unique.
 *
 * @param jobId what `jobIdOf` says; used by the token `{job_id}`.
 */
export function outputNames(spec: JobSpec, jobId: string): string[] {
  return Array.from(outputStems(spec, jobId), (stem) => `${stem}.${spec.container}`);
}

/** The same without extension, one at a time. */
export function* outputStems(spec: JobSpec, jobId: string): Generator<string> {
  const fixed = fixedValues(spec, jobId);
  for (const [index, source] of spec.sources.entries()) {
    const { name, ext } = parse(source);
    const values: Record<NamingToken, string> = {
      ...fixed,
      source_name: name,
      source_ext: ext.slice(1),
      index: String(index).padStart(3, '0'),
    };
    yield fillTemplate(spec.naming_template, (token) => values[token as NamingToken]);
  }
}

/** Date and time are the digits as written: no time zone is converted, so no machine's zone can change a name. */
function fixedValues({ codec, resolution, created_at = '' }: JobSpec, jobId: string) {
  const date = created_at.slice(0, 10).replaceAll('-', '');
  const time = created_at.slice(11, 19).replaceAll(':', '');
  return { codec, resolution, date, time, job_id: jobId };
}
