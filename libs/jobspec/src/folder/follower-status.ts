import { amount, isObject, text, texts } from '../json/narrow.ts';
import { silentAfterSeconds } from './runner-status.ts';

/** `.runner/follow-….json`: what a `plan --follow` says of itself, rewritten at every poll. Times are UTC like those of a result. */
export interface FollowerStatus {
  version: string;
  host: string;
  pid: number;
  started_at: string;
  last_poll_at: string;
  /** Seconds between two polls; `silentAfterSeconds` tells from it when a follower counts as silent. */
  poll_seconds: number;
  media: string[];
  /** Clips and kinds that it has planned, or found to be none. */
  planned: number;
  /** Clips that are still copied, can't be read yet, or wait for room in `pending/`. */
  waiting: number;
  /** Why it can't look, or plan everything, now, in a sentence; `null` while it can. */
  problem: string | null;
  /** When a clean stop was made; a follower that died leaves `null`. */
  stopped_at: string | null;
}

/** Names in `.runner/` of what one follower keeps; the id follows from its media. */
export const followerNames = (id: string) => ({
  note: `follow-${id}.jsonl`,
  lock: `follow-${id}.jsonl.lock`,
  status: `follow-${id}.json`,
});

/** The id of the follower whose status has this name; `null` for other names. */
export const followerOf = (name: string): string | null =>
  /^follow-([0-9a-f]{12})\.json$/.exec(name)?.[1] ?? null;

/** What a status file says; `null` for text that is none. */
export function readFollowerStatus(bytes: Uint8Array): FollowerStatus | null {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
    if (!isObject(value) || text(value['last_poll_at']) === null) return null;
    return {
      version: text(value['version']) ?? '',
      host: text(value['host']) ?? '',
      pid: amount(value['pid']) ?? 0,
      started_at: text(value['started_at']) ?? '',
      last_poll_at: text(value['last_poll_at']) ?? '',
      poll_seconds: amount(value['poll_seconds']) ?? 0,
      media: texts(value['media']),
      planned: amount(value['planned']) ?? 0,
      waiting: amount(value['waiting']) ?? 0,
      problem: text(value['problem']),
      stopped_at: text(value['stopped_at']),
    };
  } catch {
    return null;
  }
}

/** Whether a follower that nobody has stopped hasn't looked for longer than it should. @param now in milliseconds */
export function isFollowerSilent(status: FollowerStatus, now: number): boolean {
  const { last_poll_at, poll_seconds, stopped_at } = status;
  const seconds = (now - Date.parse(last_poll_at)) / 1000;
  return stopped_at === null && !(seconds <= silentAfterSeconds(poll_seconds));
}
