import { closedObject, DIALECT, type Schema } from '../schema/json-schema.ts';
import { JOBSPEC_VERSION } from '../vocabulary/vocabulary.ts';
import { entries } from './fields.ts';

/**
 * The JobSpec contract as JSON Schema 2020-12, for editors and pipelines. It is never stricter than `parseJobSpec`; what a
 * schema can't say (duplicate keys, output names, bytes, size bounds, the platform's paths) only the parser knows.
 */
export function jobSpecSchema(): Schema {
  const fields = entries();
  const optional = fields.filter(([, { presence }]) => presence !== 'required');
  return {
    $schema: DIALECT,
    $id: `urn:watch-folder-runner:jobspec:${JOBSPEC_VERSION}`,
    title: `JobSpec ${JOBSPEC_VERSION}`,
    description: 'One job: sources to make proxies of, all with the same settings.',
    ...closedObject(
      Object.fromEntries(
        fields.map(([name, { schema, description }]) => [name, { ...schema, description }]),
      ),
      optional.map(([name]) => name),
    ),
    allOf: fields.flatMap(([, { couplings = [] }]) => couplings),
  };
}
