import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { cardRootOf } from '@app/assistant/card';
import { grouped, JOB_STATES, OWN_DIRECTORY, OWN_NAMES, stemOf } from '@app/jobspec/folder';
import { unplannedClips, type Inventory, type LeftOutClip } from '@app/jobspec/inventory';
import { readInventory } from '@app/storage/inventory';
import { batchOf } from './batch.ts';
import type { FoundClip } from '../index/clip-row.ts';
import { NO_INVENTORY, type InventoryView } from '../index/folder-view.ts';
import { jobWithoutResult, unmadeClip } from './found-job.ts';
import type { IndexWriter } from './index-writer.ts';
import type { ReadEntry } from './read-entry.ts';
import type { FolderSetting } from '../index/settings.ts';
import { stampNow } from '../index/read-listed-file.ts';

/** Pause after reading the inventory, as a multiple of the reading time, which is a second for 100,000 clips. */
const PAUSE_FACTOR = 30;
/** Interval between readings while an entry waits for its job, in milliseconds. */
const UNSETTLED_MS = 60_000;
/** Size limit. An inventory of 100,000 finished clips is 60 MB large, and takes twice as much memory while it is read. */
const MAX_BYTES = 96 * 1024 * 1024;
/** Limit on cards and folders in the view. */
const MAX_MEDIA = 1000;
/** Limit on clips per entry. */
const MAX_CLIPS = 2000;

/** Follows the inventory of a watch folder and indexes the clips that were not planned. */
export class InventoryWatch {
  readonly #folder: FolderSetting;
  readonly #writer: IndexWriter;
  readonly #place: number;
  #view: InventoryView = NO_INVENTORY;
  #stamp = '';
  #dueAt = 0;

  constructor(folder: FolderSetting, writer: IndexWriter) {
    this.#folder = folder;
    this.#writer = writer;
    this.#place = writer.place(folder.name, 'media').id;
  }

  /** Reads the inventory if it or the set of jobs has changed. All jobs must have been indexed. */
  async view(): Promise<InventoryView> {
    if (performance.now() < this.#dueAt) return this.#view;
    const stamp = await this.#now();
    if (stamp === this.#stamp) return this.#view;
    const begun = performance.now();
    this.#stamp = stamp;
    try {
      const { pending, inventory } = this.#paths;
      const record = await readInventory({ pending, inventory }, MAX_BYTES);
      const [problem = null] = record.faults;
      const [notice = null] = record.notices;
      this.#view = { ...this.#take(record), problem, notice };
    } catch (error) {
      const fact = error instanceof Error ? error.message : String(error);
      this.#view = { ...NO_INVENTORY, problem: `The record of media can’t be read: ${fact}.` };
    }
    const now = performance.now();
    this.#dueAt = Math.max(this.#dueAt, now + PAUSE_FACTOR * (now - begun));
    return this.#view;
  }

  get #paths() {
    const { path } = this.#folder;
    const inventory = join(path, OWN_DIRECTORY, OWN_NAMES.inventory);
    return { inventory, pending: join(path, JOB_STATES[0]) };
  }

  async #now(): Promise<string> {
    const states = JOB_STATES.map((state) => join(this.#folder.path, state));
    const stamps = [this.#paths.inventory, ...states].map(async (path) => stampNow(path));
    return (await Promise.all(stamps)).join();
  }

  /** Indexes unplanned clips. @returns cards and folders of which every clip is listed */
  #take(inventory: Inventory): Pick<InventoryView, 'media' | 'mediaWithPutAside'> {
    this.#writer.dismiss(this.#folder.name, (job, at) => inventory.isDismissed(job, at));
    const requested = [...inventory.clips].filter(({ job }) => job !== null);
    const paths = requested.map(({ path }) => path);
    const unknown = this.#writer.unknownSources(this.#folder.name, paths);
    const jobs = this.#writer.jobNames(this.#folder.name);
    const { clips, forgotten, mediaWithPutAside, isSettled } = unplannedClips(inventory, {
      // An entry may name any job: it counts only if a known job requests the clip.
      hasJob: ({ job, path }) => job !== null && jobs.has(stemOf(job)) && !unknown.has(path),
      hasClip: (path) => !unknown.has(path),
    });
    this.#put(entriesOf(clips));
    if (!isSettled) [this.#stamp, this.#dueAt] = ['', performance.now() + UNSETTLED_MS];
    const media = new Set([...inventory.clips].map(({ medium }) => medium));
    const known = [...media].filter((one) => !forgotten.has(one)).slice(0, MAX_MEDIA);
    const isWhole = (one: string) => !mediaWithPutAside.has(one);
    return {
      media: known.filter(isWhole),
      mediaWithPutAside: known.filter((one) => !isWhole(one)),
    };
  }

  #put(entries: readonly ReadEntry[]): void {
    const known = this.#writer.known(this.#place);
    for (const entry of entries) {
      const isKnown = known.get(entry.base)?.endsWith(entry.stamp) === true;
      if (!isKnown) this.#writer.put(this.#place, batchOf(this.#folder.name, 'media', [entry]));
      known.delete(entry.base);
    }
    if (known.size > 0) this.#writer.remove(this.#place, [...known.keys()]);
  }
}

/** Groups clips that were left out on one card in one hour for one reason, like the clips of a job. */
function entriesOf(clips: readonly LeftOutClip[]): ReadEntry[] {
  const groups = grouped(clips, ({ cause, path, at }) =>
    [at.slice(0, 13), cause, cardRootOf(path)].join(' '),
  );
  return [...groups].flatMap(([key, group]) =>
    Array.from({ length: Math.ceil(group.length / MAX_CLIPS) }, (_, part) =>
      entryOf(`${key} ${part}`, group.slice(part * MAX_CLIPS, (part + 1) * MAX_CLIPS)),
    ),
  );
}

function entryOf(base: string, group: readonly LeftOutClip[]): ReadEntry {
  const clips = group.map((clip): FoundClip => {
    const reason = { failure_type: null, failure_reason: clip.reason };
    const when = Date.parse(clip.at);
    return { ...unmadeClip(clip.path, 'NOT_PLANNED', when, reason), kind: clip.kind };
  });
  const when = Math.max(...clips.map((clip) => clip.when));
  const cause = group[0]?.cause ?? null;
  const facts = { ...jobWithoutResult('completed', when, null, null).facts, cause };
  const stamp = createHash('sha256').update(JSON.stringify(clips)).digest('hex');
  const none = { hasJob: false, hasResult: false };
  return { base, ...none, stamp, facts: { ...facts, total_clips: clips.length }, clips };
}
