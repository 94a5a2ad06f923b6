import { chmod, mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { beforeAll, describe, expect, it } from 'vitest';
import type { JobResult } from '@app/jobspec';
import { jobSpec, type JobFields } from '../support/job-spec.ts';
import { makeSource } from '../support/media.ts';
import { resultSchemaErrors } from '../support/result-schema.ts';
import { useTemporaryFolder } from '../support/temporary-folder.ts';

const SLURM = fileURLToPath(new URL('../../deploy/slurm', import.meta.url));
const MAIN = fileURLToPath(new URL('../../dist/apps/runner/src/main.js', import.meta.url));

/**
 * Submits, lets both long jobs encode, cancels one and kills the other's runner; then submits what waits to nodes without
 * the runner. Tells where each ran. No partition is the default.
 */
const SCENARIO = `
set -e
submit() { "$SLURM/submit.sh" "$FARM" --partition=encode --cpus-per-task=1; }
ended() { until [ -z "$(squeue --noheader)" ]; do sleep 0.3; done; }
submit
submit && exit 9
task() { basename "$(grep -l "^$1.json on" "$FARM"/.slurm/*_*.log)" .log; }
until [ "$(ls "$OUT"/.*.webm 2>/dev/null | wc -l)" -eq 2 ]; do sleep 0.2; done
pkill -KILL -f "main.js run .*$FARM/running/killed.json"
scancel "$(task canceled)"
ended
PATH=$BARE_PATH submit
ended
cat "$FARM"/.slurm/*_*.log | grep 'not on the PATH'
scontrol --oneliner show job | grep -o 'ArrayTaskId=.*' | grep -oE 'ArrayTaskId=[0-9]+|JobState=[A-Z]+| NodeList=n[12]'
`;

const folder = useTemporaryFolder();
let farm = '';
let report = '';

const result = async (path: string) =>
  JSON.parse(await readFile(join(farm, path), 'utf8')) as JobResult;

beforeAll(async () => {
  farm = join(folder.path, "farm with 'quotes'");
  const out = join(folder.path, 'out');
  const bin = join(folder.path, 'bin');
  for (const path of [`${farm}/pending`, `${farm}/completed`, out, bin])
    await mkdir(path, { recursive: true });
  await writeFile(join(bin, 'watch-folder-runner'), `#!/bin/sh\nexec node ${MAIN} "$@"\n`);
  await chmod(join(bin, 'watch-folder-runner'), 0o755);
  const short = await makeSource(folder.path, 'short.mov', {});
  const long = await makeSource(folder.path, 'long.mov', { width: 1280, height: 720, frames: 600 });
  const drop = (name: string, fields: JobFields) =>
    writeFile(
      join(farm, 'pending', name),
      JSON.stringify(jobSpec({ output_directory: out, sources: [short], ...fields })),
    );
  for (const name of ['a', 'b', 'c', 'd', '-e f\n'])
    await drop(`${name}.json`, { naming_template: `${name.trim()}_proxy` });
  for (const name of ['canceled', 'killed'])
    await drop(`${name}.json`, {
      sources: [long],
      codec: 'vp9',
      container: 'webm',
      naming_template: name,
    });
  // Past the eight that this Slurm takes at once.
  await drop('waits.json', {});
  await drop('missing.json', { sources: ['/nowhere/x.mov'] });
  await writeFile(join(farm, 'completed/b.json'), '{}');
  const path = `${bin}${delimiter}${process.env['PATH']}`;
  const env = { PATH: path, BARE_PATH: process.env['PATH'], SLURM, FARM: farm, OUT: out };
  const script = fileURLToPath(new URL('two-nodes.sh', import.meta.url));
  ({ stdout: report } = await execa(script, ['bash', '-c', SCENARIO], { env }));
});

describe('an array job over a folder of JobSpecs', () => {
  it('uses both nodes', () => {
    expect(report).toContain('NodeList=n1');
    expect(report).toContain('NodeList=n2');
    expect(report).toContain('8 JobSpecs: array job');
  });

  it('leaves in pending/ what a node without the runner would have to run', () => {
    expect(report).toMatch(
      /is not on the PATH of n\d: install it there. waits.json stays in pending/,
    );
  });

  it('archives each job beside its result, and leaves nothing behind', async () => {
    const archived = async (name: string) => (await readdir(join(farm, name))).sort();
    expect(await archived('pending')).toEqual(['waits.json']);
    expect(await archived('running')).toEqual([]);
    const completed = ['-e f\n', 'a', 'b.2', 'c', 'd'];
    const pairs = completed.flatMap((name) => [`${name}.json`, `${name}.result.json`]);
    expect(await archived('completed')).toEqual([...pairs, 'b.json'].sort());
    const failed = ['canceled', 'killed', 'missing'];
    expect(await archived('failed')).toEqual(
      failed.flatMap((name) => [`${name}.json`, `${name}.result.json`]),
    );
    for (const name of completed) {
      const made = await result(`completed/${name}.result.json`);
      expect(made).toMatchObject({ final_status: 'COMPLETED', completed_clips: 1 });
      expect(made._metadata.archived_as).toBe(`${name}.json`);
      expect(await resultSchemaErrors(made)).toEqual([]);
    }
  });

  it('tells what was refused, and what was cut off', async () => {
    const missing = await result('failed/missing.result.json');
    expect(missing).toMatchObject({ final_status: 'PARTIAL', failure_type: 'MissingSourcesError' });
    for (const name of ['canceled', 'killed']) {
      const cut = await result(`failed/${name}.result.json`);
      expect(cut).toMatchObject({ final_status: 'FAILED', failure_type: 'RunnerInterrupted' });
      expect(await resultSchemaErrors(cut)).toEqual([]);
    }
    expect(await result('failed/killed.result.json')).toHaveProperty('_recovery');
    expect(await result('failed/canceled.result.json')).not.toHaveProperty('_recovery');
  });
});
