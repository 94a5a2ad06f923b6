import sql from 'sql-template-tag';
import { Type, type Static } from 'typebox';
import { RUNNER_STATES, type FolderView } from '../jobs/folder-view.ts';
import type { WatchIndex } from '../live/watch-index.ts';
import { COUNT, INSTANT, orNull } from './api-schema.ts';
import { VersionedCache } from './versioned-cache.ts';

/** What the API says of a watch folder. */
export const API_FOLDER = Type.Object({
  name: Type.String(),
  runner: Type.Object({
    state: Type.Enum(RUNNER_STATES),
    reason: orNull(Type.String()),
    last_scan_at: orNull(INSTANT),
    version: orNull(Type.String()),
    host: orNull(Type.String()),
  }),
  pending: COUNT,
  running: COUNT,
  completed: COUNT,
  failed: COUNT,
  not_known: Type.Integer({
    minimum: 0,
    description:
      'In completed/ or failed/, and counted as neither: a result that can’t be read, is not there, or lies in the wrong folder.',
  }),
});

/** What `/api/summary` says of one folder. Jobs whose result can't be read count neither as completed nor as failed. */
export function summaryOf(index: WatchIndex, folder: FolderView): Static<typeof API_FOLDER> {
  const { name, runner, problem, counts } = folder;
  const { state, reason, last_scan_at, version, host } = runner;
  const unknown = unknownOf(index, name);
  return {
    name,
    runner: { state, reason: problem?.sentence ?? reason, last_scan_at, version, host },
    pending: counts.pending,
    running: counts.running,
    // A listing may be a moment behind the index.
    completed: Math.max(0, counts.completed - unknown.completed),
    failed: Math.max(0, counts.failed - unknown.failed),
    not_known: unknown.completed + unknown.failed,
  };
}

const remembered = new VersionedCache<{ completed: number; failed: number }>();

function unknownOf(index: WatchIndex, folder: string): { completed: number; failed: number } {
  return remembered.of(index.version, folder, () => {
    const [counted] = index.ask<{ completed: number; failed: number }>(
      sql`SELECT total(place.state = 'completed') AS completed, total(place.state = 'failed') AS failed
       FROM job JOIN place ON place.id = job.place WHERE job.problem IS NOT NULL AND place.folder = ${folder}`,
    );
    return counted ?? { completed: 0, failed: 0 };
  });
}
