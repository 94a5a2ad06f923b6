import { appendFile, link, open, utimes, writeFile } from 'node:fs/promises';
import { describe, expect, it, vi } from 'vitest';
import { useClips } from '../support/clips.ts';
import { jobSpec } from '../support/job-spec.ts';
import { runOnce, startRunner } from '../support/runner.ts';
import { useWatchFolder } from '../support/watch-folder.ts';

const clips = useClips({ 'a.mov': { frames: 2 } });
const folder = useWatchFolder();
const pending = (name: string) => folder().path('pending', name);
const archivedNames = async () => (await folder().archived()).map(({ name }) => name);

describe('a job file still being written', () => {
  it('is left alone until its last byte is there', async () => {
    const text = JSON.stringify(
      jobSpec({ sources: [clips['a.mov']], output_directory: folder().output }),
      null,
      2,
    );
    const { scanned, stop } = await startRunner(folder(), { settleSeconds: 3600 });
    const pieces = [text.slice(0, 1), text.slice(1, 80), text.slice(80, -1)];
    for (const piece of pieces) {
      await appendFile(pending('slow.json'), piece);
      await scanned(2);
      expect(await folder().names('pending')).toEqual(['slow.json']);
    }
    await appendFile(pending('slow.json'), text.slice(-1));
    await vi.waitFor(async () => expect(await archivedNames()).toEqual(['slow.json']), 60_000);
    await stop();
    expect((await folder().result('slow.json')).final_status).toBe('COMPLETED');
  });
});

describe('many large files that never settle', () => {
  it('hold nobody up, and are not read at every pass', async () => {
    const large = folder().beside('large');
    await writeFile(large, `{"a": "${'x'.repeat(8 * 2 ** 20 - 100)}`);
    for (let number = 10; number < 40; number++) await link(large, pending(`a${number}.json`));
    const touch = setInterval(() => void utimes(large, new Date(), new Date()), 20);
    try {
      const { scanned, stop } = await startRunner(folder(), { settleSeconds: 3600 });
      await folder().drop('zz.json', '{}');
      await vi.waitFor(async () => expect(await archivedNames()).toEqual(['zz.json']), 60_000);
      const before = process.cpuUsage();
      await scanned(10);
      const { user, system } = process.cpuUsage(before);
      // To parse all of them ten times takes more than ten seconds.
      expect((user + system) / 1e6).toBeLessThan(5);
      await stop();
    } finally {
      clearInterval(touch);
    }
  });
});

describe('a single run', () => {
  it('takes a file that is finished while it waits', async () => {
    await writeFile(pending('late.json'), '{');
    const run = runOnce(folder(), { settleSeconds: 2 });
    await appendFile(pending('late.json'), '}');
    expect((await run).summary).toBe('1 job: 0 done, 0 failed, 1 rejected');
    expect((await folder().result('late.json')).failure_type).toBe('JobSpecValidationError');
  });

  it('gives up on a file that never settles, leaves it and names it', async () => {
    const file = await open(pending('growing.json'), 'a');
    const timer = setInterval(() => void file.appendFile('{'), 20);
    try {
      const { log, summary } = await runOnce(folder(), { settleSeconds: 0.3 });
      expect(summary).toBe('0 jobs: 0 done, 0 failed, 0 rejected');
      expect(log.filter((line) => line.includes('growing.json'))).toEqual([
        '"growing.json" is left in pending/',
      ]);
    } finally {
      clearInterval(timer);
      await file.close();
    }
    expect(await folder().names('pending')).toEqual(['growing.json']);
  });
});
