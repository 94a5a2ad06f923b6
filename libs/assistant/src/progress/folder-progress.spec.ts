import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { folderProgress, progressLines } from './folder-progress.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'watch-folder-runner-'));
});
afterEach(() => rm(root, { recursive: true }));

const ago = (seconds: number) => new Date(Date.now() - seconds * 1000).toISOString();

async function folderWith(status: object | null) {
  for (const name of ['pending', 'running', 'completed', 'failed', '.runner'])
    await mkdir(join(root, name));
  for (const name of ['pending/a.json', 'pending/b.json', 'pending/x.txt', 'running/c.json'])
    await writeFile(join(root, name), '{}');
  for (const name of ['completed/d.json', 'completed/d.result.json', 'failed/e.json'])
    await writeFile(join(root, name), '{}');
  if (status !== null) {
    const own = { host: 'ingest', pid: 7, poll_seconds: 2, ...status };
    await writeFile(join(root, '.runner/status.json'), JSON.stringify(own));
  }
  return folderProgress(root);
}

describe('how far a watch folder is', () => {
  it('is what its runner says, and the entries of its folders', async () => {
    const active = [
      {
        source_path: '/card/C1.MP4',
        clip: 1,
        total_clips: 1,
        phase: 'making',
        frames: 12,
        declared_frames: 48,
      },
    ];
    const progress = await folderWith({
      last_scan_at: ago(1),
      busy_since: ago(60),
      ended: 3,
      active,
      held: 'the disk of /out is full',
    });
    expect(progressLines(progress)).toEqual([
      expect.stringMatching(/: a runner is active \(ingest, pid 7\), last sign [12] s ago$/),
      '[##########..........] 3 of 6 jobs, 54 %, about 1 min left',
      '  C1.MP4: encoding, 25 % (12 of 48 frames)',
      'The runner says: the disk of /out is full',
      'Jobs: 2 queued, 1 running, 1 done, 1 failed or rejected (also those made since or put aside).',
    ]);
  });

  it.each([
    ['silent', { last_scan_at: ago(3600) }, "the runner isn't responding (ingest, pid 7)"],
    ['stopped', { stopped_at: ago(120) }, 'the last one stopped 2 min ago'],
    ['none', null, 'no runner yet'],
  ])('says of a runner that is %s that nothing goes on', async (_, status, words) => {
    const progress = await folderWith(status);
    const [first, second] = progressLines(progress);
    expect(first).toContain(words);
    expect(second).toBe('[....................] 0 of 3 jobs, 0 %');
  });

  it('is told of watch folders alone', async () => {
    await expect(folderProgress(root)).rejects.toThrow('is not a watch folder');
    await expect(folderProgress(join(root, 'none'))).rejects.toThrow('is not a watch folder');
  });
});
