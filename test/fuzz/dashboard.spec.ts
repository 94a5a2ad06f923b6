import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { JOB_STATES } from '@app/jobspec/folder';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { StateFolder } from '../../apps/dashboard/lib/indexer/state-folder.ts';
import { Database } from '../../apps/dashboard/lib/index/database.ts';
import { IndexWriter } from '../../apps/dashboard/lib/indexer/index-writer.ts';
import { SCHEMA } from '../../apps/dashboard/lib/index/schema.ts';
import { FUZZ_TIMEOUT } from './budget.ts';
import { fuzz } from './fuzz.ts';
import { jobFiles, jobSpecs } from './hostile-files.ts';

const name = fc.oneof(
  fc.constantFrom('a', '.a', 'a.result', '..a', '%2e', 'ü', '😀', '\u001b[2J', 'a\nb', '-x', 'a.2'),
  fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
    .filter((text) => !/[/\0]/.test(text)),
);
const content = fc.oneof(
  jobFiles(jobSpecs({ sources: ['/a.mov'], output: '/out' })),
  fc.jsonValue({ maxDepth: 4 }).map((value) => Buffer.from(JSON.stringify(value))),
  fc
    .record({
      job_id: fc.jsonValue(),
      final_status: fc.constantFrom('COMPLETED', 'FAILED', 'PARTIAL', 'x', 7),
      clips: fc.oneof(fc.array(fc.jsonValue()), fc.jsonValue()),
      _metadata: fc.jsonValue(),
    })
    .map((value) => Buffer.from(JSON.stringify(value))),
  fc.uint8Array({ maxLength: 200 }),
);
const files = fc.array(
  fc.record({
    state: fc.constantFrom(...JOB_STATES),
    name,
    ending: fc.constantFrom('.json', '.result.json', '', '.tmp'),
    content,
    kind: fc.constantFrom('file', 'file', 'file', 'folder', 'link'),
  }),
  { maxLength: 6 },
);

test(
  'the index of any folder shows its jobs, or says what is wrong, and never fails',
  FUZZ_TIMEOUT,
  async () => {
    await fuzz(
      'dashboard',
      files,
      async (entries) => {
        const db = new Database(':memory:');
        const path = await mkdtemp(join(tmpdir(), 'watch-folder-runner-'));
        try {
          for (const state of JOB_STATES) await mkdir(join(path, state));
          for (const { state, name, ending, content, kind } of entries) {
            const at = join(path, state, name + ending);
            if (kind === 'folder') await mkdir(at).catch(() => undefined);
            else if (kind === 'link') await symlink('/etc/hostname', at).catch(() => undefined);
            else await writeFile(at, content).catch(() => undefined);
          }
          db.exec(SCHEMA);
          const writer = new IndexWriter(db);
          for (const state of JOB_STATES) {
            const place = { folder: 'f', state, path: join(path, state) };
            const index = new StateFolder(place, writer);
            index.list();
            await index.read(Infinity);
            await index.search();
            await index.read(Infinity);
            writer.commit();
          }
          const jobs = db.rows<{ base: string }>('SELECT base FROM job').map(({ base }) => base);
          expect(jobs.length).toBeLessThanOrEqual(entries.length);
        } finally {
          db.close();
          await rm(path, { recursive: true, force: true });
        }
      },
      50,
    );
  },
);
