import { closedObject, DIALECT, type Schema } from '../schema/json-schema.ts';
import type { JobSpecInput } from '../vocabulary/job-spec.ts';
import { JOBSPEC_VERSION, VIEWING_VERSION } from '../vocabulary/vocabulary.ts';
import { entries } from './fields.ts';

const EXAMPLE: JobSpecInput = {
  jobspec_version: JOBSPEC_VERSION,
  sources: ['/mnt/raid/day3/A001C003.mov'],
  output_directory: '/mnt/raid/proxies',
  codec: 'prores_proxy',
  container: 'mov',
  resolution: 'half',
  naming_template: '{source_name}_proxy',
};

/**
 * The JobSpec contract as JSON Schema 2020-12, for editors and pipelines. It is never stricter than `parseJobSpec`; what a
 * schema can't say (duplicate keys, output names, bytes, size bounds, the platform's paths) only the parser knows.
 */
export function jobSpecSchema(): Schema {
  const fields = entries();
  const optional = fields.filter(([, { presence }]) => presence !== 'required');
  return {
    $schema: DIALECT,
    $id: `urn:watch-folder-runner:jobspec:${VIEWING_VERSION}`,
    title: `JobSpec ${VIEWING_VERSION}`,
    description: 'One job: sources to make proxies of, all with the same settings.',
    ...closedObject(
      Object.fromEntries(
        fields.map(([name, { schema, title, description, examples }]) => [
          name,
          { title, ...schema, description, examples },
        ]),
      ),
      optional.map(([name]) => name),
    ),
    examples: [EXAMPLE],
    allOf: fields.flatMap(([, { couplings = [] }]) => couplings),
  };
}
