import { basename, dirname, join } from 'node:path';
import { foldedName, JobFailure, outputNames, parseJobSpec, requestedProxy } from '@app/jobspec';
import { kindOf } from '@app/jobspec/ledger';
import {
  ARCHIVES,
  JOB_STATES,
  isResultName,
  jobNameOfResult,
  refusalOfName,
  type JobState,
} from '@app/jobspec/folder';
import {
  lstat,
  stat,
  mapConcurrently,
  readResult,
  readJobFile,
  type WatchFolder,
} from '@app/storage';
import type { JobDocument } from './documents.ts';
import { namesInState } from '../jobs/known-jobs.ts';
import { RealNames } from './real-names.ts';
import type { LeftOut } from './walk.ts';

/** A proxy that a job is to make. */
export interface ComingProxy {
  /** Its source's path, real. */
  source: string;
  /** As the ledger has it: codec, container, size and look. */
  kind: string | null;
}

/** A proxy that a job has made. */
export interface MadeProxy extends ComingProxy {
  /** `null` when its result doesn't tell. */
  bytes: number | null;
}

/** A proxy that a job which failed has not made. */
export interface FailedProxy extends ComingProxy {
  job: string;
  /** When that ended, in milliseconds. */
  endedAt: number | null;
}

/** A JobSpec that somebody has dropped, by its name and bytes. */
export interface AskedBy {
  job: string;
  sha256: string;
}

/** What jobs of a watch folder make and have made, by the path of each proxy, real and folded. */
export interface OtherJobs {
  /** Those that wait or run. */
  pending: ReadonlyMap<string, ComingProxy>;
  made: ReadonlyMap<string, MadeProxy>;
  /** Those that the last job has not made. */
  failed: ReadonlyMap<string, FailedProxy>;
  /** Which job makes or has made a proxy. */
  makers: ReadonlyMap<string, AskedBy>;
  /** Every JobSpec, by the SHA-256 of its bytes. */
  specs: ReadonlyMap<string, KnownSpec>;
  /** A card is the same one whichever links lead to it. */
  names: RealNames;
}

/** What is known of the jobs of one JobSpec. */
export interface KnownSpec {
  /** How far the one is that will look at its sources last. */
  state: JobState;
  facts: JobFacts;
  /** When the last ended, in milliseconds; `null` where none has. */
  endedAt: number | null;
}

/** A job as one of its files tells it. */
interface JobFacts extends AskedBy {
  clips: readonly {
    /** As it is called there, and without links. */
    named: string;
    source: string;
    /** Real and folded. */
    output: string;
    kind: string | null;
    /** `null` for none that was made. */
    made: { at: number; bytes: number | null } | null;
  }[];
  endedAt: number | null;
}

/** The jobs in the states of a watch folder; each file is read once while it stays as it is. */
export class JobStates {
  readonly #known: Readonly<Record<JobState, StateFiles>>;
  #last: OtherJobs | null = null;

  constructor(private readonly folder: WatchFolder | null) {
    const states = JOB_STATES.map((state) => [state, new StateFiles()]);
    this.#known = Object.fromEntries(states) as Record<JobState, StateFiles>;
  }

  /**
   * What they know now. They are read in the order in which jobs travel: one that goes on meanwhile is met twice rather than never.
   *
   * @throws Refusal when one can't be listed.
   */
  async read(): Promise<OtherJobs> {
    const names = new RealNames();
    const { folder } = this;
    let isNews = this.#last === null;
    if (folder !== null)
      for (const state of JOB_STATES) {
        const read = ARCHIVES.some((archive) => archive === state) ? endedJob : comingJob;
        const look = (path: string) => read(path, names);
        if (await this.#known[state].look(folder[state], read === endedJob, look)) isNews = true;
      }
    if (isNews || this.#last === null) this.#last = this.#gather(names);
    return this.#last;
  }

  #gather(names: RealNames): OtherJobs {
    const [pending, made] = [new Map<string, ComingProxy>(), new Map<string, MadeProxy>()];
    const failed = new Map<string, FailedProxy>();
    const [makers, specs] = [new Map<string, AskedBy>(), new Map<string, KnownSpec>()];
    const known = this.#known;
    const ended = [...known.failed.jobs, ...known.completed.jobs].flatMap((facts) =>
      facts.clips.map((clip) => ({ ...clip, facts })),
    );
    for (const { output, source, kind, made: proxy, facts } of ended.toSorted(
      (a, b) => madeAt(a) - madeAt(b),
    )) {
      const { job, endedAt } = facts;
      if (proxy !== null) {
        made.set(output, { source, kind, bytes: proxy.bytes });
        makers.set(output, facts);
      } else if (isLater(endedAt, failed.get(output)))
        failed.set(output, { source, kind, job, endedAt });
    }
    for (const state of ['pending', 'running'] as const)
      for (const facts of known[state].jobs)
        for (const { output, source, kind } of facts.clips) {
          pending.set(output, { source, kind });
          makers.set(output, facts);
        }
    // The earliest state is set last.
    for (const state of JOB_STATES.toReversed())
      for (const facts of known[state].jobs) {
        const { sha256, endedAt } = facts;
        const before = specs.get(sha256)?.endedAt ?? null;
        const last = endedAt === null ? before : Math.max(endedAt, before ?? 0);
        specs.set(sha256, { state, facts, endedAt: last });
      }
    return { pending, made, failed, makers, specs, names };
  }
}

function madeAt({ made }: JobFacts['clips'][number]): number {
  return made?.at ?? 0;
}

function isLater(endedAt: number | null, before: FailedProxy | undefined): boolean {
  return (endedAt ?? 0) >= (before?.endedAt ?? 0);
}

/** The path of the proxy that a JobSpec asks for of a source, real and folded; `null` where it asks for none. */
export function outputIn(spec: KnownSpec | undefined, source: string): string | null {
  if (spec === undefined) return null;
  const { facts } = spec;
  const known =
    byName.get(facts) ?? new Map(facts.clips.map(({ named, output }) => [named, output]));
  // Most have one clip, and are asked about once.
  if (facts.clips.length > 1) byName.set(facts, known);
  return known.get(source) ?? null;
}

const byName = new WeakMap<JobFacts, ReadonlyMap<string, string>>();

/** A folder that hasn't changed for so long holds what it held, however coarse the times of its storage are. */
const COARSE_MS = 3000;

/** The files of one state, each with what it told when it was read. */
class StateFiles {
  readonly #files = new Map<string, { mark: string; facts: JobFacts | null }>();
  #mtimeMs: number | null = null;
  /** Since when the folder has that time, and when it was listed last, on the clock of `performance.now()`. */
  #since = 0;
  #listedAt = 0;

