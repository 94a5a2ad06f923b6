import type { ChildProcess } from 'node:child_process';
import { stat } from '../files/bounded-fs.ts';
import { endMarked } from './orphan-guard.ts';

/** Tells what one program has started from what others have. */
export const PROGRAM_MARK = 'WFR_PROGRAM';
/** After the end of a program its pipes are closed at once, unless somebody else holds them. */
const CLOSE_SECONDS = 1;
/** Not even SIGKILL ends a program whose storage does not answer: it is left alone after this time. */
const UNKILLABLE_SECONDS = 8;

/** How a program has come out: one that cannot be ended as if it were killed. */
export type Ending = [exitCode: number | null, endedBy: string | null];

/** The end of a program and of what it has started: by itself, because it is asked to, or not at all. */
export class ProgramEnd {
  /** Resolves when a program that was asked to end is still there after all. This process can end without it. */
  readonly leftAlone: Promise<Ending>;
  #setLeftAlone: () => void = () => undefined;
  #lastResort: NodeJS.Timeout | undefined;

  /** @param id the program's {@link PROGRAM_MARK}. */
  constructor(
    private readonly child: ChildProcess,
    private readonly id: string,
  ) {
    this.leftAlone = new Promise((resolve) => {
      this.#setLeftAlone = () => resolve(leaveAlone(child));
    });
    child.once('exit', () => {
      killGroup(child);
      this.#endHoldersOfPipes();
    });
  }

  /** Ends the program, politely at first. */
  ask(): void {
    endProcessGroup(this.child);
    this.#lastResort ??= setTimeout(this.#setLeftAlone, UNKILLABLE_SECONDS * 1000);
  }

  /** It has ended. */
  clear(): void {
    clearTimeout(this.#lastResort);
  }

  /** A program that left the group may still hold the pipes, and the end of this one would never be seen. */
  #endHoldersOfPipes() {
    const timer = setTimeout(() => {
      const close = () => closePipes(this.child);
      void endMarked(PROGRAM_MARK, this.id).then(close, close);
    }, CLOSE_SECONDS * 1000);
    this.child.once('close', () => clearTimeout(timer));
  }
}

/** Lets this process end without it. */
function leaveAlone(child: ChildProcess): Ending {
  closePipes(child);
  child.unref();
  return [null, 'SIGKILL'];
}

function closePipes({ stdio }: ChildProcess) {
  for (const pipe of stdio) pipe?.destroy();
}

/** How long a program may take to end politely, in seconds. FFmpeg finalises its file in that time. */
const POLITE_SECONDS = 5;

/**
 * Ends a program that leads its own process group: SIGTERM, wait for its real exit, and SIGKILL for the group if that
 * takes too long.
 */
export function endProcessGroup(
  child: Pick<ChildProcess, 'pid' | 'once' | 'exitCode' | 'signalCode'>,
): void {
  // Its number may be another's by now.
  if (child.exitCode !== null || child.signalCode !== null) return;
  signalGroup(child.pid, 'SIGTERM');
  const timer = setTimeout(() => killGroup(child), POLITE_SECONDS * 1000);
  child.once('exit', () => clearTimeout(timer));
}

/** Kills whatever is left of the group that a program leads or has led. */
export function killGroup(child: Pick<ChildProcess, 'pid'>): void {
  signalGroup(child.pid, 'SIGKILL');
}

function signalGroup(leader: number | undefined, signal: NodeJS.Signals) {
  if (leader === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? leader : -leader, signal);
  } catch {
    // Nothing is left of the group, which is what was wanted.
  }
}

/**
 * Whether a program moves, for its stall time. Whoever reads what the program writes calls `moved()`, because only the reader knows what shows
 * progress: FFmpeg reports twice a second while its storage hangs, too.
 */
export class Progress {
  #movements = 0;

  /** Counts up; the program has moved when it is another number than before. */
  get movements(): number {
    return this.#movements;
  }

  moved(): void {
    this.#movements++;
  }
}

/** How often time is counted, as a share of the limit, and in seconds at most. */
const TICK_SHARE = 1 / 20;
const LONGEST_TICK_SECONDS = 5;

/**
 * Fires once when nothing has moved for a time in which this process ran: one that was suspended, with its programs or
 * without, counts a tick at most. What was written meanwhile is read before the watchdog judges.
 */
export class StallWatchdog {
  fired = false;
  #seconds = 0;
  #movements = 0;
  /** What the file was like when nothing else moved. */
  #file: string | null = null;
  readonly #timer: NodeJS.Timeout | null;

  /**
   * @param seconds without progress; 0 never fires.
   * @param writes a file whose changes are progress, too: FFmpeg moves the index of a large file to its start without a word.
   */
  constructor(
    private readonly seconds: number,
    private readonly progress: Pick<Progress, 'movements' | 'moved'>,
    private readonly onStall: () => void,
    private readonly writes?: string,
  ) {
    const tick = Math.min(seconds * TICK_SHARE, LONGEST_TICK_SECONDS);
    this.#timer = seconds > 0 ? setInterval(() => this.#count(tick), tick * 1000) : null;
  }

  clear(): void {
    if (this.#timer) clearInterval(this.#timer);
  }

  #count(tick: number) {
    if (!this.#hasMoved()) void this.#lookAtFile();
    this.#seconds += tick;
    // Comes after everything that is ready to be read.
    if (this.#seconds >= this.seconds) setImmediate(() => this.#checkStall());
  }

  #checkStall() {
    if (this.fired || this.#hasMoved() || this.#seconds < this.seconds) return;
    this.fired = true;
    this.clear();
    this.onStall();
  }

  #hasMoved(): boolean {
    const { movements } = this.progress;
    if (movements === this.#movements) return false;
    this.#movements = movements;
    this.#seconds = 0;
    return true;
  }

  async #lookAtFile() {
    if (this.writes === undefined) return;
    const file = await stat(this.writes).then(
      ({ mtimeMs, size }) => `${mtimeMs} ${size}`,
      () => null,
    );
    if (file === null) return;
    if (this.#file !== null && this.#file !== file) this.progress.moved();
    this.#file = file;
  }
}
