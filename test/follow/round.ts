import { appendFile, mkdir, readdir, readFile, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import { followerOf, readFollowerStatus } from '@app/jobspec/folder';
import { Random } from '../crash/random.ts';
import { cli, MAIN } from '../support/cli.ts';
import { JobFolder } from '../support/job-folder.ts';
import { RunnerProcess } from '../support/runner-process.ts';
import { EXTENSIONS, Media } from './card.ts';
import { Verdict, type Codec } from './verdict.ts';

export interface RoundOptions {
  /** An empty directory. */
  base: string;
  /** By frames and extension. */
  clips: Readonly<Record<string, string>>;
  seed: number;
}

/** For which a file must be at rest. */
const SETTLE_SECONDS = 1;
const QUICK = ['--settle-seconds', `${SETTLE_SECONDS}`, '--poll-seconds', '0.1'];
/** After so many it is left alone, so that it ends. */
const MOST_KILLS = 10;
/** For a machine that is busy. */
const PATIENCE_MS = 120_000;

type Role = 'follower' | 'runner';

/** A card that is copied into a followed folder, while its planner, its runner and retries are killed; and what doesn't hold at the end. */
export class Round {
  readonly counts: Record<string, number> = { clips: 0, kills: 0, retries: 0, stalled: 0 };
  readonly #random: Random;
  readonly #codecs: readonly Codec[];
  readonly #media: Media;
  readonly #verdict: Verdict;
  readonly #problems = new Set<string>();
  /** Media folders as given to the follower. */
  readonly #named: string[];
  readonly #running = new Map<Role, RunnerProcess>();
  #areCopied = false;

  private constructor(
    private readonly options: RoundOptions,
    private readonly folder: JobFolder,
  ) {
    const { base, clips, seed } = options;
    this.#random = new Random(seed);
    this.#codecs = this.#random.pick([['h264'], ['h264', 'prores_proxy']] as const);
    this.#media = new Media(base, clips, this.#random, SETTLE_SECONDS);
    this.#verdict = new Verdict(folder, this.#media, this.#codecs);
    this.#named = [this.#card, this.#link];
  }

  static async create(options: RoundOptions): Promise<Round> {
    const folder = await JobFolder.create(options.base);
    return new Round(options, folder);
  }

  get #card() {
    return join(this.options.base, 'A001');
  }

  get #link() {
    return join(this.options.base, 'today');
  }

  /** @returns what doesn't hold; empty when all is well. */
  async run(): Promise<string[]> {
    await mkdir(this.#card);
    for (const role of ['runner', 'follower'] as const) this.#start(role);
    const [killing, retrying] = [this.#kill(), this.#retry()];
    await this.#copy();
    this.#areCopied = true;
    await Promise.all([killing, retrying]);
    await this.#restart('follower');
    await this.#wait();
    await this.#stop();
    await cli(['retry', this.folder.root]);
    await cli([this.folder.root, '--once', '--max-workers', '2', ...QUICK]);
    const { there, stalled, counts } = this.#media;
    Object.assign(this.counts, counts);
    this.counts['clips'] = there.size;
    this.counts['stalled'] = stalled.size;
    return [...this.#problems, ...(await this.#verdict.problems())];
  }

  /** Clips of a card in another order; of a medium that a link leads to later; and of one that is followed from the next start on. */
  async #copy() {
    const { base } = this.options;
    const names = EXTENSIONS.map((extension, index) => `C00${index}.${extension}`);
    const places = names.map((name) => join(this.#card, name));
    const linked = join(base, 'B001');
    const second = join(base, 'C001');
    for (const medium of [linked, second]) await mkdir(medium);
    const further = [linked, second].flatMap((medium) =>
      ['mov', 'ts'].map((extension) => join(medium, `C001.${extension}`)),
    );
    const order = [...places, ...further].map((path) => ({ path, at: this.#random.next() }));
    order.sort((a, b) => a.at - b.at);
    const [linkAt, secondAt] = [this.#random.below(10), this.#random.below(10)];
    for (const [index, { path }] of order.entries()) {
      if (index === linkAt) await symlink(linked, this.#link);
      if (index === secondAt) this.#named.push(second);
      await this.#media.copy(path);
      if (path.startsWith(this.#card) && this.#random.below(2) === 0)
        await this.#media.disturb(this.#card);
    }
  }

  /** Kills one of both at random moments, and starts it again. */
  async #kill() {
    const random = new Random(~this.options.seed);
    while ((this.counts['kills'] ?? 0) < MOST_KILLS) {
      await sleep(300 + random.below(3000));
      if (this.#areCopied && random.below(3) === 0) return;
      await this.#restart(random.pick(['follower', 'runner'] as const));
    }
  }

  /** Asks again for what has failed so far, while the others work; some of these are killed, too. */
  async #retry() {
    const random = new Random(this.options.seed ^ 0x5a5a5a);
    while (!this.#areCopied) {
      await sleep(1000 + random.below(3000));
      const retry = execa(process.execPath, [MAIN, 'retry', this.folder.root], {
        reject: false,
        all: true,
      });
      if (random.below(3) === 0) {
        await sleep(random.below(600));
        retry.kill('SIGKILL');
        this.#count('kills');
      }
      const { all } = await retry;
      this.#count('retries');
      await appendFile(join(this.options.base, 'retry.log'), `${all}\n\n`);
    }
  }

  #count(what: string) {
    this.counts[what] = (this.counts[what] ?? 0) + 1;
  }

  #start(role: Role) {
    const { output, root } = this.folder;
    const kinds = this.#codecs.flatMap((codec) => ['--codec', codec]);
    const plan = [...this.#named, '--output', output, ...kinds, '--submit', root, '--follow'];
    const one =
      role === 'follower'
        ? new RunnerProcess('plan', { args: [...plan, ...QUICK] })
        : new RunnerProcess(root, { args: ['--max-workers', '2'] });
    this.#running.set(role, one);
  }

  async #restart(role: Role) {
    const one = this.#running.get(role);
    await one?.kill();
    await this.#keepLog(role, 'killed');
    this.#count('kills');
    this.#start(role);
  }

  async #keepLog(role: Role, end: string) {
    const log = `${this.#running.get(role)?.log ?? ''}\n${end}\n\n`;
    await appendFile(join(this.options.base, `${role}.log`), log);
  }

  /** Waits until all is made or said, and the follower has looked twice more. */
  async #wait() {
    const end = performance.now() + PATIENCE_MS;
    const isLate = () => performance.now() > end;
    while (!isLate() && (await this.#open()).length > 0) await sleep(100);
    const polls = new Set<string>();
    while (!isLate() && polls.size < 4) {
      polls.add(await this.#lastPolls());
      await sleep(100);
    }
    while (!isLate() && (await this.#open()).length > 0) await sleep(100);
  }

  async #lastPolls(): Promise<string> {
    const own = this.folder.path('.runner');
    const names = (await readdir(own)).filter((name) => followerOf(name));
    const statuses = names.map(async (name) => readFollowerStatus(await readFile(join(own, name))));
    return (await Promise.all(statuses)).map((status) => status?.last_poll_at).join();
  }

  async #open(): Promise<string[]> {
    try {
      return await this.#verdict.open();
    } catch (error) {
      this.#problems.add(String(error));
      return ['unknown'];
    }
  }

  async #stop() {
    for (const [role, one] of this.#running) {
      one.signal('SIGTERM');
      const code = await one.exit();
      await this.#keepLog(role, `ended with ${code}`);
      if (code !== 0 && role === 'follower') this.#problems.add(`the follower ended with ${code}`);
    }
  }
}