  get jobs(): JobFacts[] {
    return [...this.#files.values()].flatMap(({ facts }) => facts ?? []);
  }

  /** @returns whether anything has changed. */
  async look(
    directory: string,
    isArchive: boolean,
    read: (path: string) => Promise<JobFacts | null>,
  ): Promise<boolean> {
    const now = performance.now();
    const mtimeMs = (await stat(directory).catch(() => null))?.mtimeMs ?? null;
    if (mtimeMs !== this.#mtimeMs) [this.#mtimeMs, this.#since] = [mtimeMs, now];
    else if (mtimeMs !== null && this.#listedAt - this.#since > COARSE_MS) return false;
    this.#listedAt = now;
    const names = (await namesInState(directory)).filter((name) =>
      isArchive ? isResultName(name) && !name.startsWith('.') : refusalOfName(name) === null,
    );
    let isNews = false;
    const there = new Set(names);
    for (const name of this.#files.keys())
      if (!there.has(name)) isNews = this.#files.delete(name) || isNews;
    await mapConcurrently(names, async (name) => {
      const path = join(directory, name);
      const stats = await lstat(path).catch(() => null);
      const mark = stats === null ? '' : `${stats.size} ${stats.mtimeMs}`;
      if (this.#files.get(name)?.mark === mark) return;
      isNews = true;
      // In the order of the names, whichever is read first.
      const entry: { mark: string; facts: JobFacts | null } = { mark, facts: null };
      this.#files.set(name, entry);
      entry.facts = await read(path);
    });
    return isNews;
  }
}

/** As a result has it. What can't be read tells nothing. */
async function endedJob(path: string, names: RealNames): Promise<JobFacts | null> {
  try {
    const { clips, completed_at, failure_type, requested, _metadata } = await readResult(
      path,
      (clip) => ({
        source: clip.source_path,
        output: clip.resolved_output_path,
        isMade: clip.status === 'COMPLETED',
        at: Date.parse(clip.completed_at) || 0,
        bytes: clip.output_size_bytes,
      }),
    );
    const sha256 = _metadata.jobspec_sha256;
    const job = jobNameOfResult(basename(path));
    const endedAt = Date.parse(completed_at) || 0;
    // A job that failed doesn't list what it never began.
    const spec = failure_type === null ? null : await comingJob(join(dirname(path), job), names);
    const rest = spec?.sha256 === sha256 ? spec.clips.slice(clips.length) : [];
    const told = clips.map(async ({ source: named, output, isMade, at, bytes }, index) => ({
      named,
      source: await names.of(named),
      output: foldedName(await names.of(output)),
      kind: kindOf(requested, index),
      made: isMade ? { at, bytes } : null,
    }));
    return { job, sha256, clips: [...(await Promise.all(told)), ...rest], endedAt };
  } catch {
    return null;
  }
}

/** As a JobSpec has it. One that can't be read, is no file, or will be refused, makes nothing. */
async function comingJob(path: string, names: RealNames): Promise<JobFacts | null> {
  const file = await readJobFile(path).catch(() => null);
  if (file === null) return null;
  const { reading, sha256 } = file;
  try {
    const spec = parseJobSpec(reading);
    const requested = requestedProxy(spec);
    const told = outputNames(spec, reading.jobId).map(async (name, index) => {
      const named = spec.sources[index] ?? '';
      const output = foldedName(await names.of(join(spec.output_directory, name)));
      const kind = kindOf(requested, index);
      return { named, source: await names.of(named), output, kind, made: null };
    });
    return { job: basename(path), sha256, clips: await Promise.all(told), endedAt: null };
  } catch (error) {
    if (error instanceof JobFailure) return null;
    throw error;
  }
}

/** A JobSpec of that name lies there and isn't this one: a name stands for what it says, so somebody has changed it. */
export function otherJobSpec(path: string, { clips }: JobDocument): LeftOut {
  const sources = clips[0]?.medium ?? '';
  const reason = `${path} is there and says something else than the plan of ${sources}. Move it away.`;
  return { path, kind: 'naming', cause: 'output_taken', reason };
}

/** A job that was completed, and whose proxies aren't there as it made them. */
export function goneProxies({ name, directory }: JobDocument): LeftOut {
  const reason = `${name} was completed, and its proxies in ${directory} are gone or changed, or their clips were. To make them again, move what is left of them away, and ${name} and its result out of completed/.`;
  return { path: directory, kind: 'proxy', cause: 'made_before', reason };
}
