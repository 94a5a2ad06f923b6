import { writeFile } from 'node:fs/promises';
import { describe, expect, it, vi } from 'vitest';
import { useClips } from '../support/clips.ts';
import { runOnce, startRunner } from '../support/runner.ts';
import { useWatchFolder } from '../support/watch-folder.ts';
import { FolderLease } from '../../apps/runner/src/watch/folder-lease.ts';

const clips = useClips({ 'a.mov': { frames: 2 } });
const folder = useWatchFolder();
const refused = (id: string) => JSON.stringify({ job_id: id });

describe('a job name that is used again', () => {
  it('finds its number in few looks, however often it was used', async () => {
    for (let attempt = 1; attempt <= 500; attempt++)
      await writeFile(folder().path('failed', attempt === 1 ? 'x.json' : `x.${attempt}.json`), '');
    await folder().drop('x.json', refused('mine'));
    const looks = vi.spyOn(FolderLease.prototype, 'confirmedMissing');
    await runOnce(folder());
    expect(looks.mock.calls.length).toBeLessThan(100);
    looks.mockRestore();
    expect(await folder().names('failed')).toContain('x.501.result.json');
  });

  it.each([
    ['ASCII', 'n'.repeat(243)],
    ['two bytes a character', 'ä'.repeat(121)],
    ['four bytes a character', '\u{1F3AC}'.repeat(60)],
  ])('is shortened where the number would not fit: %s', async (_, stem) => {
    for (const id of ['first', 'second']) {
      await folder().drop(`${stem}.json`, refused(id));
      await runOnce(folder());
    }
    const jobs = await folder().archived();
    expect(new Set(jobs.map(({ result }) => result.job_id))).toEqual(new Set(['first', 'second']));
    const second = jobs.find(({ result }) => result.job_id === 'second');
    expect(second?.name).toMatch(/\.2\.json$/);
    expect(stem.startsWith(second?.name.replace('.2.json', '') ?? 'missing')).toBe(true);
  });
});

describe('a job name that is still in running/', () => {
  it('waits in pending/ until the first job of that name is archived', async () => {
    const sources = Array.from({ length: 4 }, () => clips['a.mov']);
    await folder().dropJob('x.json', { sources, naming_template: '{index}' });
    const runner = await startRunner(folder(), { maxWorkers: 2 });
    await vi.waitFor(async () => expect(await folder().names('running')).toContain('x.json'));
    await folder().drop('x.json', refused('second'));
    await vi.waitFor(async () => expect(await folder().archived()).toHaveLength(2), 60_000);
    await runner.stop();
    const [second, first] = await folder().archived();
    expect(first).toMatchObject({ name: 'x.json', state: 'completed' });
    expect(second).toMatchObject({ name: 'x.2.json', state: 'failed' });
    const [started = '', ended = ''] = [second?.result.started_at, first?.result.completed_at];
    expect(started >= ended).toBe(true);
  });
});
