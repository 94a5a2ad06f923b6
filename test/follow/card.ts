import { chmod, link, mkdir, open, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../crash/random.ts';

/** Frames of a card's clips, and of those of another card under its path. */
export const FRAMES = { first: 25, other: 20 } as const;

/** The containers of clips. */
export const EXTENSIONS = ['mov', 'mp4', 'mxf', 'mkv', 'avi', 'ts'] as const;
const PARTS = 5;
/** Between two parts, in milliseconds: below half of the time for which a file must be at rest. */
const LONGEST_PAUSE = 500;
const HOUR = 3600;

/** Media that are copied as programs and people do it, and what lies there whole. */
export class Media {
  /** Frames of each clip that lies there, by its path. */
  readonly there = new Map<string, number>();
  /** Paths whose clip was not there, or was another one, for a while. */
  readonly disturbed = new Set<string>();
  /** Paths whose copy this machine held up for so long that a planner may take it for whole. */
  readonly stalled = new Set<string>();
  readonly counts: Record<string, number> = {};
  #copies = 0;

  constructor(
    private readonly base: string,
    private readonly clips: Readonly<Record<string, string>>,
    private readonly random: Random,
    private readonly settleSeconds: number,
  ) {}

  /** Copies a clip slowly, as one of many programs does. */
  async copy(path: string, frames: number = FRAMES.first): Promise<void> {
    const how = this.#count(['in order', 'allotted first', 'beginning last', 'renamed at the end']);
    const bytes = await readFile(this.clips[frames + extname(path)] ?? '');
    const to = how === 'renamed at the end' ? this.#nameOfPart(path) : path;
    const step = Math.ceil(bytes.length / PARTS);
    const starts = Array.from({ length: PARTS }, (_, index) => index * step);
    if (how === 'beginning last') starts.reverse();
    const file = await open(to, 'w');
    if (how === 'allotted first') await file.truncate(bytes.length);
    let last = performance.now();
    for (const at of starts) {
      await sleep(this.random.below(LONGEST_PAUSE));
      await file.write(bytes.subarray(at, at + step), 0, undefined, at);
      if (performance.now() - last > this.settleSeconds * 900) this.stalled.add(path);
      last = performance.now();
    }
    await file.close();
    // Most programs set the time of the card's file last.
    const time = Date.UTC(2020, 0, 1, 0, ++this.#copies * 7) / 1000;
    if (this.random.below(4) > 0) await utimes(to, time, time);
    if (to !== path) await rename(to, path);
    this.there.set(path, frames);
  }

  #nameOfPart(path: string): string {
    const hidden = join(dirname(path), `.${basename(path)}.Xy12ab`);
    return this.random.pick([`${path}.part`, hidden]);
  }

  /** Does something to media that people do, most of it to one clip. */
  async disturb(card: string): Promise<void> {
    const own = [...this.there.keys()].filter((path) => dirname(path) === card);
    const path = this.random.pick(own);
    const acts = {
      'moved away and back': () => this.#moveAway(path),
      'replaced by another extension': () => this.#replace(path),
      'rights changed': () => chmod(path, this.random.pick([0o600, 0o640, 0o444])),
      'hard link': () => this.#link(path),
      'whole hours': () => this.#touch(path),
      'another card under its path': () => this.#remount(card),
    };
    await acts[this.#count(Object.keys(acts) as (keyof typeof acts)[])]();
  }

  async #moveAway(path: string) {
    const away = join(this.base, 'away.clip');
    this.disturbed.add(path);
    await rename(path, away);
    await sleep(this.random.below(3000));
    await rename(away, path);
  }

  async #replace(path: string) {
    const extension = this.random.pick(EXTENSIONS.filter((one) => !path.endsWith(one)));
    this.disturbed.add(path);
    this.there.delete(path);
    await rm(path);
    await this.copy(path.slice(0, -extname(path).length + 1) + extension);
  }

  async #link(path: string) {
    await mkdir(join(this.base, 'backup'), { recursive: true });
    await link(path, join(this.base, 'backup', `${++this.#copies}`));
  }

  /** Moves times, as on a FAT card when the time zone changes. */
  async #touch(path: string) {
    const { mtimeMs } = await stat(path);
    const time = mtimeMs / 1000 - HOUR * (1 + this.random.below(12));
    await utimes(path, time, time);
  }

  /** Some cards come back. */
  async #remount(card: string) {
    const [away, other] = [join(this.base, 'away'), join(this.base, 'other')];
    const before = [...this.there].filter(([path]) => dirname(path) === card);
    await mkdir(other);
    for (const [path] of before) await this.copy(join(other, basename(path)), FRAMES.other);
    await rename(card, away);
    await rename(other, card);
    for (const [path] of before) {
      this.disturbed.add(path);
      this.there.delete(join(other, basename(path)));
      this.there.set(path, FRAMES.other);
    }
    await sleep(this.random.below(4000));
    if (this.random.below(2) === 0) await rm(away, { recursive: true });
    else {
      await rename(card, other);
      await rename(away, card);
      await rm(other, { recursive: true });
      for (const [path, frames] of before) this.there.set(path, frames);
    }
  }

  #count<Name extends string>(names: readonly Name[]): Name {
    const name = this.random.pick(names);
    this.counts[name] = (this.counts[name] ?? 0) + 1;
    return name;
  }
}
