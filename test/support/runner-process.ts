import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { vi } from 'vitest';
import { withVariables } from './with-variables.ts';

const MAIN = fileURLToPath(new URL('../../dist/apps/runner/src/main.cjs', import.meta.url));
const FAULT_POINTS = new URL('./fault-points.mjs', import.meta.url).href;
const STAND_IN = fileURLToPath(new URL('./stand-in/ffmpeg', import.meta.url));

/** Faults for `test/support/fault-points.mjs`. */
export interface Fault {
  /** Names of calls; without them, every call that changes something. */
  calls?: string[];
  /** A regular expression for the path. */
  path?: string;
  /** The nth matching call, from 1. */
  nth?: number;
  /** Number of matching calls that it affects; without it, all. */
  count?: number;
  when?: 'before' | 'after' | 'torn';
  /** `kill`, `kill-group`, `hang`, `full`, `slow`, `exchange`, or the code of a system error for the matching calls. */
  act: string;
  /** Names exchanged by `exchange`. */
  names?: readonly [string, string];
}

export interface RunnerProcessOptions {
  args?: readonly string[];
  env?: Readonly<Record<string, string>>;
  fault?: Fault | undefined;
  /** A finished proxy that a stand-in for FFmpeg copies; the real FFmpeg without it. */
  proxy?: string | undefined;
  /** Further options of Node. */
  preload?: readonly string[];
  /** Words before the command, such as `setpriv --reuid=65534 …`. */
  prefix?: readonly string[];
}

/** A folder with the stand-in for FFmpeg, which behaves as those variables say that begin with its name. */
function standIn(proxy: string, env: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'programs-'));
  const own = Object.entries(env).filter(([name]) => name.startsWith('STAND_IN'));
  withVariables(folder, 'ffmpeg', STAND_IN, { ...Object.fromEntries(own), STAND_IN_PROXY: proxy });
  return folder;
}

/** The built command line as a real process that leads a process group of its own. */
export class RunnerProcess {
  readonly process: ChildProcess;
  /** Everything it has written, to stdout and to stderr. */
  log = '';
  stdout = '';
  readonly #exit: Promise<number | null>;

  constructor(folder: string, options: RunnerProcessOptions = {}) {
    const {
      args = ['--once'],
      env = {},
      fault,
      proxy,
      prefix = [],
      preload: further = [],
    } = options;
    const preload = fault || env['FAULT_TRACE'] ? ['--import', FAULT_POINTS] : [];
    const quick = ['--poll-seconds', '0.05', '--settle-seconds', '0.3'];
    const argv = [
      ...prefix,
      process.execPath,
      ...preload,
      ...further,
      MAIN,
      folder,
      ...quick,
      ...args,
    ];
    const programs = proxy === undefined ? null : standIn(proxy, env);
    this.process = spawn(argv[0] ?? '', argv.slice(1), {
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        ...(programs !== null && { PATH: programs + delimiter + process.env['PATH'] }),
        ...(fault && { FAULT: JSON.stringify(fault) }),
        ...env,
      },
    });
    for (const stream of [this.process.stdout, this.process.stderr])
      stream?.on('data', (chunk) => (this.log += String(chunk)));
    this.process.stdout?.on('data', (chunk) => (this.stdout += String(chunk)));
    this.#exit = once(this.process, 'close').then(([code]) => {
      if (programs !== null) rmSync(programs, { recursive: true, force: true });
      return code as number | null;
    });
  }

  get pid(): number {
    if (this.process.pid === undefined) throw new Error('the runner was not started');
    return this.process.pid;
  }

  get isRunning(): boolean {
    return this.process.exitCode === null && this.process.signalCode === null;
  }

  /** Resolves with the exit code once the process has ended; `null` when a signal ended it. */
  exit(): Promise<number | null> {
    return this.#exit;
  }

  signal(signal: NodeJS.Signals): void {
    this.process.kill(signal);
  }

  /** Kills the runner, or its whole process group, and waits until it is gone. */
  async kill(who: 'runner' | 'group' = 'runner'): Promise<void> {
    if (this.isRunning) process.kill(who === 'group' ? -this.pid : this.pid, 'SIGKILL');
    await this.#exit;
  }

  async logged(text: string | RegExp): Promise<void> {
    await until(() => (typeof text === 'string' ? this.log.includes(text) : text.test(this.log)));
  }

  /** Pids of what this runner has started and is still there, however deep. */
  descendants(): Promise<number[]> {
    return processesWith(`WFR_STARTED_BY=`, `, pid ${this.pid},`);
  }
}

/** Waits for a condition, for as long as a slow machine may need. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  await vi.waitUntil(condition, { timeout: 120_000, interval: 20 });
}

/** Pids whose environment has a variable that contains all these texts. */
export async function processesWith(...texts: string[]): Promise<number[]> {
  const found: number[] = [];
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const variables = await readFile(`/proc/${name}/environ`, 'latin1').catch(() => '');
    const isOne = variables.split('\0').some((line) => texts.every((text) => line.includes(text)));
    if (isOne) found.push(Number(name));
  }
  return found;
}
