import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';

const MAIN = `${process.env['PLACE']}/dist/apps/runner/src/main.cjs`;

export interface RunnerOptions {
  /** Name of the computer that it believes to be on, with processes of its own. */
  host: string;
  args?: readonly string[];
  /** A folder with programs that stand before those of the system. */
  programs?: string;
  /** Words before its command. */
  prefix?: readonly string[];
  /** A folder that is shown at the place of another one to this client alone: each client has a share at the same place. */
  shown?: { folder: string; at: string };
}

/** A command of the runner on a client. */
export class Runner {
  log = '';
  readonly process: ChildProcess;
  readonly #exit: Promise<number | null>;

  constructor(
    words: readonly string[],
    { host, args = [], programs, prefix = [], shown }: RunnerOptions,
  ) {
    const computer = ['--uts', '--pid', '--fork', '--kill-child', '--mount-proc'];
    const bind = shown ? `mount --bind ${shown.folder} ${shown.at}; ` : '';
    const named = ['sh', '-c', `${bind}hostname ${host}; exec "$@"`, 'sh'];
    const command = [...named, ...prefix, process.execPath, MAIN, ...words, ...args];
    const path = [programs, process.env['PATH']].filter(Boolean).join(':');
    this.process = spawn('unshare', [...computer, ...command], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, PATH: path, NO_COLOR: '1' },
    });
    for (const stream of [this.process.stdout, this.process.stderr])
      stream?.on('data', (chunk) => (this.log += String(chunk)));
    this.#exit = once(this.process, 'close').then(([code]) => code as number | null);
  }

  /** One that works on a folder. */
  static on(folder: string, options: RunnerOptions): Runner {
    const quick = ['--poll-seconds', '0.5', '--settle-seconds', '1'];
    return new Runner([folder], { ...options, args: [...quick, ...(options.args ?? [])] });
  }

  get isRunning(): boolean {
    return this.process.exitCode === null && this.process.signalCode === null;
  }

  exit(): Promise<number | null> {
    return this.#exit;
  }

  async kill(): Promise<void> {
    this.process.kill('SIGKILL');
    await this.#exit;
  }

  /** @throws with the log when it says something else and ends. */
  async says(text: RegExp, seconds = 900): Promise<void> {
    await until(
      () => text.test(this.log) || !this.isRunning,
      seconds,
      () => this.log,
    );
    if (!text.test(this.log)) throw new Error(`it never said ${text.source}: ${this.log}`);
  }
}

/** Waits for a condition. */
export async function until(
  isMet: () => boolean | Promise<boolean>,
  seconds = 900,
  what = () => '',
): Promise<void> {
  const deadline = performance.now() + seconds * 1000;
  while (!(await isMet())) {
    if (performance.now() > deadline)
      throw new Error(`not within ${seconds} s: ${what().slice(-2000)}`);
    await pause(100);
  }
}
