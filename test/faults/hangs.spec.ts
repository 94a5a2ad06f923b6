import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { describe, expect, test } from 'vitest';
import type { JobFolder } from '../support/job-folder.ts';
import { until, type Fault } from '../support/runner-process.ts';
import { useStandInJobs } from '../support/stand-in-jobs.ts';
import { makeSource } from '../support/media.ts';

const jobs = useStandInJobs();
const BLOCKED_PATHS = fileURLToPath(new URL('../support/blocked-paths.cjs', import.meta.url));

/** At once: most of the time is spent on waiting for time limits. */
const RUNNERS = 16;
const GRACE_SECONDS = 30;
const ARGS = ['--max-workers', '2', '--shutdown-grace-seconds', String(GRACE_SECONDS)];

/** Job `a` has a source and an output directory of its own; `b` shares nothing with it but the watch folder. */
async function twoJobs(): Promise<{
  folder: JobFolder;
  dropA: () => Promise<void>;
  dropB: () => Promise<void>;
}> {
  const folder = await jobs.folder();
  const ownOutput = join(folder.output, 'of-a');
  await mkdir(ownOutput);
  const ownMedia = join(folder.output, 'media-of-a');
  await mkdir(ownMedia);
  const source = await makeSource(ownMedia, 'a.mov', { width: 160, height: 90, frames: 10 });
  return {
    folder,
    dropA: () => folder.submit('a.json', [source], { job_id: 'a', output_directory: ownOutput }),
    dropB: () => folder.submit('b.json', [jobs.media.source], { job_id: 'b' }),
  };
}

/** Every call that a runner makes for a job and for its folder, each once; what belongs to a run is a pattern. */
async function everyCall(): Promise<Fault[]> {
  const { folder, dropA } = await twoJobs();
  await dropA();
  const trace = join(folder.root, 'trace.log');
  const runner = jobs.start(folder, { args: [], env: { FAULT_TRACE: trace } });
  await until(async () => (await folder.names('completed')).length === 2);
  runner.signal('SIGTERM');
  await runner.exit();
  const base = join(folder.root, '..');
  // Texts that were written may follow in lines of their own.
  const isCall = (line: string) => /^[a-zA-Z-]+ /.test(line) && line.includes(base);
  const lines = (await readFile(trace, 'utf8')).split('\n').filter(isCall);
  const calls = lines.map((line) => {
    const [call = '', path = ''] = line.replaceAll(base, '').split(' ');
    const pattern = path.replace(/[0-9a-f]{16}-/g, '[0-9a-f]{16}-').replaceAll('.', '\\.');
    return `${call} ${pattern}`;
  });
  return [...new Set(calls)].map((line) => {
    const [call = '', path = ''] = line.split(' ');
    return { calls: [call], path: `${path}( |$)`, act: 'hang' };
  });
}

/** Hangs one call for ever. @returns what went wrong, or `null`. */
async function tryHang(fault: Fault): Promise<string | null> {
  const name = `${fault.calls?.join()} ${fault.path}`;
  const { folder, dropA, dropB } = await twoJobs();
  await dropA();
  const runner = jobs.start(folder, { args: ARGS, fault });
  const concernsA = /of-a|\/a\b/.test(fault.path ?? '');
  if (concernsA) {
    await dropB();
    const isMade = async () =>
      (await folder.results().catch(() => [])).some(({ job_id }) => job_id === 'b');
    const others = await until(isMade).then(
      () => null,
      () => `${name}: the other job did not go on: ${runner.log}`,
    );
    if (others !== null) return others;
  } else {
    // What a runner calls at its end only hangs after the signal.
    const isDone = async () => (await folder.names('completed')).length === 2;
    await until(async () => /^hang: /m.test(runner.log) || !runner.isRunning || (await isDone()));
  }
  runner.signal('SIGTERM');
  await until(() => runner.log.includes('SIGTERM') || !runner.isRunning).catch(() => undefined);
  runner.signal('SIGTERM');
  const told = performance.now();
  await runner.exit();
  const seconds = (performance.now() - told) / 1000;
  return seconds <= GRACE_SECONDS ? null : `${name}: it took ${seconds} s to end`;
}

/** Of each kind of call the last one: the gate has time for these. */
function oneOfEachKind(calls: readonly Fault[]): Fault[] {
  return [...new Map(calls.map((fault) => [fault.calls?.join(), fault])).values()];
}

/** @returns what went wrong with any of the calls */
async function tryHangs(faults: readonly Fault[]): Promise<string[]> {
  const problems: string[] = [];
  const next = faults.values();
  const worker = async () => {
    for (const fault of next) {
      const problem = await tryHang(fault);
      if (problem !== null) problems.push(problem);
    }
  };
  await Promise.all(Array.from({ length: RUNNERS }, worker));
  return problems;
}

describe('while a call of the file system hangs, other jobs go on and two SIGTERMs end the runner within the grace time', () => {
  test('a call of each kind', async () => {
    const kinds = oneOfEachKind(await everyCall());
    expect(kinds.length).toBeGreaterThan(15);
    expect(await tryHangs(kinds)).toEqual([]);
  });

  test('every call', { timeout: 1_800_000, tags: ['night'] }, async () => {
    const calls = await everyCall();
    expect(calls.length).toBeGreaterThan(40);
    expect(await tryHangs(calls)).toEqual([]);
  });
});

test('calls that hold a thread for ever leave threads for other jobs, and do not keep the runner from ending', async () => {
  const { folder, dropB } = await twoJobs();
  const fifo = join(folder.root, 'fifo');
  await execa('mkfifo', [fifo]);
  const hung = join(folder.root, 'hung');
  await mkdir(hung);
  const names = Array.from({ length: 6 }, (_, index) => `a${index}`);
  for (const name of names) {
    const source = join(hung, `${name}.mov`);
    await writeFile(source, '');
    await folder.submit(`${name}.json`, [source], { job_id: name });
  }
  const runner = jobs.start(folder, {
    args: ['--max-workers', '8'],
    preload: ['--require', BLOCKED_PATHS],
    env: { BLOCKED_PATHS: hung, BLOCKING_FIFO: fifo },
  });
  await until(async () => (await folder.names('running')).length === names.length);
  await dropB();
  await until(async () => (await folder.results()).some(({ job_id }) => job_id === 'b'));
  expect((await folder.results())[0]?.final_status).toBe('COMPLETED');
  runner.signal('SIGTERM');
  await runner.logged('SIGTERM');
  runner.signal('SIGTERM');
  await runner.exit();
  const results = await folder.results();
  const interrupted = results.filter(({ failure_type }) => failure_type === 'RunnerInterrupted');
  expect(interrupted.map(({ job_id }) => job_id).sort()).toEqual(names);
});
