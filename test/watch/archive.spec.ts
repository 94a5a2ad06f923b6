import { readFile, writeFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { FolderHold } from '../../apps/runner/src/watch/folder/folder-hold.ts';
import { useClips } from '../support/clips.ts';
import { runOnce, startRunner } from '../support/runner.ts';
import { useWatchFolder } from '../support/watch-folder.ts';

const clips = useClips({ 'a.mov': { frames: 2 } });
const folder = useWatchFolder();
const refused = (id: string) => JSON.stringify({ job_id: id });
let good: (proxy: string) => { sources: string[]; naming_template: string };

beforeAll(() => {
  good = (proxy) => ({ sources: [clips['a.mov']], naming_template: proxy });
});

describe('a job name that is used again', () => {
  it('keeps every pair, with a number that its result knows', async () => {
    for (const id of ['first', 'second', 'third']) {
      await folder().drop('x.json', refused(id));
      await runOnce(folder());
    }
    const jobs = await folder().archived();
    expect(jobs.map(({ name, result }) => [name, result.job_id])).toEqual([
      ['x.2.json', 'second'],
      ['x.3.json', 'third'],
      ['x.json', 'first'],
    ]);
    expect(await folder().names('failed')).toEqual([
      'x.2.json',
      'x.2.result.json',
      'x.3.json',
      'x.3.result.json',
      'x.json',
      'x.result.json',
    ]);
  });

  it('is unique across completed/ and failed/', async () => {
    await folder().dropJob('x.json', good('one'));
    await runOnce(folder());
    await folder().drop('x.json', refused('second'));
    await runOnce(folder());
    await folder().dropJob('x.json', good('three'));
    await runOnce(folder());
    const jobs = await folder().archived();
    expect(jobs.map(({ name, state }) => [state, name])).toEqual([
      ['failed', 'x.2.json'],
      ['completed', 'x.3.json'],
      ['completed', 'x.json'],
    ]);
  });

  it('passes over names that somebody else has taken, and leaves those files as they are', async () => {
    await writeFile(folder().path('completed', 'x.json'), 'not a job');
    await writeFile(folder().path('failed', 'x.2.json'), 'neither');
    await folder().drop('x.json', refused('mine'));
    await runOnce(folder());
    expect(await folder().names('failed')).toEqual(['x.2.json', 'x.3.json', 'x.3.result.json']);
    expect(await readFile(folder().path('completed', 'x.json'), 'utf8')).toBe('not a job');
    expect(await readFile(folder().path('failed', 'x.2.json'), 'utf8')).toBe('neither');
  });

  it('finds its number in few looks, however often it was used', async () => {
    for (let attempt = 1; attempt <= 500; attempt++)
      await writeFile(folder().path('failed', attempt === 1 ? 'x.json' : `x.${attempt}.json`), '');
    await folder().drop('x.json', refused('mine'));
    const looks = vi.spyOn(FolderHold.prototype, 'confirmedMissing');
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
