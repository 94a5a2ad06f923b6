import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { WatchIndex } from '../live/watch-index.ts';
import { findMovedJob, openJob } from './open-job.ts';

const path = mkdtempSync(join(tmpdir(), 'unread-job-'));
for (const state of ['pending', 'completed', 'failed']) mkdirSync(join(path, state));
afterAll(() => rmSync(path, { recursive: true }));

const SPEC = JSON.stringify({ job_id: 'a1', sources: ['/m/A001C001.mov', '/m/A001C002.mov'] });
const RESULT = JSON.stringify({
  job_id: 'a1',
  final_status: 'COMPLETED',
  clips: [{ source_path: '/m/A001C001.mov', status: 'COMPLETED' }],
});
writeFileSync(join(path, 'completed/a.json'), SPEC);
writeFileSync(join(path, 'completed/a.result.json'), RESULT);
writeFileSync(join(path, 'pending/b.json'), SPEC);
writeFileSync(join(path, 'secret.json'), SPEC);
symlinkSync(join(path, 'completed'), join(path, 'running'));
symlinkSync(join(path, 'secret.json'), join(path, 'failed/link.json'));

/** An index that has read nothing yet. */
const index = {
  folder: (name: string) => (name === 'dailies' ? { name, path } : null),
  ask: () => [],
} as unknown as WatchIndex;
const open = (state: string, name: string, folder = 'dailies') =>
  openJob(index, { folder, state, name }, 0);

describe('a job that the first reading has not come to', () => {
  it('is read when somebody asks for it', async () => {
    const job = await open('completed', 'a.json');
    expect(job).toMatchObject({
      isIndexed: false,
      row: { job_id: 'a1', state: 'completed', final_status: 'COMPLETED', total_clips: 1 },
      clip: { source_path: '/m/A001C001.mov' },
    });
    expect((await open('pending', 'b.json'))?.row.total_clips).toBe(2);
  });

  it('is found where it lies now', async () => {
    const before = { folder: 'dailies', state: 'pending', name: 'a.json' };
    expect((await findMovedJob(index, before))?.state).toBe('completed');
    expect(await findMovedJob(index, { ...before, name: 'none.json' })).toBeNull();
  });

  it.each([
    ['completed', 'none.json'],
    ['completed', 'a.result.json'],
    ['completed', '../secret.json'],
    ['completed', '..'],
    ['completed', ''],
    ['completed', 'a\0.json'],
    ['lost', 'a.json'],
    ['', 'secret.json'],
    // A state's folder that is a link is not followed.
    ['running', 'a.json'],
  ])('is none at %j, %j', async (state, name) => {
    expect(await open(state, name)).toBeNull();
  });

  it('is not looked for in a folder that nobody shows, and no link is followed', async () => {
    expect(await open('completed', 'a.json', 'other')).toBeNull();
    const linked = await open('failed', 'link.json');
    expect(linked?.jobspecFile).toBeNull();
    expect(linked?.problem).toContain('symbolic link');
    expect(linked?.row.job_id).toBeNull();
  });

  it('is told as far as it can be read', async () => {
    writeFileSync(join(path, 'half'), '{"job_id": "a');
    renameSync(join(path, 'half'), join(path, 'failed/half.result.json'));
    expect((await open('failed', 'half.json'))?.problem).toBe(
      'half.result.json is not valid JSON.',
    );
  });
});
