import { NO_RUNNER, type FolderView } from '../jobs/folder-view.ts';
import type { FolderSetting } from '../settings/settings.ts';

/** A folder before the first look at it. */
export function unreadFolder({ name, path }: FolderSetting): FolderView {
  return {
    name,
    path,
    runner: NO_RUNNER,
    followers: [],
    problem: null,
    counts: { pending: 0, running: 0, completed: 0, failed: 0 },
    space: null,
    indexing: { done: 0, total: 0 },
  };
}
