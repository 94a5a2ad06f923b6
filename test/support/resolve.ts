import { cp, mkdir, mkdtemp, open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { tryLock } from 'fs-native-extensions';
import { lockPath } from '../../apps/runner/src/resolve/resolve-lock.ts';
import { errorCode } from '../../libs/storage/src/files/system-error.ts';
import { until } from './runner-process.ts';

/** Project as left in the library by somebody. */
const NEW_PROJECT = {
  saved: true,
  modified: false,
  folder: '',
  settings: {
    timelineFrameRate: 24,
    timelineResolutionWidth: '1920',
    timelineResolutionHeight: '1080',
    timelineInputResMismatchBehavior: 'scaleToFit',
    timelineOutputResMismatchBehavior: 'scaleToFit',
    timelineOutputResMatchTimelineRes: '1',
    timelinePixelAspectRatio: 'square',
  },
  bins: [],
  clips: {},
  timelines: {},
  jobs: {},
  render: {},
  format: ['mov', 'H264'],
  mode: 0,
};

const UNTITLED = 'Untitled Project';
/** The runner's projects: one, and one for each rate that media have locked. */
const OWN = new RegExp(
  String.raw`^(?:watch-folder-runner ${hostname()}|ours)(?: [\d.]+(?: DF)?)?$`,
);
const STAND_IN = fileURLToPath(new URL('./resolve', import.meta.url));

/** Behaviour of the stand-in; see `test/support/resolve/README.md`. */
export type Scenario = Readonly<Record<string, unknown>>;

export interface Call {
  pid: number;
  method: string;
  arguments: unknown[];
  answer: unknown;
  /** The project that was open then. */
  current?: string;
}

interface ProjectFacts {
  saved?: boolean;
  modified?: boolean;
  clips: object;
  timelines: object;
  jobs: object;
}

interface State {
  projects: Record<string, ProjectFacts>;
  current: string | null;
  session?: number;
  [fact: string]: unknown;
}

/** One stand-in for a Resolve on this machine, with projects and a queue of its own. */
export class StandInResolve {
  private constructor(readonly scriptApi: string) {}

  static async create(scenario: Scenario = {}): Promise<StandInResolve> {
    const resolve = new StandInResolve(await mkdtemp(join(tmpdir(), 'resolve-stand-in-')));
    await cp(STAND_IN, resolve.scriptApi, { recursive: true });
    await mkdir(join(resolve.scriptApi, 'state'));
    await resolve.play(scenario);
    return resolve;
  }

  /** The official way to it. */
  get env(): Record<string, string> {
    return { RESOLVE_SCRIPT_API: this.scriptApi };
  }

  async play(scenario: Scenario): Promise<void> {
    const next = this.#path('scenario.next.json');
    await writeFile(next, JSON.stringify(scenario));
    await rename(next, this.#path('scenario.json'));
  }

  /** The calls until now; a line that is being written while it is read has no end yet, and counts later. */
  async calls(): Promise<Call[]> {
    const text = await readFile(this.#path('calls.jsonl'), 'utf8').catch(() => '');
    const lines = text.split('\n').slice(0, -1);
    return lines.map((line) => JSON.parse(line) as Call);
  }

  async methods(): Promise<string[]> {
    return (await this.calls()).map(({ method }) => method);
  }

  /** Waits until a method was called. */
  async called(method: string): Promise<void> {
    await until(async () => (await this.methods()).includes(method));
  }

  /** The process that has called last. */
  async driver(): Promise<number> {
    const pid = (await this.calls()).at(-1)?.pid;
    if (pid === undefined) throw new Error('No driver has called');
    return pid;
  }

  /** Names of the projects that are the runner's. */
  async ownProjects(): Promise<string[]> {
    return Object.keys((await this.#state()).projects).filter((name) => OWN.test(name));
  }

  /** Clips, timelines and jobs in the runner's projects. */
  async left(): Promise<string[]> {
    const { projects } = await this.#state();
    return Object.entries(projects)
      .filter(([name]) => OWN.test(name))
      .flatMap(([name, { clips, timelines, jobs }]) =>
        [clips, timelines, jobs].flatMap((facts) =>
          Object.keys(facts).map((key) => `${key} in ${name}`),
        ),
      );
  }

  /** Project as kept in the library. */
  async project(name: string): Promise<object | undefined> {
    return (await this.#state()).projects[name];
  }

  /** True if the open project is the runner's. */
  async isOurs(): Promise<boolean> {
    return OWN.test((await this.current()) ?? '');
  }

  /** The question that blocks the application, if one does. */
  async dialog(): Promise<string | null> {
    return readFile(this.#path('dialog'), 'utf8').catch(() => null);
  }

  /** Puts a question on the screen, as the application does without being asked. */
  async ask(question: string): Promise<void> {
    await writeFile(this.#path('dialog'), question);
  }

  /** Somebody at the machine answers the question with Cancel. */
  async closeDialog(): Promise<void> {
    await rm(this.#path('dialog'), { force: true });
  }

  /** The program crashes and is started again: what wasn't saved is gone, and nothing is rendered. */
  async restart(): Promise<void> {
    const worker = await this.#worker();
    if (worker !== null) process.kill(worker, 'SIGKILL');
    for (const name of [
      'rendering.json',
      'worker.json',
      'stop',
      'progress.json',
      'dialog',
      'orphan',
    ])
      await rm(this.#path(name), { force: true });
    await this.#change((state) => {
      const { projects, session = 0 } = state;
      for (const [name, one] of Object.entries(projects)) {
        if (one.saved !== true) delete projects[name];
        else projects[name] = { ...one, modified: false };
      }
      projects[UNTITLED] = { ...NEW_PROJECT, saved: false };
      Object.assign(state, {
        current: UNTITLED,
        folder: '',
        session: session + 1,
      });
    });
  }

  /** Puts a saved project there that isn't open. */
  async addProject(name: string, facts: object = {}): Promise<void> {
    await this.#change((state) => {
      state.projects[name] = { ...NEW_PROJECT, ...facts };
    });
  }

  /** Opens a new project, as somebody at the machine does. */
  async openProject(name: string, facts: object = {}): Promise<void> {
    await this.addProject(name, facts);
    await this.#change((state) => Object.assign(state, { current: name }));
  }

  /** Somebody at the machine opens a project of the library; what was never saved in the one before is gone. */
  async openExisting(name: string): Promise<void> {
    await this.#change((state) => {
      if (state.projects[state.current ?? '']?.saved !== true)
        delete state.projects[state.current ?? ''];
      Object.assign(state, { current: name });
    });
  }

  /** The project that is open. */
  async current(): Promise<string | null> {
    return (await this.#state()).current;
  }

  /** Contents of this Resolve's lock file. */
  async note(): Promise<string> {
    return readFile(lockPath(this.scriptApi), 'utf8').catch(() => '');
  }

  /** True while any render is running. */
  async isRendering(): Promise<boolean> {
    return (await this.#worker()) !== null;
  }

  /** Ends exactly the render that it has started, and removes everything. */
  async remove(): Promise<void> {
    const worker = await this.#worker();
    if (worker !== null) process.kill(worker, 'SIGKILL');
    await rm(this.scriptApi, { recursive: true, force: true, maxRetries: 5 });
    await rm(lockPath(this.scriptApi), { force: true });
  }

  async #worker(): Promise<number | null> {
    const text = await readFile(this.#path('worker.json'), 'utf8').catch(() => null);
    if (text === null) return null;
    const { pid } = JSON.parse(text) as { pid: number };
    try {
      process.kill(pid, 0);
      return pid;
    } catch (error) {
      if (errorCode(error) === 'ESRCH') return null;
      throw error;
    }
  }

  async #state(): Promise<State> {
    const text = await readFile(this.#path('state.json'), 'utf8').catch(() => null);
    return text === null ? newState() : (JSON.parse(text) as State);
  }

  /** Changes the state while no call of a driver does. */
  async #change(change: (state: State) => void): Promise<void> {
    const lock = await open(this.#path('lock'), 'a+');
    try {
      await until(() => tryLock(lock.fd));
      const state = await this.#state();
      change(state);
      await writeFile(this.#path('state.json.test'), JSON.stringify(state));
      await rename(this.#path('state.json.test'), this.#path('state.json'));
    } finally {
      await lock.close();
    }
  }

  #path(name: string): string {
    return join(this.scriptApi, 'state', name);
  }
}

/** State right after the program's start. */
function newState(): State {
  const projects = { [UNTITLED]: { ...NEW_PROJECT, saved: false } };
  return { projects, current: UNTITLED, folder: '' };
}
