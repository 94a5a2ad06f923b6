/** @module-tag night */
import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { execa } from 'execa';
import { expect, it } from 'vitest';
import { asRead, clipResult, jobResult } from '../support/job-result.ts';
import { METER, peakMegabytes } from '../support/peak-memory.ts';
import { useWatchFolder } from '../support/watch-folder.ts';

const MAIN = new URL('../../dist/apps/runner/src/main.js', import.meta.url).pathname;
const LIMIT_MB = 250;
const CLIPS = 9_900;
const BYTES = 63 * 2 ** 20;
const JOB = '{"jobspec_version":"2.1"}';
const ASKED = { codec: 'prores_proxy', container: 'mov', resolution: 'half', fps: null };
const folder = useWatchFolder();

/** A result of nearly 64 MiB, as one of many clips with much to say. */
function largeResult(archivedAs: string): string {
  const bare = clipResult('A001C001', { warnings: [] });
  const [read] = asRead(jobResult({ clips: [bare] })).clips;
  const plain = { ...bare, facts: { ...read?.facts, requested: ASKED } };
  const warning = 'é'.repeat((BYTES / CLIPS - JSON.stringify(plain).length) / 2);
  const clips = Array.from({ length: CLIPS }, () => ({ ...plain, warnings: [warning] }));
  const jobspec_sha256 = createHash('sha256').update(JOB).digest('hex');
  const result = jobResult({ _metadata: { archived_as: archivedAs, jobspec_sha256 } });
  return JSON.stringify({ ...result, clips });
}

it('results of 64 MiB are archived after a crash without as much memory as they hold', async () => {
  await mkdir(folder().path('running'), { recursive: true });
  for (const name of ['a', 'taken']) {
    await writeFile(folder().path('running', `${name}.json`), JOB);
    const text = largeResult(name === 'taken' ? 'a.json' : `${name}.json`);
    await writeFile(folder().path('running', `${name}.result.json`), text);
  }
  const argv = ['--import', METER, MAIN, folder().root, '--once'];
  const { exitCode, stdout, stderr } = await execa('node', argv, { reject: false });
  expect(stdout).toContain('2 jobs: 2 done, 0 failed, 0 rejected');
  expect(exitCode).toBe(0);
  expect(peakMegabytes(stderr)).toBeLessThan(LIMIT_MB);
  const { clips } = await folder().result('taken.json');
  expect(clips.map(({ status }) => status)).toHaveLength(CLIPS);
}, 900_000);
