import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, readFile, rm, statfs, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { rolldown } from 'rolldown';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PACKAGES = [
  'user-mode-linux kmod iproute2 faketime',
  'nfs-kernel-server nfs-common rpcbind samba cifs-utils',
  'quota e2fsprogs xfsprogs btrfs-progs dosfstools exfatprogs exfat-fuse',
].flatMap((names) => names.split(' '));

/** Installs what is missing; nothing of it is started. */
export async function install(): Promise<void> {
  const { stdout } = await execa(
    'dpkg-query',
    ['-W', '-f', '${Package} ${Status}\n', ...PACKAGES],
    {
      reject: false,
    },
  );
  const missing = PACKAGES.filter((name) => !stdout.includes(`${name} install ok installed`));
  if (missing.length === 0) return;
  console.log(`Installing ${missing.join(', ')}`);
  const env = { DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
  await execa('apt-get', ['update', '-qq'], { env });
  await execa('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...missing], { env });
}

/** Findings of `program.ts`. */
export interface Found {
  /** Rules that held, by round. */
  cells: Record<string, string>;
  /** Rules broken after kills. */
  problems: string[];
  /** Parts of the kills that are done. */
  parts: number;
}

/** A Linux in user mode may fail by itself, at a `fork` with a signal: then it goes on with the next round, unless this often it got no further. */
const MOST_STARTS = 3;

/**
 * Measures one kind of file system in a Linux in user mode, which needs no right but that of `ptrace`.
 *
 * @param base a folder with what `makeStandInMedia` has made; a copy of it is what the program finds as `/back`.
 * @throws when the program fails.
 */
export async function measureInMachine(
  base: string,
  wanted: { kind: string; rounds: readonly string[]; seed: number },
): Promise<Found> {
  const back = await mkdtemp(join(base, 'machine-'));
  await cp(join(base, 'stand-in'), join(back, 'stand-in'), { recursive: true });
  const bundle = await rolldown({
    input: join(ROOT, 'test/storage/program.ts'),
    platform: 'node',
    tsconfig: join(ROOT, 'tsconfig.json'),
    external: [/^ajv/],
  });
  await bundle.write({ file: join(back, 'program.mjs'), format: 'esm' });
  await writeFile(join(back, 'wanted.json'), JSON.stringify(wanted));
  const found = () => readFile(join(back, 'found.json'), 'utf8').catch(() => '');
  for (let inVain = 0; inVain < MOST_STARTS;) {
    const before = await found();
    await run(back);
    const code = await readFile(join(back, 'code'), 'utf8').catch(() => null);
    if (code?.trim() === '0') return JSON.parse(await found()) as Found;
    if (code !== null) throw new Error(`the program ended with ${code}`);
    inVain = before === (await found()) ? inVain + 1 : 0;
  }
  throw new Error(`the machine ended ${MOST_STARTS} times within one round`);
}

/** A folder for a file that is the machine's memory; containers may have little memory for files. */
async function placeOfMemory(): Promise<string> {
  const { bavail, bsize } = await statfs('/dev/shm');
  return bavail * bsize > 4e9 ? '/dev/shm' : tmpdir();
}

async function run(back: string): Promise<void> {
  await rm(join(back, 'code'), { force: true });
  const machine = spawn(
    'setpriv',
    [
      // Its end is that of whoever started it, also when that is killed.
      '--pdeathsig KILL -- linux.uml'.split(' '),
      'mem=3G root=none rootfstype=hostfs rootflags=/ ro quiet con=null con0=fd:0,fd:1'.split(' '),
      `init=${join(ROOT, 'test/storage/machine.sh')}`,
      `BACK=${back}`,
      `PLACE=${ROOT}`,
    ].flat(),
    {
      stdio: ['ignore', 'pipe', 'ignore'],
      detached: true,
      env: { ...process.env, TMPDIR: await placeOfMemory() },
    },
  );
  machine.stdout.on('data', (text) => process.stdout.write(String(text).replaceAll('\r', '')));
  const end = () => machine.pid && process.kill(-machine.pid, 'SIGKILL');
  process.once('exit', end);
  const limit = setTimeout(end, LONGEST_MS);
  await once(machine, 'close');
  clearTimeout(limit);
  process.off('exit', end);
}

const LONGEST_MS = 40 * 60_000;
