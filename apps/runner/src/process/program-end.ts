import type { ChildProcess } from 'node:child_process';
import { endMarked } from './orphan-guard.ts';
import { endProcessGroup, killGroup } from './process-group.ts';

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
