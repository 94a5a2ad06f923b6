import { expect, it } from 'vitest';
import { unmadeClip } from './found-clip.ts';
import { withOutputs } from './planned-outputs.ts';

const spec = {
  output_directory: '/proxies/',
  naming_template: '{source_name}_{job_id}_{date}_{resolution}',
  container: 'mov',
  codec: 'prores_proxy',
  resolution: 'half',
  created_at: '2026-11-26T10:00:00+01:00',
};

/** The files that clips of a job with such a JobSpec are to be. */
function outputsOf(of: object): string[] {
  const sources = ['/card/A001C001.mov', '/card/A001C002.mov'];
  const clips = sources.map((source) => unmadeClip(source, 'WAITING', 1, null));
  const facts = { job_id: 'a', sources, kind: null, spec: { ...spec, ...of } };
  return withOutputs(clips, facts).map(({ output_path }) => output_path);
}

it('clips of a running job have the names that the runner gives their proxies', () => {
  expect(outputsOf({})).toEqual([
    '/proxies/A001C001_a_20261126_half.mov',
    '/proxies/A001C002_a_20261126_half.mov',
  ]);
});

it('and none where the JobSpec is of another quality', () => {
  for (const of of [{ naming_template: 7 }, { output_directory: null }, { codec: undefined }])
    expect(outputsOf(of)).toEqual(['', '']);
  expect(withOutputs([], null)).toEqual([]);
});
