import { mkdir, readdir, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { JobState } from '@app/jobspec/folder';
import { digestOf, Ledger, STATES } from '../crash/ledger.ts';
import { Random } from '../crash/random.ts';
import { JobFolder } from '../support/job-folder.ts';
import { madeEngine, PROXY, SOURCE } from './programs.ts';
import { Runner, until } from './runner.ts';
import { restartServers, type Share } from './shares.ts';

/** Parts of the campaign, each in a folder of its own. */
export const PARTS = 5;
const KILLS_OF_ONE = 10;
/** No further kill of a part after this time, in milliseconds: a machine that has to share its cores does fewer. */
const LONGEST_MS = 6 * 60_000;
const JOBS_OF_ONE = 4;
/** Every so many jobs one has no source, and fails. */
const MISSING_EVERY = 9;

/** Kills runner and server by chance, while 40 jobs are made, dropped on the server. @returns what doesn't hold afterwards. */
export async function kill(share: Share, seed: number, part: number): Promise<string[]> {
  const random = new Random(seed * PARTS + part);
  const base = join(share.places.a, `kills-${part}`);
  const folder = await mkdir(base).then(() => JobFolder.create(base));
  for (const state of STATES) await mkdir(folder.path(state), { recursive: true });
  const log = `/tmp/kills-${part}.log`;
  const programs = await madeEngine({ STAND_IN_SECONDS: '0.1', STAND_IN_LOG: log });
  const ledger = new Ledger(folder, await digestOf(PROXY), new Map(), log);
  const start = () => Runner.on(folder.root, { host: 'a', args: ['--max-workers', '2'], programs });
  const root = folder.root.replace(share.places.a, share.onServer);
  const onServer = (state: string) => join(root, state);
  const drop = async (id: string, source: string) => {
    const spec = JSON.stringify(folder.spec([source], { job_id: id }));
    await writeFile(join(onServer('pending'), `.${id}`), spec);
    await rename(join(onServer('pending'), `.${id}`), join(onServer('pending'), `${id}.json`));
  };
  const ended = async () => {
    const names = await Promise.all(
      ['completed', 'failed'].map((state) => readdir(onServer(state))),
    );
    return names.flat().filter((name) => name.endsWith('.result.json')).length;
  };
  const shown = (root: (state: string) => string) =>
    Promise.all(STATES.map(async (state) => (await readdir(root(state))).sort().join()));
  /** A client may show a list of names that it has kept, without what was dropped on the server since. */
  const seesAll = async () => {
    const [here, there] = [
      await shown((state) => folder.path(state as JobState)),
      await shown(onServer),
    ];
    return here.join('/') === there.join('/');
  };
  const restart = async (awayMs: number) => {
    await restartServers(awayMs);
    await until(() => stat(folder.root).then(Boolean, () => false));
  };

  const kills = { runner: 0, server: 0 };
  const problems: string[] = [];
  let runner = start();
  const limit = performance.now() + LONGEST_MS;
  for (let done = 0; done < KILLS_OF_ONE && problems.length === 0; done++) {
    if (performance.now() > limit) break;
    for (let job = 0; job < JOBS_OF_ONE; job++) {
      const id = `job-${ledger.submitted.size}`;
      ledger.submitted.add(id);
      const isMissing = ledger.submitted.size % MISSING_EVERY === 0;
      await drop(id, isMissing ? '/nowhere.mov' : SOURCE);
    }
    const enough = (await ended()) + random.below(JOBS_OF_ONE);
    await until(
      async () => !runner.isRunning || (await ended()) >= enough,
      900,
      () => runner.log,
    );
    if (!runner.isRunning) problems.push(`the runner ended by itself: ${runner.log}`);
    await pause(random.below(1500));
    if (random.next() < 0.5) {
      kills.server++;
      await restart(random.below(2000));
    } else {
      kills.runner++;
      await runner.kill();
      await until(seesAll);
      problems.push(...(await ledger.problems()));
      runner = start();
    }
  }
  const isIdle = async () =>
    (await Promise.all(['pending', 'running'].map((state) => readdir(onServer(state))))).flat()
      .length === 0;
  await until(async () => !runner.isRunning || (await isIdle()));
  await runner.kill();
  const last = Runner.on(folder.root, { host: 'a', args: ['--once'], programs });
  await last.exit();
  problems.push(...(await ledger.problemsAtRest()));
  const results = await folder.results();
  const causes = results.map(({ failure_type }) => failure_type ?? 'COMPLETED');
  const counts = Object.fromEntries(
    [...new Set(causes)].map((cause) => [cause, causes.filter((it) => it === cause).length]),
  );
  console.log(
    `${share.kind.name}: ${JSON.stringify({ kills, jobs: ledger.submitted.size, ...counts, problems })}`,
  );
  const left = (await readdir(folder.output)).filter((name) => name.startsWith('.')).length;
  console.log(`${share.kind.name}: ${left} partial files, each named by a result`);
  return problems.map((problem) => `${share.kind.name}: ${problem}`);
}
