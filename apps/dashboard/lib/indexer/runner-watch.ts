import {
  MAX_STATUS_BYTES,
  OWN_DIRECTORY,
  OWN_NAMES,
  readRunnerStatus,
  silentAfterSeconds,
  type RunnerStatus,
} from '@app/jobspec/folder';
import { join } from 'node:path';
import { formatDuration } from '../text/quantities.ts';
import { NO_RUNNER, type RunnerView } from '../jobs/folder-view.ts';
import { instant } from '../text/instant.ts';
import { readListedFile } from '../reading/read-listed-file.ts';

/** Clocks that differ by less are worth no word. */
const CLOCKS_DIFFER_SECONDS = 60;

const ENDED =
  'The runner has worked off what was there, and ended, as --once asks. What comes now waits for its next run.';

/** Follows one status file; the clocks of runner and dashboard may differ. */
export class RunnerWatch {
  readonly #root: string;
  /** What was read last: it stays known while the folder is away. */
  #known: RunnerStatus | null = null;
  #lastScan: string | null = null;
  /** By our own clock; a first look can't tell. */
  #seenAliveAt = Number.NEGATIVE_INFINITY;
  #clockAhead = 0;

  constructor(root: string) {
    this.#root = root;
  }

  async view(): Promise<RunnerView> {
    const status = (await readStatus(this.#root)) ?? this.#known;
    if (status === null) return NO_RUNNER;
    if (typeof status === 'string') return { ...NO_RUNNER, state: 'silent', reason: status };
    this.#known = status;
    const { version, host, max_workers, active } = status;
    const sign = status.last_scan_at ?? status.started_at;
    const { last_scan_at, held } = status;
    const facts = { held, last_scan_at, version, host, max_workers, active };
    return { ...this.#stateOf(status, sign), ...facts };
  }

  #stateOf(status: RunnerStatus, sign: string): Pick<RunnerView, 'state' | 'reason'> {
    if (status.stopped_at !== null && status.once) return { state: 'ended', reason: ENDED };
    if (status.stopped_at !== null)
      return { state: 'silent', reason: 'The runner was stopped. Start it again to go on.' };
    const limit = silentAfterSeconds(status.poll_seconds) * 1000;
    if (!this.#isAlive(sign, limit))
      return { state: 'silent', reason: 'The runner gives no sign of life. Is it still running?' };
    const state = status.paused === null ? 'running' : 'paused';
    return { state, reason: status.paused ?? clockSentence(this.#clockAhead) };
  }

  #isAlive(sign: string, limit: number): boolean {
    const isNews = this.#lastScan !== null && sign !== this.#lastScan;
    const ahead = ((instant(sign) ?? 0) - Date.now()) / 1000;
    if (isNews) {
      this.#seenAliveAt = performance.now();
      // Kept while it is about right: a page would follow every twitch of it.
      if (Math.abs(ahead - this.#clockAhead) > CLOCKS_DIFFER_SECONDS) this.#clockAhead = ahead;
    }
    this.#lastScan = sign;
    return Math.abs(ahead) * 1000 < limit || performance.now() - this.#seenAliveAt < limit;
  }
}

function clockSentence(ahead: number): string | null {
  if (ahead === 0) return null;
  const difference = formatDuration(Math.round(Math.abs(ahead) / 60) * 60);
  return `Its clock is ${difference} ${ahead > 0 ? 'ahead of' : 'behind'} the one here, so its times are off by that much.`;
}

/** @returns `null` when no runner ever was there, a sentence when its status can't be read */
async function readStatus(root: string): Promise<RunnerStatus | string | null> {
  const use = { limit: MAX_STATUS_BYTES, take: readRunnerStatus };
  const outcome = await readListedFile(join(root, OWN_DIRECTORY), OWN_NAMES.status, use);
  if (outcome.kind === 'problem') return `${OWN_DIRECTORY}/${outcome.problem}`;
  if (outcome.kind !== 'content') return null;
  return outcome.value ?? `${OWN_DIRECTORY}/${OWN_NAMES.status} is not a status of a runner.`;
}
