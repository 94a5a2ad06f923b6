import {
  followerOf,
  isFollowerSilent,
  MAX_STATUS_BYTES,
  OWN_DIRECTORY,
  OWN_NAMES,
  readFollowerStatus,
  readRunnerStatus,
  silentAfterSeconds,
  type RunnerStatus,
} from '@app/jobspec/folder';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { NO_RUNNER, type FollowerView, type RunnerView } from '../index/folder-view.ts';
import { instant } from '../index/instant.ts';
import { readListedFile } from '../index/read-listed-file.ts';

const ENDED = 'The runner finished its one run (--once). New jobs wait for the next.';

/** Follows the status file of a runner, whose clock may differ from ours. */
export class RunnerWatch {
  readonly #root: string;
  /** Last status, used while the status file is missing, for example when a share is unmounted. */
  #known: RunnerStatus | null = null;
  #lastScan: string | null = null;
  /** `performance.now()` when the scan time last changed. Works even if the runner's clock is wrong. */
  #seenAliveAt = Number.NEGATIVE_INFINITY;

  constructor(root: string) {
    this.#root = root;
  }

  async view(): Promise<RunnerView> {
    const status = (await readStatus(this.#root)) ?? this.#known;
    if (status === null) return NO_RUNNER;
    if (typeof status === 'string') return { ...NO_RUNNER, state: 'silent', reason: status };
    this.#known = status;
    const { held, last_scan_at, version, host, max_workers, active } = status;
    const facts = { held, last_scan_at, version, host, max_workers, active };
    return { ...this.#stateOf(status), ...facts };
  }

  #stateOf(status: RunnerStatus): Pick<RunnerView, 'state' | 'reason'> {
    if (status.stopped_at !== null && status.once) return { state: 'ended', reason: ENDED };
    if (status.stopped_at !== null)
      return { state: 'silent', reason: 'The runner was stopped. Start it again.' };
    const limit = silentAfterSeconds(status.poll_seconds) * 1000;
    if (!this.#isAlive(status.last_scan_at ?? status.started_at, limit))
      return { state: 'silent', reason: 'The runner isn’t responding. Check that it is running.' };
    return { state: status.paused === null ? 'running' : 'paused', reason: status.paused };
  }

  #isAlive(sign: string, limit: number): boolean {
    if (this.#lastScan !== null && sign !== this.#lastScan) this.#seenAliveAt = performance.now();
    this.#lastScan = sign;
    const away = Math.abs((instant(sign) ?? 0) - Date.now());
    return away < limit || performance.now() - this.#seenAliveAt < limit;
  }
}

/** @returns `null` if there is no status file, a sentence if it can't be read */
async function readStatus(root: string): Promise<RunnerStatus | string | null> {
  const use = { limit: MAX_STATUS_BYTES, take: readRunnerStatus };
  const outcome = await readListedFile(join(root, OWN_DIRECTORY), OWN_NAMES.status, use);
  if (outcome.kind === 'problem') return `${OWN_DIRECTORY}/${outcome.problem}`;
  if (outcome.kind !== 'content') return null;
  return outcome.value ?? `${OWN_DIRECTORY}/${OWN_NAMES.status} is not a status of a runner.`;
}

const MAX_FOLLOWERS = 16;

/** `plan --follow` processes that haven't been stopped. */
export async function followersIn(root: string): Promise<FollowerView[]> {
  const directory = join(root, OWN_DIRECTORY);
  const names = await readdir(directory).catch(() => []);
  const followers: FollowerView[] = [];
  for (const name of names.filter((one) => followerOf(one) !== null).slice(0, MAX_FOLLOWERS)) {
    const use = { limit: MAX_STATUS_BYTES, take: readFollowerStatus };
    const read = await readListedFile(directory, name, use);
    const status = read.kind === 'content' ? read.value : null;
    if (status === null || status.stopped_at !== null) continue;
    followers.push({ problem: status.problem, isSilent: isFollowerSilent(status, Date.now()) });
  }
  return followers;
}
