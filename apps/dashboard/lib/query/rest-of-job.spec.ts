import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { memoryIndex } from '../../testing/memory-index.ts';
import { NO_FACTS, type ClipStatus, type FoundClip } from '../jobs/clip-row.ts';
import type { FoundJob } from '../reading/found-job.ts';
import { unreadFolder } from '../live/unread-folder.ts';
import { jobNamed } from './job-rows.ts';
import { restOfJob } from './rest-of-job.ts';

const root = mkdtempSync(join(tmpdir(), 'rest-'));
mkdirSync(join(root, 'failed'));
afterAll(() => rmSync(root, { recursive: true }));

const SOURCES = ['/d/a.mov', '/d/b.mov'];

/** What is left of a job whose clips came so far. */
async function restOf(
  statuses: readonly ClipStatus[],
  naming_template: string,
  more: Pick<Partial<FoundJob['facts']>, 'cause'> & Pick<Partial<FoundClip>, 'failure_type'> = {},
) {
  const spec = { job_id: 'x', sources: SOURCES, naming_template };
  writeFileSync(join(root, 'failed/x.json'), JSON.stringify(spec));
  const clips = SOURCES.map((source_path, at) =>
    Object.assign(
      { ...NO_FACTS, kind: 'k', when: 1, output_path: '' },
      {
        source_path,
        status: statuses[at] ?? 'NOT_MADE',
        failure_type: more.failure_type ?? null,
      },
    ),
  );
  const { cause = null } = more;
  const facts = { when: 1, final_status: 'FAILED' as const, total_clips: 2, cause };
  const index = memoryIndex([{ state: 'failed', base: 'x', clips, facts }]);
  const folder = unreadFolder({ name: 'f', path: root });
  const job = jobNamed(index, 'f', 'failed', 'x.json');
  return job && restOfJob(Object.assign(index, { folder: () => folder }), job);
}

it('is a JobSpec of the clips that nobody made, with an id that follows from its bytes', async () => {
  const rest = await restOf(['COMPLETED', 'FAILED'], '{source_name}_proxy');
  expect(rest?.clips).toBe(1);
  expect(JSON.parse(JSON.stringify(rest?.jobspec))).toEqual({
    sources: ['/d/b.mov'],
    naming_template: '{source_name}_proxy',
  });
});

it('is no JobSpec of a part whose names hold only for the whole job', async () => {
  expect(await restOf(['COMPLETED', 'FAILED'], '{source_name}_{index}')).toEqual({
    clips: 1,
    jobspec: null,
  });
});

it('is the job as it is when all of it is left', async () => {
  const rest = await restOf(['FAILED', 'NOT_MADE'], '{job_id}_{index}');
  expect(rest?.jobspec).toEqual({
    job_id: 'x',
    sources: SOURCES,
    naming_template: '{job_id}_{index}',
  });
});

it('is nothing when a proxy of each clip is there', async () => {
  expect(await restOf(['COMPLETED', 'COMPLETED'], '{source_name}')).toBeNull();
});

it('is nothing that nobody knows to be missing, because a result can not be read', async () => {
  expect(await restOf(['UNKNOWN', 'UNKNOWN'], '{source_name}')).toBeNull();
});

it('is nothing that would be refused again for what its JobSpec says', async () => {
  const refused = { failure_type: 'JobSpecValidationError', cause: '["contract_broken"]' } as const;
  expect(await restOf(['NOT_MADE', 'NOT_MADE'], '{source_name}', refused)).toBeNull();
  const missing = { failure_type: 'MissingSourcesError', cause: '["sources_missing"]' } as const;
  expect(await restOf(['NOT_MADE', 'NOT_MADE'], '{source_name}', missing)).toMatchObject({
    clips: 2,
  });
});
