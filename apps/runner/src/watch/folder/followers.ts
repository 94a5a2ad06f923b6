import { join } from 'node:path';
import {
  compareNames,
  followerOf,
  MAX_STATUS_BYTES,
  readFollowerStatus,
  type FollowerStatus,
} from '@app/jobspec/folder';
import { readdir, readWhole } from '../../files/index.ts';
import type { WatchFolder } from './watch-folder.ts';

/** More than this nobody follows for one watch folder. */
const MOST_FOLLOWERS = 100;

/** What each `plan --follow` says of itself that drops JobSpecs into a watch folder, also of those that have ended. */
export async function followersOf({
  own,
}: WatchFolder): Promise<{ id: string; status: FollowerStatus }[]> {
  const names = await readdir(own).catch(() => []);
  const followers: { id: string; status: FollowerStatus }[] = [];
  for (const name of names.toSorted(compareNames)) {
    const id = followerOf(name);
    if (id === null || followers.length === MOST_FOLLOWERS) continue;
    const bytes = await readWhole(join(own, name), MAX_STATUS_BYTES).catch(() => null);
    const status = bytes && readFollowerStatus(bytes);
    if (status !== null) followers.push({ id, status });
  }
  return followers;
}
