import { chmod, cp, mkdir, mkdtemp, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll } from 'vitest';
import { makeSource } from '../support/media.ts';
import { StandInResolve } from '../support/resolve.ts';
import { useTemporaryFolder } from '../support/temporary-folder.ts';
import { ROOT, type Block } from './blocks.ts';

const MAIN = join(ROOT, 'dist/apps/runner/src/main.js');

/** Sections at which a reader begins, on a machine that has no watch folder yet. */
const FIRST_STEPS = new Set([
  'The package',
  'Before the first job',
  'A folder of JobSpecs for a scheduler',
]);

/** Placeholders, with their replacements. */
const SUBSTITUTIONS: readonly [RegExp, string][] = [
  [/node dist\/apps\/runner\/src\/main\.js/g, 'watch-folder-runner'],
  // One look stands for all.
  [/ --follow$/gm, ''],
  [/^(npm run|watch-folder-runner) dashboard .*$/gm, '$& &\ncurl http://127.0.0.1:3000/healthz'],
  [/failed\/job\.json/g, 'failed/day2.json'],
  [/\/srv|\/mnt\/(raid|east|west)/g, '$RAID'],
  [/\bFARM\b/g, '$RAID/watch'],
];

/** Ends what a block has left in the background, and says how the block itself ended. */
const WRAPPER = 'set -m; "$@" & wait $!; code=$?; kill -- -$! 2>/dev/null; exit $code';

/** A LUT that changes nothing, and a CDL for the clip. */
const CUBE = 'LUT_1D_SIZE 2\n0 0 0\n1 1 1\n';
const ALE = `Heading
FIELD_DELIM\tTABS

Column
Name\tASC_SOP\tASC_SAT

Data
A001C003.mov\t(1.1 1 1)(0 0 0)(1 1 1)\t1
`;

/** A storage with a clip, and a watch folder in which one job has completed and another was interrupted. */
export function useStorage() {
  const temporary = useTemporaryFolder();
  let resolve: StandInResolve | undefined;
  afterAll(() => resolve?.remove());
  beforeAll(async () => {
    const raid = join(temporary.path, 'raid');
    for (const name of ['day3', 'proxies', 'dailies', 'show', 'watch/pending', 'watch/running'])
      await mkdir(join(raid, name), { recursive: true });
    const size = { width: 1280, height: 720 };
    const clip = { ...size, frames: 2, timecode: '00:00:00:00' };
    await makeSource(join(raid, 'day3'), 'A001C003.mov', clip);
    const event = '001  AX V C 00:00:00:00 00:00:00:02 00:00:00:00 00:00:00:02';
    await writeFile(join(raid, 'cut.edl'), `${event}\n* FROM CLIP NAME: A001C003.mov\n`);
    await writeFile(join(raid, 'show/LogC3_709.cube'), CUBE);
    await writeFile(join(raid, 'day3/day3.ale'), ALE);
    await writeFile(join(raid, 'A001C001.braw'), 'undeveloped');
    await writeFile(join(raid, 'watch/pending/day1.json'), jobOf(raid, 'day1'));
    await writeFile(join(raid, 'watch/running/day2.json'), jobOf(raid, 'day2'));
    await execa(process.execPath, [MAIN, join(raid, 'watch'), '--once'], { reject: false });
    await rm(join(raid, 'watch/.runner/status.json'));
    await mkdir(join(raid, 'watch/.runner/looks'));
    const longAgo = new Date('2020-01-01');
    for (const name of ['day1.json', 'day1.result.json'])
      await utimes(join(raid, 'watch/completed', name), longAgo, longAgo);
    await makePrograms(join(temporary.path, 'bin'));
    resolve = await StandInResolve.create();
  });

  /** Runs a block as a person would, on a storage of its own, before it what `first` says. */
  return async ({ heading, language, text }: Block, first = '') => {
    const base = await mkdtemp(join(temporary.path, 'block-'));
    const raid = join(base, 'raid');
    await cp(join(temporary.path, 'raid'), raid, { recursive: true, preserveTimestamps: true });
    if (FIRST_STEPS.has(heading)) await rm(join(raid, 'watch'), { recursive: true });
    await writeFile(join(base, 'job.json'), jobOf(raid, 'day3'));
    await symlink(join(ROOT, 'deploy'), join(base, 'deploy'));
    await symlink(raid.concat('/watch'), join(base, 'watch'));
    const port = await freePort();
    let script = `${first}\n${text}`;
    for (const [pattern, to] of SUBSTITUTIONS) script = script.replaceAll(pattern, to);
    script = script.replaceAll(/\b(9464|3000)\b/g, port);
    const env = {
      ...resolve?.env,
      RAID: raid,
      WFR_DASHBOARD_PORT: port,
      XDG_STATE_HOME: join(base, 'state'),
      // Nobody is there to type.
      EDITOR: 'true',
      PATH: `${join(temporary.path, 'bin')}:${process.env['PATH']}`,
    };
    const argv = ['-c', WRAPPER, 'block', language, '-euc', script];
    const options = { cwd: base, env, input: 'a password\n', reject: false, all: true } as const;
    const { exitCode, all } = await execa('bash', argv, options);
    return { exitCode, all, raid };
  };
}

/** A JobSpec for the clip of the storage. */
function jobOf(raid: string, id: string): string {
  const jobSpec = {
    jobspec_version: '2.1',
    job_id: id,
    sources: [join(raid, 'day3/A001C003.mov')],
    output_directory: join(raid, 'proxies'),
    codec: 'prores_proxy',
    container: 'mov',
    resolution: 'half',
    naming_template: `${id}_{source_name}`,
  };
  return JSON.stringify(jobSpec);
}

/** The runner under its name, npm, and a curl that waits until somebody answers well. */
async function makePrograms(folder: string) {
  const { stdout: curl } = await execa('which', ['curl']);
  const retry = '--fail --no-progress-meter --retry 40 --retry-delay 1 --retry-all-errors';
  const programs = {
    'watch-folder-runner': `exec '${process.execPath}' '${MAIN}' "$@"`,
    npm: `exec '${process.execPath}' '${join(ROOT, 'test/docs/npm.mjs')}' "$@"`,
    curl: `exec ${curl} ${retry} "$@"`,
  };
  await mkdir(folder);
  for (const [name, command] of Object.entries(programs)) {
    await writeFile(join(folder, name), `#!/bin/sh\n${command}\n`);
    await chmod(join(folder, name), 0o755);
  }
}

async function freePort(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return String(port);
}
