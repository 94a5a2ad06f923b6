import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { proxyKeyOf } from '@app/jobspec/ledger';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { clipResult, jobResult } from '../../../../test/support/job-result.ts';
import { jobSpec } from '../../../../test/support/job-spec.ts';
import { foldedName } from '@app/jobspec';
import { WatchFolder } from '../watch/folder/index.ts';
import { otherJobs } from './other-jobs.ts';

let base = '';
let folder: WatchFolder;
beforeEach(async () => {
  base = await realpath(await mkdtemp(join(tmpdir(), 'wfr-')));
  folder = new WatchFolder(base);
  await folder.prepare();
});
afterEach(() => rm(base, { recursive: true }));

const source = (name: string) => join(base, `${name}.mov`);
const proxy = (name: string) => foldedName(join(base, `${name}_proxy.mov`));
const drop = (where: 'pending' | 'running' | 'completed' | 'failed', name: string, fields = {}) =>
  writeFile(
    join(folder[where], `${name}.json`),
    JSON.stringify(jobSpec({ sources: [source(name)], output_directory: base, ...fields })),
  );

describe('what other jobs make', () => {
  it('is promised while they wait or run, and ended after that', async () => {
    await drop('pending', 'a');
    await drop('running', 'b');
    await drop('completed', 'c');
    await drop('failed', 'd');
    const { pendingOutputs: promised, ended } = await otherJobs(folder);
    expect([...promised]).toEqual([
      [proxy('a'), source('a')],
      [proxy('b'), source('b')],
    ]);
    expect([...ended.keys()].toSorted()).toEqual([proxy('c'), proxy('d')]);
  });

  it('is nothing where a job will be refused, is none, or is hidden', async () => {
    await drop('pending', 'a', { codec: 'none' });
    await writeFile(join(folder.pending, 'b.json'), '{"job_id":');
    await writeFile(
      join(folder.pending, '.c.json'),
      JSON.stringify(jobSpec({ sources: [source('c')], output_directory: base })),
    );
    expect((await otherJobs(folder)).pendingOutputs.size).toBe(0);
  });

  it('is known by the latest result', async () => {
    const outcome = (completed_at: string, status: 'COMPLETED' | 'FAILED', name: string) =>
      writeFile(
        join(folder.failed, `${name}.result.json`),
        JSON.stringify(
          jobResult({
            clips: [
              clipResult('a', {
                resolved_output_path: join(base, 'a_proxy.mov'),
                status,
                output_size_bytes: status === 'FAILED' ? null : 7,
                failure_type: status === 'FAILED' ? 'EngineError' : null,
                failure_reason: status === 'FAILED' ? 'it is cut' : null,
                completed_at,
              }),
            ],
          }),
        ).replaceAll(/"completed_at":"[^"]*"/g, `"completed_at":"${completed_at}"`),
      );
    await outcome('2026-01-02T00:00:00.000+00:00', 'FAILED', 'first');
    await outcome('2026-01-01T00:00:00.000+00:00', 'COMPLETED', 'second');
    const { failed, verified } = await otherJobs(folder);
    expect(verified.get(proxy('a'))).toBeNull();
    expect([...failed]).toEqual([proxyKeyOf(clipResult('a').source_path, 'prores_proxy mov half')]);
  });
});

it('without a watch folder there are no other jobs', async () => {
  const { pendingOutputs: promised, ended, verified, failed } = await otherJobs(null);
  expect([promised.size, ended.size, verified.size, failed.size]).toEqual([0, 0, 0, 0]);
});
