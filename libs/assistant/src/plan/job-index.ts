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
import { RealPaths } from './real-paths.ts';
import type { LeftOut } from './walk.ts';

/** Proxy that a job will make. */
export interface ComingProxy {
  /** Real path of the source. */
  source: string;
  /** Kind in the ledger: codec, container, size and look. */
  kind: string | null;
}

/** Proxy that a job has made. */
export interface MadeProxy extends ComingProxy {
  /** `null` if its result doesn't record it. */
  bytes: number | null;
}

/** Proxy that a failed job didn't make. */
export interface FailedProxy extends ComingProxy {
  job: string;
  /** End of the job, in milliseconds since the epoch. */
  endedAt: number | null;
}

/** Submitted JobSpec, by name and hash. */
export interface JobReference {
  job: string;
  sha256: string;
}

/** Proxies of a watch folder's jobs, by real and folded path. */
export interface JobIndex {
  /** Proxies of waiting and running jobs. */
  pending: ReadonlyMap<string, ComingProxy>;
  made: ReadonlyMap<string, MadeProxy>;
  /** Proxies that their last job failed to make. */
  failed: ReadonlyMap<string, FailedProxy>;
  /** Job that makes or has made a proxy. */
  makers: ReadonlyMap<string, JobReference>;
  /** Every JobSpec, by the SHA-256 of its bytes. */
  specs: ReadonlyMap<string, KnownSpec>;
  /** Resolved paths, since several links may lead to one card. */
  names: RealPaths;
}

/** Jobs of one JobSpec. */
export interface KnownSpec {
  /** Earliest state among them: of the job that reads its sources last. */
  state: JobState;
  facts: JobFacts;
  /** Latest end, in milliseconds since the epoch; `null` if none has ended. */
  endedAt: number | null;
}

/** Job as read from one of its files. */
interface JobFacts extends JobReference {
  clips: readonly {
    /** Path in the file; `source` is the real one. */
    named: string;
    source: string;
    /** Real and folded. */
    output: string;
    kind: string | null;
    /** `null` if it wasn't made. */
    made: { at: number; bytes: number | null } | null;
  }[];
  endedAt: number | null;
}

/** Jobs by state of a watch folder. A file is read again only if it changes. */
export class WatchFolderJobs {
  readonly #known: Readonly<Record<JobState, StateFiles>>;
  #last: JobIndex | null = null;

  constructor(private readonly folder: WatchFolder | null) {
    const states = JOB_STATES.map((state) => [state, new StateFiles()]);
    this.#known = Object.fromEntries(states) as Record<JobState, StateFiles>;
  }

