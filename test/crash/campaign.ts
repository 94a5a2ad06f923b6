import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { JobFolder } from '../support/job-folder.ts';
import { RunnerProcess, until, type Fault } from '../support/runner-process.ts';
import { Disturbances } from './disturbances.ts';
import { digestOf, Ledger, STATES } from './ledger.ts';
import { Random } from './random.ts';

export interface CampaignOptions {
  /** An empty directory. */
  base: string;
  media: { source: string; proxy: string };
  seed: number;
  kills: number;
  /** Every so many rounds run the real FFmpeg instead of the stand-in; 0 never. */
  realEvery: number;
}

/** Calls that one job makes, rounded up; a later one is never reached and the runner is killed when it is idle. */
const STEPS = 90;

/** Submits jobs, kills the runner, starts it again, and says after each kill what doesn't hold any more. */
export class Campaign {
  readonly kills = {
    'runner at a step': 0,
    'group at a step': 0,
    'runner at random': 0,
    'group at random': 0,
  };
  readonly #disturbances: Disturbances;
  readonly #random: Random;
  #jobs = 0;

  private constructor(
    private readonly options: CampaignOptions,
    private readonly folder: JobFolder,
    private readonly ledger: Ledger,
  ) {
    this.#random = new Random(options.seed);
    this.#disturbances = new Disturbances(folder, options.base, this.#random);
  }

  get submitted(): number {
    return this.ledger.submitted.size;
  }

  get disturbances(): Readonly<Record<string, number>> {
    return this.#disturbances.counts;
  }

  static async create(options: CampaignOptions): Promise<Campaign> {
    const folder = await JobFolder.create(options.base);
    // A runner may be killed before it has made them.
    for (const state of STATES) await mkdir(folder.path(state), { recursive: true });
    const existing = join(folder.output, 'existing-000.mp4');
    await writeFile(existing, 'somebody else made this');
    const foreign = new Map([
      [existing, await digestOf(existing)],
      [options.media.source, await digestOf(options.media.source)],
    ]);
    const proxy = await digestOf(options.media.proxy);
    const ledger = new Ledger(folder, proxy, foreign, join(options.base, 'encoder.log'));
    return new Campaign(options, folder, ledger);
  }

  /** Kills as often as asked for. @returns what doesn't hold, each with its round; empty when all is well. */
  async run(onRound?: (round: number) => void): Promise<string[]> {
    const problems: string[] = [];
    for (let round = 1; round <= this.options.kills && problems.length === 0; round++) {
      const found = await this.#round(round);
      problems.push(...found.map((problem) => `kill ${round}: ${problem}`));
      onRound?.(round);
    }
    const last = this.#start();
    await last.exit();
    const atRest = await this.ledger.problemsAtRest();
    return [...problems, ...atRest.map((problem) => `at rest: ${problem}`)];
  }

  async #round(round: number): Promise<string[]> {
    await this.#submit();
    await this.#submit();
    const who = this.#random.pick(['runner', 'group'] as const);
    const atStep = this.#random.next() < 0.7;
    this.kills[`${who} at ${atStep ? 'a step' : 'random'}`]++;
    const isReal = this.options.realEvery > 0 && round % this.options.realEvery === 0;
    const runner = this.#start(atStep ? this.#fault(who) : undefined, isReal, [
      '--max-workers',
      '2',
    ]);
    if (atStep) await until(async () => !runner.isRunning || (await this.#isIdle()));
    else {
      await pause(300 + this.#random.below(900));
      await this.#disturbances.cause(runner);
    }
    await runner.kill(who);
    await until(async () => (await runner.descendants()).length === 0);
    const problems = await this.ledger.problems();
    return problems.length === 0 ? [] : [...problems, runner.log];
  }

  #start(fault?: Fault, isReal = false, args: readonly string[] = ['--once']): RunnerProcess {
    return new RunnerProcess(this.folder.root, {
      args,
      fault,
      proxy: isReal ? undefined : this.options.media.proxy,
      env: { STAND_IN_SECONDS: '0.03', STAND_IN_LOG: join(this.options.base, 'encoder.log') },
    });
  }

  #fault(who: 'runner' | 'group'): Fault {
    return {
      nth: 1 + this.#random.below(STEPS),
      when: this.#random.pick(['before', 'after', 'torn'] as const),
      act: who === 'group' ? 'kill-group' : 'kill',
    };
  }

  async #isIdle(): Promise<boolean> {
    const left = [await readdir(this.folder.path('pending')), await this.folder.names('running')];
    return left.flat().length === 0;
  }

  /** Mostly good jobs; some that are refused, and some that want an output which is taken or wanted by another. */
  async #submit() {
    const id = `job-${++this.#jobs}`;
    const kind = this.#random.below(10);
    const { source } = this.options.media;
    const sources = Array.from({ length: 1 + this.#random.below(3) }, () => source);
    const fields = { job_id: id };
    const spec = {
      0: () => this.folder.spec([join(this.options.base, 'missing.mov')], fields),
      1: () => this.folder.spec([source], { ...fields, codec: 'none' }),
      2: () => this.folder.spec([source], { ...fields, naming_template: 'existing-{index}' }),
      3: () =>
        this.folder.spec([source], { ...fields, naming_template: `shared-${this.#jobs >> 1}` }),
      4: () =>
        this.folder.spec([source], { ...fields, naming_template: `shared-${this.#jobs >> 1}` }),
    }[kind];
    const text = JSON.stringify(spec?.() ?? this.folder.spec(sources, fields));
    this.ledger.submitted.add(id);
    await this.folder.drop(await this.#freeName(), kind === 5 ? text.slice(0, -1) : text);
  }

  /** Names come again and again, as they do from scripts. */
  async #freeName(): Promise<string> {
    const name = `clip-${this.#jobs % 6}.json`;
    const taken = await readdir(this.folder.path('pending'));
    return taken.includes(name) ? `clip-${this.#jobs}-again.json` : name;
  }
}
