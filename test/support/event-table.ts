import { readFile } from 'node:fs/promises';

/** Fields by what a line is about. */
const ABOUT: Readonly<Record<string, readonly string[]>> = {
  runner: [],
  job: ['job', 'job_id', 'worker_id'],
  clip: ['job', 'job_id', 'worker_id', 'clip', 'total_clips', 'source_path'],
};

/** The table of events in `docs/monitoring.md`: level and fields of each. */
export async function eventTable() {
  const text = await readFile(new URL('../../docs/monitoring.md', import.meta.url), 'utf8');
  const rows = text.matchAll(/^\| `(\w+)` +\| (error|warn|log|debug) +\| (\w+) +\|([^|]*)\|/gm);
  return new Map(
    Array.from(rows, ([, event = '', level = '', about = '', further = '']) => {
      const named = Array.from(further.matchAll(/`(\w+)`/g), ([, field = '']) => field);
      return [event, { level, fields: [...(ABOUT[about] ?? []), ...named] }];
    }),
  );
}
