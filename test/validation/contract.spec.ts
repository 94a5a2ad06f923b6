import { beforeAll, describe, expect, it } from 'vitest';
import { useClips } from '../support/clips.ts';
import type { JobFields } from '../support/job-spec.ts';
import { runOnce } from '../support/runner.ts';
import { useSharedWatchFolder } from '../support/watch-folder.ts';

const clips = useClips({ 'A001C001.mov': { width: 322, height: 182 } });
const folder = useSharedWatchFolder();

/**
 * Files that break one rule of the contract, and the path of the violation where it isn't the first field: one for each place that
 * finds violations. The parser's own specs have every rule.
 */
const BROKEN: Record<string, [fields: JobFields, path?: string]> = {
  'a field left out': [{ codec: undefined }],
  'another version': [{ jobspec_version: '2.0' }],
  'a relative source': [{ sources: ['/a.mov', 'clips/b.mov'] }, 'sources[1]'],
  'a container that the codec may not have': [{ container: 'mp4' }],
  'DNxHD in MOV': [{ container: 'mov', codec: 'dnxhd' }],
  'an explicit mode without a rate': [{ fps_explicit: null, fps_mode: 'explicit' }],
  'a name of 256 bytes with its extension': [{ naming_template: 'ä'.repeat(126) }],
  'names that are equal': [{ naming_template: '{source_name}', sources: ['/1/a.mov', '/2/a.mov'] }],
  'a date token without a date': [{ created_at: undefined, naming_template: '{date}' }],
  'tokens that are no text': [{ resolved_tokens: { reel: 1 } }, 'resolved_tokens.reel'],
  'sources of the wrong type': [{ sources: {} }],
  'DNxHD at a size that it does not have': [
    { resolution: 'same', codec: 'dnxhd', container: 'mxf' },
  ],
  'DNxHR at a rate that MXF does not have': [
    { fps_explicit: 12, fps_mode: 'explicit', codec: 'dnxhr', container: 'mxf' },
  ],
};

const fileOf = (name: string) => `${name.replaceAll('/', ' ')}.json`;

beforeAll(async () => {
  const complete = { sources: [clips['A001C001.mov']], output_directory: folder().output };
  for (const [name, [fields]] of Object.entries(BROKEN))
    await folder().dropJob(fileOf(name), { ...complete, ...fields });
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
  it.each(Object.entries(BROKEN))('with %s', async (name, [fields, path]) => {
    expect(await violationPaths(fileOf(name))).toEqual([path ?? Object.keys(fields)[0]]);
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
