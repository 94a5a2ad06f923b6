import type { ActiveJob, RunnerStatus } from '@app/jobspec/result';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { instant, isObject, list, number, parseJson, text, type JsonObject } from './narrow.ts';
import { codeOf, readListedFile } from './read-listed-file.ts';

const STATUS_LIMIT_BYTES = 2 ** 20;
/** Scans that may be missed, and seconds that may pass in any case, before a runner counts as silent. */
const SILENT_AFTER = { scans: 5, seconds: 10 };

export type RunnerState = 'running' | 'paused' | 'silent' | 'never';

/** What `.runner/status.json` and the clock say of the runner of one folder. */
export interface RunnerView {
  state: RunnerState;
  /** Why it is paused or silent, in a sentence. */
  reason: string | null;
  last_scan_at: string | null;
  version: string | null;
  host: string | null;
  max_workers: number | null;
  active: readonly ActiveJob[];
}

export const NO_RUNNER: RunnerView = {
  state: 'never',
  reason: null,
  last_scan_at: null,
  version: null,
  host: null,
  max_workers: null,
  active: [],
};

/** Follows one status file; the clocks of runner and dashboard may differ. */
export class RunnerWatch {
  readonly #root: string;
  #lastScan: string | null = null;
  /** By our own clock; a first look can't tell. */
  #seenAliveAt = Number.NEGATIVE_INFINITY;

  constructor(root: string) {
    this.#root = root;
  }

  async view(): Promise<RunnerView> {
    const status = await readStatus(this.#root);
    if (status === null) return NO_RUNNER;
    if (typeof status === 'string') return { ...NO_RUNNER, state: 'silent', reason: status };
    const { version, host, max_workers, active } = status;
    const sign = status.last_scan_at ?? status.started_at;
    const facts = { last_scan_at: status.last_scan_at, version, host, max_workers, active };
    return { ...this.#stateOf(status, sign), ...facts };
  }

  #stateOf(status: RunnerStatus, sign: string): Pick<RunnerView, 'state' | 'reason'> {
    if (status.stopped_at !== null)
      return { state: 'silent', reason: 'The runner was stopped. Start it again to go on.' };
    const limit = Math.max(SILENT_AFTER.scans * status.poll_seconds, SILENT_AFTER.seconds) * 1000;
    if (!this.#isAlive(sign, limit))
      return { state: 'silent', reason: 'The runner gives no sign of life. Is it still running?' };
    return { state: status.paused === null ? 'running' : 'paused', reason: status.paused };
  }

  #isAlive(sign: string, limit: number): boolean {
    const isNews = this.#lastScan !== null && sign !== this.#lastScan;
    if (isNews) this.#seenAliveAt = performance.now();
    this.#lastScan = sign;
    const age = Math.abs(Date.now() - (instant(sign) ?? 0));
    return age < limit || performance.now() - this.#seenAliveAt < limit;
  }
}

/** @returns `null` when no runner ever was there, a sentence when its status can't be read */
async function readStatus(root: string): Promise<RunnerStatus | string | null> {
  const directory = join(/* turbopackIgnore: true */ root, '.runner');
  try {
    const names = await readdir(/* turbopackIgnore: true */ directory, { withFileTypes: true });
    if (!names.some(({ name }) => name === 'status.json')) return null;
  } catch (error) {
    return codeOf(error) === 'ENOENT' ? null : `.runner/ cannot be listed (${codeOf(error)}).`;
  }
  const outcome = await readListedFile(directory, 'status.json', STATUS_LIMIT_BYTES);
  if (outcome.kind === 'gone') return null;
  if (outcome.kind === 'problem') return `.runner/${outcome.problem}`;
  try {
    const status = parseJson(outcome.bytes);
    if (isObject(status)) return narrowStatus(status);
  } catch {
    // The sentence below covers it.
  }
  return '.runner/status.json is no status of a runner.';
}

function narrowStatus(status: JsonObject): RunnerStatus {
  return {
    version: text(status['version']) ?? '',
    host: text(status['host']) ?? '',
    pid: number(status['pid']) ?? 0,
    started_at: text(status['started_at']) ?? '',
    last_scan_at: text(status['last_scan_at']),
    poll_seconds: number(status['poll_seconds']) ?? 0,
    max_workers: number(status['max_workers']) ?? 1,
    pending: number(status['pending']) ?? 0,
    active: list(status['active']).filter(isObject).map(narrowActive),
    paused: text(status['paused']),
    stopped_at: text(status['stopped_at']),
  };
}

function narrowActive(job: JsonObject): ActiveJob {
  return {
    name: text(job['name']) ?? '',
    job_id: text(job['job_id']),
    worker_id: number(job['worker_id']) ?? 0,
    started_at: text(job['started_at']) ?? '',
    clip: number(job['clip']),
    total_clips: number(job['total_clips']),
    source_path: text(job['source_path']),
  };
}
