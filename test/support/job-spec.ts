import type { JobSpecField } from '@app/jobspec';

export type JobFields = { [field in JobSpecField]?: unknown } & Record<string, unknown>;

/** A complete valid JobSpec, apart from sources and output directory, which tests have of their own. */
export function jobSpec(fields: JobFields): JobFields {
  return {
    jobspec_version: '2.1',
    codec: 'prores_proxy',
    container: 'mov',
    resolution: 'same',
    naming_template: '{source_name}_proxy',
    ...fields,
  };
}
