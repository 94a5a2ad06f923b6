import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { clipResult, jobResult } from '../../../../test/support/job-result.ts';
import { jobSpec } from '../../../../test/support/job-spec.ts';
import { foldedName } from '@app/jobspec';
import { WatchFolder } from '../../../storage/src/watch-folder/watch-folder.ts';
import { WatchFolderJobs } from './job-index.ts';

let base = '';
let folder: WatchFolder;
beforeEach(async () => {
  base = await realpath(await mkdtemp(join(tmpdir(), 'wfr-')));
  folder = new WatchFolder(base);
  await folder.prepare();
});
afterEach(() => rm(base, { recursive: true }));

const KIND = 'prores_proxy mov half';
const source = (name: string) => join(base, `${name}.mov`);
const proxy = (name: string) => foldedName(join(base, `${name}_proxy.mov`));
const drop = (where: 'pending' | 'running' | 'completed' | 'failed', name: string, fields = {}) =>
  writeFile(
    join(folder[where], `${name}.json`),
    JSON.stringify(jobSpec({ sources: [source(name)], output_directory: base, ...fields })),
  );

describe('what other jobs make', () => {
  it('is to come while they wait or run', async () => {
    for (const [state, name] of [
      ['pending', 'a'],
      ['running', 'b'],
      ['failed', 'd'],
    ] as const)
      await drop(state, name);
    const { pending, made } = await new WatchFolderJobs(folder).read();
    expect([...pending]).toEqual([
      [proxy('a'), { source: source('a'), kind: 'prores_proxy mov same' }],
      [proxy('b'), { source: source('b'), kind: 'prores_proxy mov same' }],
    ]);
    expect(made.size).toBe(0);
  });

  it('is nothing where a job will be refused, is none, or is hidden', async () => {
    await drop('pending', 'a', { codec: 'none' });
    await writeFile(join(folder.pending, 'b.json'), '{"job_id":');
    await writeFile(
      join(folder.pending, '.c.json'),
      JSON.stringify(jobSpec({ sources: [source('c')], output_directory: base })),
    );
    expect((await new WatchFolderJobs(folder).read()).pending.size).toBe(0);
  });

  it('is made as the latest result has it', async () => {
    const at = (time: number) => new Date(time).toISOString().replace('Z', '+00:00');
    const outcome = (name: string, endedAt: number, bytes: number | null) =>
      writeFile(
        join(folder[bytes === null ? 'failed' : 'completed'], `${name}.result.json`),
        JSON.stringify(
          jobResult({
            clips: [
              clipResult('a', {
                resolved_output_path: join(base, 'a_proxy.mov'),
                status: bytes === null ? 'FAILED' : 'COMPLETED',
                output_size_bytes: bytes,
                failure_type: bytes === null ? 'EngineError' : null,
                failure_reason: bytes === null ? 'it is cut' : null,
              }),
            ],
          }),
        ).replaceAll(/"completed_at":"[^"]*"/g, `"completed_at":"${at(endedAt)}"`),
      );
    await outcome('first', 3, null);
    await outcome('second', 2, 7);
    await outcome('third', 1, 9);
    await writeFile(join(folder.completed, 'broken.result.json'), '{');
    const { made } = await new WatchFolderJobs(folder).read();
    expect([...made]).toEqual([
      [proxy('a'), { source: clipResult('a').source_path, kind: KIND, bytes: 7 }],
    ]);
  });
});

it('without a watch folder there are no other jobs', async () => {
  const { pending, made } = await new WatchFolderJobs(null).read();
  expect([pending.size, made.size]).toEqual([0, 0]);
});
