import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { rolldown } from 'rolldown';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PACKAGES = [
  ...['user-mode-linux', 'kmod', 'iproute2', 'faketime'],
  ...['nfs-kernel-server', 'nfs-common', 'rpcbind', 'samba', 'cifs-utils'],
  ...['e2fsprogs', 'xfsprogs', 'btrfs-progs', 'dosfstools', 'exfatprogs', 'exfat-fuse'],
];

/** Installs what is missing; nothing of it is started. */
async function install(): Promise<void> {
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

/**
 * Runs `program.ts` in a Linux in user mode, which needs no right but that of `ptrace`.
 *
 * @param back a folder that the program finds as `/back`, with its results afterwards.
 * @returns its exit code; `null` when the machine ended before.
 */
export async function runInMachine(back: string, wanted: string): Promise<number | null> {
  await install();
  const bundle = await rolldown({
    input: join(ROOT, 'test/storage/program.ts'),
    platform: 'node',
    tsconfig: join(ROOT, 'tsconfig.json'),
    external: [/^ajv/],
  });
  await bundle.write({ file: join(back, 'program.mjs'), format: 'esm' });
  await writeFile(join(back, 'wanted'), wanted);
  const machine = spawn(
    'linux.uml',
    [
      ...['mem=4G', 'root=none', 'rootfstype=hostfs', 'rootflags=/', 'ro', 'quiet'],
      ...['con=null', 'con0=fd:0,fd:1', `init=${join(ROOT, 'test/storage/machine.sh')}`],
      ...[`BACK=${back}`, `PLACE=${ROOT}`],
    ],
    // Its memory is a file in that folder.
    {
      stdio: ['ignore', 'pipe', 'ignore'],
      detached: true,
      env: { ...process.env, TMPDIR: '/dev/shm' },
    },
  );
  machine.stdout.on('data', (text) => process.stdout.write(String(text).replaceAll('\r', '')));
  const end = () => machine.pid && process.kill(-machine.pid, 'SIGKILL');
  process.once('exit', end);
  await once(machine, 'close');
  process.off('exit', end);
  return readFile(join(back, 'code'), 'utf8').then(Number, () => null);
}
