import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { JobResult } from '@app/jobspec';
import type { JobFolder } from '../support/job-folder.ts';

export const STATES = ['pending', 'running', 'completed', 'failed'] as const;

/** Keeps account of what was submitted and archived, and says what is wrong with a watch folder. */
export class Ledger {
  /** Job ids of submitted JobSpecs. */
  readonly submitted = new Set<string>();
  /** Digests of archived files, by path: an archived job is never touched again. */
  readonly #archived = new Map<string, string>();
  /** Outcome of a job, by the digest of its JobSpec. */
  readonly #decided = new Map<string, string>();

  constructor(
    private readonly folder: JobFolder,
    /** Digest of what a finished proxy must be. */
    private readonly proxy: string,
    /** Files that were there before, by path, with their digests. */
    private readonly foreign: ReadonlyMap<string, string>,
    private readonly encoderLog: string,
  ) {}

  /** Checks what must hold whenever no runner works on the folder. */
  async problems(): Promise<string[]> {
    return [
      ...(await this.#placeProblems()),
      ...(await this.#archiveProblems()),
      ...(await this.#outputProblems()),
      ...(await this.#encoderProblems()),
    ];
  }

  /** Checks what must hold once a runner has finished all jobs. */
  async problemsAtRest(): Promise<string[]> {
    const problems = await this.problems();
    for (const state of ['pending', 'running'] as const) {
      const names = await readdir(this.folder.path(state));
      if (names.length > 0) problems.push(`${state}/ holds ${names.join(', ')}`);
    }
    const journals = await readdir(this.folder.path('.runner', 'journals'));
    if (journals.length > 0) problems.push(`journals are left: ${journals.join(', ')}`);
    const kept = await readdir(this.folder.path('.runner', 'kept'));
    if (kept.length > 0) problems.push(`results were put aside: ${kept.join(', ')}`);
    const results = await this.folder.results();
    if (results.length !== this.submitted.size)
      problems.push(`${this.submitted.size} jobs have ${results.length} results`);
    return [...problems, ...(await this.#clipProblems(results))];
  }

  async #placeProblems(): Promise<string[]> {
    const places = new Map<string, string[]>();
    for (const state of STATES) {
      for (const name of await readdir(this.folder.path(state))) {
        if (!isJob(name)) continue;
        const id = jobIdIn(await readFile(this.folder.path(state, name), 'utf8'));
        places.set(id, [...(places.get(id) ?? []), state]);
      }
    }
    return [...this.submitted]
      .filter((id) => places.get(id)?.length !== 1)
      .map((id) => `${id} is in ${places.get(id)?.join(' and ') ?? 'no folder'}`);
  }

  async #archiveProblems(): Promise<string[]> {
    const problems: string[] = [];
    await this.folder.results().catch((error: Error) => problems.push(error.message));
    for (const state of ['completed', 'failed'] as const) {
      for (const name of await readdir(this.folder.path(state))) {
        const path = this.folder.path(state, name);
        const digest = await digestOf(path);
        if ((this.#archived.get(path) ?? digest) !== digest) problems.push(`${path} was changed`);
        this.#archived.set(path, digest);
      }
    }
    for (const path of this.#archived.keys())
      if (!(await digestOf(path).catch(() => null))) problems.push(`${path} is gone`);
    return [...problems, ...(await this.#decisionProblems())];
  }

  async #decisionProblems(): Promise<string[]> {
    const problems: string[] = [];
    for (const state of ['running', 'completed', 'failed'] as const) {
      for (const name of await readdir(this.folder.path(state))) {
        if (!name.endsWith('.result.json')) continue;
        const text = await readFile(this.folder.path(state, name), 'utf8');
        const { final_status, _metadata } = JSON.parse(text) as JobResult;
        const before = this.#decided.get(_metadata.jobspec_sha256) ?? final_status;
        if (before !== final_status) problems.push(`${name} was ${before}, now ${final_status}`);
        this.#decided.set(_metadata.jobspec_sha256, final_status);
      }
    }
    return problems;
  }

  async #outputProblems(): Promise<string[]> {
    const problems: string[] = [];
    for (const name of await readdir(this.folder.output)) {
      const path = join(this.folder.output, name);
      if (name.startsWith('.') || this.foreign.has(path)) continue;
      if ((await digestOf(path)) !== this.proxy) problems.push(`${name} is no whole proxy`);
    }
    for (const [path, digest] of this.foreign)
      if ((await digestOf(path).catch(() => 'gone')) !== digest) problems.push(`${path} changed`);
    return problems;
  }

  /** A staging name follows from job and clip: one that was encoded into twice was run twice. */
  async #encoderProblems(): Promise<string[]> {
    const log = await readFile(this.encoderLog, 'utf8').catch(() => '');
    const clips = log.split('\n').map((path) => basename(path).replace(/(-\d+)-\d+\./, '$1.'));
    const twice = clips.filter((clip, index) => clip !== '' && clips.indexOf(clip) !== index);
    return twice.map((clip) => `${clip} was encoded twice`);
  }

  /** Published files and listed clips are the same; hidden files are partial outputs that a result names. */
  async #clipProblems(results: readonly JobResult[]): Promise<string[]> {
    const clips = results.flatMap((result) => result.clips);
    const listed = clips.filter(({ status }) => status === 'COMPLETED');
    const expected = new Set([
      ...listed.map((clip) => clip.resolved_output_path),
      ...clips.flatMap((clip) => clip.partial_output_path ?? []),
      ...[...this.foreign.keys()].filter((path) => dirname(path) === this.folder.output),
    ]);
    const names = await readdir(this.folder.output);
    const there = new Set(names.map((name) => join(this.folder.output, name)));
    return [
      ...[...there].filter((path) => !expected.has(path)).map((path) => `no result names ${path}`),
      ...[...expected].filter((path) => !there.has(path)).map((path) => `${path} is not there`),
    ];
  }
}

export async function digestOf(path: string): Promise<string> {
  return createHash('sha256')
    .update(await readFile(path))
    .digest('hex');
}

function isJob(name: string): boolean {
  return name.endsWith('.json') && !name.endsWith('.result.json') && !name.startsWith('.');
}

/** Also of JobSpecs that aren't valid JSON. */
function jobIdIn(text: string): string {
  return /"job_id":"([^"]+)"/.exec(text)?.[1] ?? 'unknown';
}