  /**
   * Returns the current jobs. States are read in the order in which jobs move, so a job that moves meanwhile may be
   * read twice but is never missed.
   *
   * @throws Refusal if a folder can't be listed
   */
  async read(): Promise<JobIndex> {
    const names = new RealPaths();
    const { folder } = this;
    let isStale = this.#last === null;
    if (folder !== null)
      for (const state of JOB_STATES) {
        const read = ARCHIVES.some((archive) => archive === state) ? endedJob : comingJob;
        const load = (path: string) => read(path, names);
        if (await this.#known[state].read(folder[state], read === endedJob, load)) isStale = true;
      }
    if (isStale || this.#last === null) this.#last = this.#gather(names);
    return this.#last;
  }

  #gather(names: RealPaths): JobIndex {
    const [pending, made] = [new Map<string, ComingProxy>(), new Map<string, MadeProxy>()];
    const failed = new Map<string, FailedProxy>();
    const [makers, specs] = [new Map<string, JobReference>(), new Map<string, KnownSpec>()];
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
    // The earliest state is set last and wins.
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

/** Returns the path of a source's proxy in a JobSpec, real and folded; `null` if it has none. */
export function outputIn(spec: KnownSpec | undefined, source: string): string | null {
  if (spec === undefined) return null;
  const { facts } = spec;
  const known =
    byName.get(facts) ?? new Map(facts.clips.map(({ named, output }) => [named, output]));
  // Most JobSpecs have one clip and are queried once.
  if (facts.clips.length > 1) byName.set(facts, known);
  return known.get(source) ?? null;
}

const byName = new WeakMap<JobFacts, ReadonlyMap<string, string>>();

/** A folder listed this long after its last change is up to date, however coarse its storage's timestamps are. */
const TIMESTAMP_MARGIN_MS = 3000;

/** Files of one state, with the facts of each. */
class StateFiles {
  readonly #files = new Map<string, { fingerprint: string; facts: JobFacts | null }>();
  #mtimeMs: number | null = null;
  /** First sight of this mtime, and last listing, by `performance.now()`. */
  #since = 0;
  #listedAt = 0;

  get jobs(): JobFacts[] {
    return [...this.#files.values()].flatMap(({ facts }) => facts ?? []);
  }

  /** @returns true if anything has changed */
  async read(
    directory: string,
    isArchive: boolean,
    read: (path: string) => Promise<JobFacts | null>,
  ): Promise<boolean> {
    const now = performance.now();
    const mtimeMs = (await stat(directory).catch(() => null))?.mtimeMs ?? null;
    if (mtimeMs !== this.#mtimeMs) [this.#mtimeMs, this.#since] = [mtimeMs, now];
    else if (mtimeMs !== null && this.#listedAt - this.#since > TIMESTAMP_MARGIN_MS) return false;
    this.#listedAt = now;
    const names = (await namesInState(directory)).filter((name) =>
      isArchive ? isResultName(name) && !name.startsWith('.') : refusalOfName(name) === null,
    );
    let hasChanged = false;
    const there = new Set(names);
    for (const name of this.#files.keys())
      if (!there.has(name)) hasChanged = this.#files.delete(name) || hasChanged;
    await mapConcurrently(names, async (name) => {
      const path = join(directory, name);
      const stats = await lstat(path).catch(() => null);
      const fingerprint = stats === null ? '' : `${stats.size} ${stats.mtimeMs}`;
      if (this.#files.get(name)?.fingerprint === fingerprint) return;
      hasChanged = true;
      // Inserted before reading, to keep the order of names.
      const entry: { fingerprint: string; facts: JobFacts | null } = { fingerprint, facts: null };
      this.#files.set(name, entry);
      entry.facts = await read(path);
    });
    return hasChanged;
  }
}

/** Reads a result; `null` if it is unreadable. */
async function endedJob(path: string, names: RealPaths): Promise<JobFacts | null> {
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
    // The result of a failed job doesn't list clips that were never started.
    const spec = failure_type === null ? null : await comingJob(join(dirname(path), job), names);
    const rest = spec?.sha256 === sha256 ? spec.clips.slice(clips.length) : [];
    const clipFacts = clips.map(async ({ source: named, output, isMade, at, bytes }, index) => ({
      named,
      source: await names.of(named),
      output: foldedName(await names.of(output)),
      kind: kindOf(requested, index),
      made: isMade ? { at, bytes } : null,
    }));
    return { job, sha256, clips: [...(await Promise.all(clipFacts)), ...rest], endedAt };
  } catch {
    return null;
  }
}

/** Reads a JobSpec; `null` if it is unreadable, isn't a file or will be refused. */
async function comingJob(path: string, names: RealPaths): Promise<JobFacts | null> {
  const file = await readJobFile(path).catch(() => null);
  if (file === null) return null;
  const { reading, sha256 } = file;
  try {
    const spec = parseJobSpec(reading);
    const requested = requestedProxy(spec);
    const clipFacts = outputNames(spec, reading.jobId).map(async (name, index) => {
      const named = spec.sources[index] ?? '';
      const output = foldedName(await names.of(join(spec.output_directory, name)));
      const kind = kindOf(requested, index);
      return { named, source: await names.of(named), output, kind, made: null };
    });
    return { job: basename(path), sha256, clips: await Promise.all(clipFacts), endedAt: null };
  } catch (error) {
    if (error instanceof JobFailure) return null;
    throw error;
  }
}

/**
 * Problem of a JobSpec with this name but other content. Since names are hashes of the content, somebody has changed
 * it.
 */
export function otherJobSpec(path: string, { clips }: JobDocument): LeftOut {
  const sources = clips[0]?.medium ?? '';
  const reason = `${path} is there and says something other than the plan of ${sources}. Move it away.`;
  return { path, kind: 'naming', cause: 'output_taken', reason };
}

/** Problem of a completed job whose proxies no longer exist as made. */
export function goneProxies({ name, directory }: JobDocument): LeftOut {
  const reason = `${name} was completed, and its proxies in ${directory} are gone or changed, or their clips were. To make them again, move any leftover proxies away, and ${name} and its result out of completed/.`;
  return { path: directory, kind: 'proxy', cause: 'made_before', reason };
}
