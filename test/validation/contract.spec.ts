import { beforeAll, describe, expect, it } from 'vitest';
import { JOBSPEC_FIELDS } from '@app/jobspec';
import { useClips } from '../support/clips.ts';
import { jobSpec, type JobFields } from '../support/job-spec.ts';
import { runOnce } from '../support/runner.ts';
import { useSharedWatchFolder } from '../support/watch-folder.ts';

const clips = useClips({ 'A001C001.mov': { width: 322, height: 182 } });
const folder = useSharedWatchFolder();

/** Every field that must be there. */
const REQUIRED = JOBSPEC_FIELDS.filter((field) =>
  'jobspec_version sources output_directory codec container resolution naming_template'
    .split(' ')
    .includes(field),
);

/** Fields that break one rule of the contract, and the path of the violation where it isn't the first field. */
const BROKEN: Record<string, [fields: JobFields, path?: string]> = {
  'another version': [{ jobspec_version: '2.0' }],
  'an id with a slash': [{ job_id: 'a/b' }],
  'an id of 129 characters': [{ job_id: 'a'.repeat(129) }],
  'no sources': [{ sources: [] }],
  '10,001 sources': [{ sources: Array.from({ length: 10_001 }, (_, i) => `/${i}`) }],
  'a relative source': [{ sources: ['/a.mov', 'clips/b.mov'] }, 'sources[1]'],
  'a NUL in a source': [{ sources: ['/a\0.mov'] }, 'sources[0]'],
  'a URL': [{ sources: ['http://127.0.0.1/a.mov'] }, 'sources[0]'],
  'a relative output directory': [{ output_directory: 'proxies' }],
  'a NUL in the output directory': [{ output_directory: '/tmp\0' }],
  'an unknown codec': [{ codec: 'prores' }],
  'a codec in capitals': [{ codec: 'H264' }],
  'an unknown container': [{ container: 'avi' }],
  'a container that the codec may not have': [{ container: 'mp4' }],
  'DNxHD in MOV': [{ container: 'mov', codec: 'dnxhd' }],
  'an unknown resolution': [{ resolution: 'third' }],
  'a size in capitals': [{ resolution: '1920X1080' }],
  'a size of zero': [{ resolution: '0x0' }],
  'an unknown mode of frame rate': [{ fps_mode: 'auto' }],
  'an explicit mode without a rate': [{ fps_explicit: null, fps_mode: 'explicit' }],
  'a rate without explicit mode': [{ fps_explicit: 25 }],
  'a rate of zero': [{ fps_explicit: 0, fps_mode: 'explicit' }],
  'a negative rate': [{ fps_explicit: -25, fps_mode: 'explicit' }],
  'a rate as text': [{ fps_explicit: '25', fps_mode: 'explicit' }],
  'an unknown token': [{ naming_template: '{reel}' }],
  'a path in the template': [{ naming_template: '../{source_name}' }],
  'a template of dots': [{ naming_template: '..' }],
  'an empty template': [{ naming_template: '' }],
  'a template that names all sources alike': [
    { naming_template: 'proxy', sources: ['/a.mov', '/b.mov'] },
  ],
  'a name of 300 bytes': [{ naming_template: 'n'.repeat(300) }],
  'a name of 256 bytes with its extension': [{ naming_template: 'ä'.repeat(126) }],
  'names that are equal': [{ naming_template: '{source_name}', sources: ['/1/a.mov', '/2/a.mov'] }],
  'a date token without a date': [{ created_at: undefined, naming_template: '{date}' }],
  'a date without offset': [{ created_at: '2025-12-28T12:00:00' }],
  'a day that does not exist': [{ created_at: '2025-02-30T12:00:00Z' }],
  'tokens that are no text': [{ resolved_tokens: { reel: 1 } }, 'resolved_tokens.reel'],
  'DNxHD at a size that it does not have': [
    { resolution: 'same', codec: 'dnxhd', container: 'mxf' },
  ],
  'DNxHR at a rate that MXF does not have': [
    { fps_explicit: 12, fps_mode: 'explicit', codec: 'dnxhr', container: 'mxf' },
  ],
};

const WRONG_TYPES = JOBSPEC_FIELDS.flatMap((field) =>
  [null, 1, true, 'no', [], {}, [[]], { a: [] }].map((value, i): [string, unknown, string] => [
    field,
    value,
    `wrong ${field} ${i}`,
  ]),
).filter(([field, value]) => !isRight(field, value));

function isRight(field: string, value: unknown): boolean {
  if (field === 'fps_explicit') return value === null;
  if (field === 'job_id' || field === 'naming_template') return value === 'no';
  return field === 'resolved_tokens' && JSON.stringify(value) === '{}';
}

const fileOf = (name: string) => `${name.replaceAll('/', ' ')}.json`;

beforeAll(async () => {
  const complete = { sources: [clips['A001C001.mov']], output_directory: folder().output };
  for (const field of REQUIRED) {
    const spec = jobSpec({ ...complete, [field]: undefined });
    await folder().drop(`without ${field}.json`, JSON.stringify(spec));
  }
  for (const [name, [fields]] of Object.entries(BROKEN))
    await folder().dropJob(fileOf(name), { ...complete, ...fields });
  for (const [field, value, name] of WRONG_TYPES)
    await folder().dropJob(fileOf(name), { ...complete, [field]: value });
  await folder().dropJob('everything.json', { jobspec_version: '1', sources: ['a', 'b'], x: 1 });
  await runOnce(folder());
});

async function violationPaths(file: string): Promise<string[]> {
  const result = await folder().result(file);
  expect(result).toMatchObject({
    final_status: 'PARTIAL',
    failure_type: 'JobSpecValidationError',
    clips: [],
    failed_clips: 0,
  });
  expect(result.failure_reason).toMatch(/^JobSpec contract violation: /);
  return result.violations.map(({ path }) => path);
}

describe('a JobSpec is refused', () => {
  it.each(REQUIRED)('without %s', async (field) => {
    expect(await violationPaths(`without ${field}.json`)).toEqual([field]);
  });

  it.each(Object.entries(BROKEN))('with %s', async (name, [fields, path]) => {
    expect(await violationPaths(fileOf(name))).toEqual([path ?? Object.keys(fields)[0]]);
  });

  it.each(WRONG_TYPES)('with %s of the wrong type: %j', async (field, _, name) => {
    const paths = await violationPaths(fileOf(name));
    expect(paths.filter((path) => path.startsWith(field))).not.toEqual([]);
  });

  it('with all of its violations in one result, in the order of the contract', async () => {
    expect(await violationPaths('everything.json')).toEqual([
      'jobspec_version',
      'sources[0]',
      'sources[1]',
      'x',
    ]);
  });

  it('before anything is written to the output directory', async () => {
    expect(await folder().names('output')).toEqual([]);
  });
});
