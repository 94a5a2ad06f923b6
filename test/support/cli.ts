import { fileURLToPath } from 'node:url';
import { execa } from 'execa';

/** The built runner. */
export const MAIN = fileURLToPath(new URL('../../dist/apps/runner/src/main.js', import.meta.url));

export interface CliOptions {
  env?: Record<string, string>;
  cwd?: string;
  /** Runs as this user and group, without any privilege. Needs root. */
  uid?: number;
}

export interface CliRun {
  exitCode: number | undefined;
  stdout: string;
  stderr: string;
  lines: string[];
}

/** Runs the built command line to its end. */
export async function cli(args: readonly string[], options: CliOptions = {}): Promise<CliRun> {
  const argv = [...asUser(options.uid), process.execPath, MAIN, ...args];
  const [command = '', ...rest] = argv;
  const { env = {}, cwd = process.cwd() } = options;
  const { exitCode, stdout, stderr } = await execa(command, rest, { reject: false, env, cwd });
  return { exitCode, stdout, stderr, lines: stdout.split('\n') };
}

/** A user without rights, on every system. */
export const NOBODY = 65_534;

/** Whether tests can become another user. */
export const isRoot = process.getuid?.() === 0;

function asUser(uid: number | undefined): string[] {
  if (uid === undefined) return [];
  return ['setpriv', `--reuid=${uid}`, `--regid=${uid}`, '--clear-groups', '--'];
}
