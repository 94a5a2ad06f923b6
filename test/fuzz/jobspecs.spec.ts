import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Test, type TestingModule } from '@nestjs/testing';
import { JobFailure, parseJobSpec, readJob } from '@app/jobspec';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { configure } from '../../apps/runner/src/config/settings.module.ts';
import { UNRECORDED } from '../../apps/runner/src/job/clip-journal.ts';
import { JobRunner } from '../../apps/runner/src/job/job-runner.ts';
import { ValidationService } from '../../apps/runner/src/validation/validation.service.ts';
import { makeSource } from '../support/media.ts';
import { resultSchemaErrors } from '../support/result-schema.ts';
import { FUZZ_TIMEOUT, SILENT } from './budget.ts';
import { fuzz } from './fuzz.ts';
import { jobFiles, jobSpecs } from './hostile-files.ts';
import { RunnerModule } from '../../apps/runner/src/cli/application.ts';

let folder = '';
let app: TestingModule;
let sources: string[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'watch-folder-runner-'));
  sources = [await makeSource(folder, 'a.mov', { width: 64, height: 48, frames: 2 })];
  const { settings } = configure({ folder });
  app = await Test.createTestingModule({ imports: [RunnerModule.forRoot(settings)] })
    .setLogger(SILENT)
    .compile();
});
afterAll(async () => {
  await app?.close();
  await rm(folder, { recursive: true });
});

/** The failure of a refusal, in one line; `null` for a job that is accepted. */
async function refusal(work: () => unknown): Promise<string | null> {
  try {
    await work();
    return null;
  } catch (error) {
    if (error instanceof JobFailure) return error.type;
    throw error;
  }
}

test(
  'validate and the runner refuse the same JobSpecs for the same reason, and write nothing',
  FUZZ_TIMEOUT,
  async () => {
    const validation = app.get(ValidationService, { strict: false });
    const runner = app.get(JobRunner, { strict: false });
    const before = await readdir(folder);
    const { signal } = new AbortController();
    await fuzz(
      'validate and run',
      jobFiles(jobSpecs({ sources, output: folder })),
      async (bytes) => {
        const verdict = await refusal(() =>
          Promise.resolve(parseJobSpec(bytes)).then((spec) =>
            validation.validate(spec, readJob(bytes).jobId),
          ),
        );
        if (verdict === null) return;
        const reading = readJob(bytes);
        const origin = { name: 'x.json', path: join(folder, 'x.json'), reading, workerId: 1 };
        const { result } = await runner.run({
          origin,
          journal: UNRECORDED,
          thumbnailsFolder: null,
          scratchDirectory: null,
          signal,
        });
        expect([result.final_status, result.failure_type]).toEqual(['PARTIAL', verdict]);
        expect(await resultSchemaErrors(result)).toEqual([]);
        expect(await readdir(folder)).toEqual(before);
      },
    );
  },
);
