import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { vi } from 'vitest';
import { runCli } from '../../apps/runner/src/cli/cli.ts';

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

/**
 * The same in this process: a program takes longer to start than most commands to end. For commands that end, one at a time, and
 * nothing of whose environment is changed.
 */
export async function cliHere(args: readonly string[]): Promise<CliRun> {
  const [out, err] = [capture(process.stdout), capture(process.stderr)];
  try {
    const exitCode = await runCli([process.execPath, MAIN, ...args]);
    const [stdout, stderr] = [out.text(), err.text()];
    return { exitCode, stdout, stderr, lines: stdout.split('\n') };
  } finally {
    out.end();
    err.end();
  }
}

/** Takes what is written to a stream, without its last newline, until its end. */
function capture(stream: NodeJS.WriteStream) {
  let text = '';
  const spy = vi.spyOn(stream, 'write').mockImplementation((chunk, ...others: unknown[]) => {
    text += String(chunk);
    const done = others.at(-1);
    if (typeof done === 'function') done();
    return true;
  });
  return { text: () => text.replace(/\n$/, ''), end: () => spy.mockRestore() };
}

function asUser(uid: number | undefined): string[] {
  if (uid === undefined) return [];
  return ['setpriv', `--reuid=${uid}`, `--regid=${uid}`, '--clear-groups', '--'];
}
