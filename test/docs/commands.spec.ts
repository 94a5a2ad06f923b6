import {
  chmod,
  cp,
  mkdir,
  mkdtemp,
  readFile,
  rm,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { beforeAll, describe, expect, it } from 'vitest';
import { makeClip } from '../support/media.ts';
import { useTemporaryFolder } from '../support/temporary-folder.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const MAIN = join(ROOT, 'dist/apps/runner/src/main.js');
const DOCUMENTS = ['README.md', 'docs/operations.md', 'docs/results.md', 'docs/security.md'];

/** What stands for another thing here. */
const SUBSTITUTIONS: readonly [RegExp, string][] = [
  // These build and test: whoever runs this has run them.
  [/^npm .*$/gm, ''],
  [/node dist\/apps\/runner\/src\/main\.js/g, 'watch-folder-runner'],
  // A service doesn't end by itself.
  [
    /^(watch-folder-runner \/mnt\/raid\/watch) +# watches until SIGTERM$/m,
    '$1 & until [ -e /mnt/raid/watch/.runner/status.json ]; do sleep 0.1; done; kill $!; wait $!',
  ],
];

/** Ends what a block has left in the background, and says how the block itself ended. */
const STOP = `trap 'code=$?; for pid in $(jobs -p); do kill $pid; done; wait; exit $code' EXIT`;

const temporary = useTemporaryFolder();

/** A storage with a clip, and a watch folder in which one job has completed and another was interrupted. */
beforeAll(async () => {
  const raid = join(temporary.path, 'raid');
  for (const name of ['day3', 'proxies', 'watch/pending', 'watch/running'])
    await mkdir(join(raid, name), { recursive: true });
  await makeClip(join(raid, 'day3'), 'A001C003.mov', { frames: 2 });
  await writeFile(join(raid, 'watch/pending/day1.json'), await jobOf(raid, 'day1'));
  await writeFile(join(raid, 'watch/running/day2.json'), await jobOf(raid, 'day2'));
  await execa(process.execPath, [MAIN, join(raid, 'watch'), '--once'], { reject: false });
  await rm(join(raid, 'watch/.runner/status.json'));
  const longAgo = new Date('2020-01-01');
  for (const name of ['day1.json', 'day1.result.json'])
    await utimes(join(raid, 'watch/completed', name), longAgo, longAgo);
  await makePrograms(join(temporary.path, 'bin'));
});

/** The README's JobSpec, for a storage elsewhere. */
async function jobOf(raid: string, id: string): Promise<string> {
  const [, example = ''] = /```json\n(.*?)```/s.exec(await read('README.md')) ?? [];
  const { sources, ...fields } = JSON.parse(example.replaceAll('/mnt/raid', raid)) as {
    sources: string[];
  };
  return JSON.stringify({ ...fields, sources, job_id: id, naming_template: `${id}_{source_name}` });
}

/** The runner under its name, and a curl that waits until somebody answers well. */
async function makePrograms(folder: string) {
  const { stdout: curl } = await execa('which', ['curl']);
  const retry = '--no-progress-meter --retry 60 --retry-delay 1 --retry-all-errors';
  const programs = {
    'watch-folder-runner': `exec ${process.execPath} ${MAIN} "$@"`,
    curl: `exec ${curl} ${retry} "$@"`,
  };
  await mkdir(folder);
  for (const [name, command] of Object.entries(programs)) {
    await writeFile(join(folder, name), `#!/bin/sh\n${command}\n`);
    await chmod(join(folder, name), 0o755);
  }
}

const read = (path: string) => readFile(join(ROOT, path), 'utf8');

/** Read at once: each block becomes a test. */
function shellBlocks(document: string): { title: string; block: string }[] {
  const text = readFileSync(join(ROOT, document), 'utf8');
  const blocks = Array.from(text.matchAll(/^```sh\n(.*?)^```$/gms), ([, block = '']) => block);
  return blocks.map((block) => ({ title: block.split('\n', 1).join(), block }));
}

/** Runs a block as a person would, on storage of its own. */
async function run(block: string) {
  const base = await mkdtemp(join(temporary.path, 'block-'));
  const raid = join(base, 'raid');
  await cp(join(temporary.path, 'raid'), raid, { recursive: true, preserveTimestamps: true });
  await writeFile(join(base, 'job.json'), await jobOf(raid, 'day3'));
  await symlink(join(ROOT, 'deploy'), join(base, 'deploy'));
  let script = block;
  for (const [pattern, replacement] of SUBSTITUTIONS) script = script.replace(pattern, replacement);
  script = script.replaceAll('/mnt/raid', raid).replaceAll('9464', await freePort());
  const PATH = `${join(temporary.path, 'bin')}:${process.env['PATH']}`;
  const argv = ['-euo', 'pipefail', '-c', `${STOP}\n${script}`];
  return execa('bash', argv, { cwd: base, env: { PATH }, reject: false, all: true });
}

async function freePort(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return String(port);
}

describe.each(DOCUMENTS)('every command works in %s', (document) => {
  it.each(shellBlocks(document))('$title', async ({ block }) => {
    const { exitCode, all } = await run(block);
    expect({ exitCode, all }).toMatchObject({ exitCode: 0 });
  });
});
