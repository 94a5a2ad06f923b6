import type { Field } from '../fields/field.ts';
import { closedObject, DIALECT, fieldIs, when, type Schema } from '../schema/json-schema.ts';
import type { JobSpecInput } from '../vocabulary/job-spec.ts';
import { JOBSPEC_VERSION, JOBSPEC_VERSIONS } from '../vocabulary/vocabulary.ts';
import { entries, NEWEST, versionsOf } from './fields.ts';

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
 * The JobSpec contract as JSON Schema 2020-12, for editors and pipelines. Never stricter than `parseJobSpec`, which
 * alone checks what a schema can't express: encoding, duplicate keys, output names, bounds of sizes, platform-specific
 * paths.
 */
export function jobSpecSchema(): Schema {
  const fields = entries();
  const optional = fields.filter((one) => !isAlwaysRequired(one));
  return {
    $schema: DIALECT,
    $id: `urn:watch-folder-runner:jobspec:${NEWEST}`,
    title: `JobSpec ${NEWEST}`,
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
    allOf: fields.flatMap(couplingsOf),
  };
}

type Entry = ReturnType<typeof entries>[number];

function isAlwaysRequired([, field]: Entry): boolean {
  return field.presence === 'required' && isInAll(field);
}

function isInAll(field: Field): boolean {
  return versionsOf(field).length === JOBSPEC_VERSIONS.length;
}

/**
 * Conditions that a field imposes on others. A field of a later version imposes them in versions that have it; older versions
 * refuse the field.
 */
function couplingsOf([name, field]: Entry): readonly Schema[] {
  const { presence, couplings = [] } = field;
  if (isInAll(field)) return couplings;
  const whereKnown = {
    ...(presence === 'required' && { required: [name] }),
    ...(couplings.length > 0 && { allOf: couplings }),
  };
  const versions = fieldIs('jobspec_version', ...versionsOf(field));
  return [when(versions, whereKnown, { properties: { [name]: false } })];
}
