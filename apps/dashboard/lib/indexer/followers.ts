import {
  followerOf,
  isFollowerSilent,
  MAX_STATUS_BYTES,
  OWN_DIRECTORY,
  readFollowerStatus,
} from '@app/jobspec/folder';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { FollowerView } from '../jobs/folder-view.ts';
import { readListedFile } from '../reading/read-listed-file.ts';

/** So many are told of. */
const MOST = 16;

/** Who plans what comes into media, as each says of itself; those that were stopped are not missed. */
export async function followersIn(root: string): Promise<FollowerView[]> {
  const directory = join(root, OWN_DIRECTORY);
  const names = await readdir(directory).catch(() => []);
  const followers: FollowerView[] = [];
  for (const name of names.filter((one) => followerOf(one) !== null).slice(0, MOST)) {
    const use = { limit: MAX_STATUS_BYTES, take: readFollowerStatus };
    const read = await readListedFile(directory, name, use);
    const status = read.kind === 'content' ? read.value : null;
    if (status === null || status.stopped_at !== null) continue;
    const { media, planned, waiting, problem, last_poll_at } = status;
    const isSilent = isFollowerSilent(status, Date.now());
    followers.push({ media, planned, waiting, problem, last_poll_at, isSilent });
  }
  return followers;
}
