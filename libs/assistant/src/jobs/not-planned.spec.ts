import { expect, it } from 'vitest';
import { Inventory } from '@app/jobspec/inventory';
import { asRead, clipResult, jobResult } from '../../../../test/support/job-result.ts';
import type { EndedJob } from './known-jobs.ts';
import { notPlanned } from './not-planned.ts';

const PRORES = 'prores_proxy mov {source_name} /out';
const H264 = 'h264 mp4 {source_name} /out';
const requested = {
  codec: 'prores_proxy',
  container: 'MOV',
  resolution: 'half',
  fps: null,
  looks: [],
};
const sha = (digit: string) => digit.repeat(64);
const clip = (name: string, kind: string, asked: { job: string; job_sha256: string } | null) => ({
  at: '2026-11-30T10:00:00Z',
  medium: '/card',
  path: clipResult(name).source_path,
  bytes: 1,
  mtime_ms: 1,
  seconds: null,
  kind,
  look: 'half',
  ...(asked === null
    ? { job: null, job_sha256: null, cause: 'unreadable' as const, reason: 'It is cut.' }
    : { ...asked, cause: null, reason: null }),
});
const ended = (name: string, jobspec_sha256: string): EndedJob => ({
  name,
  archive: 'completed',
  result: asRead(jobResult({ clips: [clipResult('A')], _metadata: { jobspec_sha256 } })),
  request: null,
});
it('tells for each kind whether its job is known, by name or bytes', () => {
  const inventory = new Inventory();
  inventory.add(clip('A', PRORES, { job: 'a.json', job_sha256: sha('1') }));
  inventory.add(clip('A', H264, { job: 'b.json', job_sha256: sha('2') }));
  inventory.add(clip('B', PRORES, { job: 'c.json', job_sha256: sha('3') }));
  inventory.add(clip('C', PRORES, null));
  inventory.add(clip('C', H264, null));
  const request = { sources: [clipResult('B').source_path], requested };
  const job = { name: 'c.json', jobId: 'c', state: 'waiting', at: 0, sha256: sha('9') } as const;
  const coming = [{ ...job, request }];
  const found = notPlanned(inventory, { coming, ended: [ended('renamed.json', sha('1'))] });
  expect(found.clips.map(({ path, cause }) => [path.at(-5), cause])).toEqual([
    ['C', 'unreadable'],
    ['A', 'lost'],
  ]);
  expect(found.isSettled).toBe(true);
});

it('is not deceived by a line that names a job which makes another proxy of the clip', () => {
  const inventory = new Inventory();
  inventory.add(clip('A', H264, { job: 'a.json', job_sha256: sha('1') }));
  const { clips } = notPlanned(inventory, { coming: [], ended: [ended('a.json', sha('1'))] });
  expect(clips.map(({ cause }) => cause)).toEqual(['lost']);
});

it('leaves a plan that is being made the time to drop its jobs', () => {
  const inventory = new Inventory();
  const at = new Date().toISOString();
  inventory.add({ ...clip('A', PRORES, { job: 'a.json', job_sha256: sha('1') }), at });
  const found = notPlanned(inventory, { coming: [], ended: [] });
  expect([found.clips, found.isSettled]).toEqual([[], false]);
});

it('has of a clip that was asked for in another look since the last alone', () => {
  const inventory = new Inventory();
  inventory.add(clip('A', PRORES, { job: 'gone.json', job_sha256: sha('1') }));
  const again = clip('A', PRORES, { job: 'a.json', job_sha256: sha('2') });
  inventory.add({ ...again, look: 'same', at: '2026-11-30T12:00:00Z' });
  expect(notPlanned(inventory, { coming: [], ended: [ended('a.json', sha('2'))] }).clips).toEqual(
    [],
  );
});

it('knows no more of a job that the runner archived, unless another one has its clip', () => {
  const inventory = new Inventory();
  for (const [name, digit] of [
    ['A', '1'],
    ['B', '2'],
  ] as const) {
    const asked = { job: `${name}.json`, job_sha256: sha(digit) };
    inventory.add(clip(name, PRORES, asked));
    const sources = [clipResult(name).source_path];
    const at = '2026-11-30T11:00:00Z';
    inventory.add({ at, archived: asked.job, sha256: asked.job_sha256, sources });
  }
  const found = notPlanned(inventory, { coming: [], ended: [ended('retry.json', sha('5'))] });
  expect([...found.forgotten]).toEqual([['/card', 1]]);
  expect(found.clips).toEqual([]);
});
