import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Test, type TestingModule } from '@nestjs/testing';
import { JobFailure, parseJobSpec, readJob } from '@app/jobspec';
import { sourceDamage } from '../../libs/engines/src/preflight/source-damage.ts';
import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { configure } from '../../apps/runner/src/config/settings.module.ts';
import { UNRECORDED } from '../../apps/runner/src/job/clip-journal.ts';
import { JobRunner } from '../../apps/runner/src/job/job-runner.ts';
import { ValidationService } from '../../apps/runner/src/validation/validation.service.ts';
import { makeHealthyClips, type Healthy } from '../damage/healthy.ts';
import { jobSpec } from '../support/job-spec.ts';
import { resultSchemaErrors } from '../support/result-schema.ts';
import { FUZZ_TIMEOUT, SILENT } from './budget.ts';
import { fuzz } from './fuzz.ts';
import { RunnerModule } from '../../apps/runner/src/cli/application.ts';

/** A check of a whole file of tiny parts takes less; a hang takes for ever. */
const SECONDS = 60;
const FORMAT_NAMES: Record<string, string> = { mkv: 'matroska', ts: 'mpegts', mp4: 'mov' };

let folder = '';
let clips: Healthy[] = [];
let app: TestingModule;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'watch-folder-runner-'));
  clips = await makeHealthyClips(folder);
  const { settings } = configure({ folder, stallTimeoutSeconds: SECONDS });
  app = await Test.createTestingModule({ imports: [RunnerModule.forRoot(settings)] })
    .setLogger(SILENT)
    .compile();
});
afterAll(async () => {
  await app?.close();
  await rm(folder, { recursive: true });
});

/** Lengths and counters at their limits, as bytes. */
const limits = fc
  .constantFrom(
    '00',
    'ff',
    '00000000',
    '00000001',
    '00000008',
    '7fffffff',
    '80000000',
    'ffffffff',
    '0000000000000000',
    'ffffffffffffffff',
  )
  .map((hex) => Buffer.from(hex, 'hex'));
const tags = fc
  .constantFrom('free', 'moov', 'mdat', 'RIFF', 'stsz', 'stts', 'tmcd')
  .map((tag) => Buffer.from(tag));

type Edit = (bytes: Buffer) => Buffer;

/** Places near the beginning and the end, where structure is, and anywhere. */
const place = fc.oneof(
  fc.nat(200),
  fc.nat(2 ** 20),
  fc.nat(400).map((n) => -n),
);
const at = (bytes: Buffer, where: number) => ((where % bytes.length) + bytes.length) % bytes.length;

const edit: fc.Arbitrary<Edit> = fc.oneof(
  fc
    .record({
      where: place,
      what: fc.oneof(
        limits,
        tags,
        fc.uint8Array({ minLength: 1, maxLength: 8 }).map((bytes) => Buffer.from(bytes)),
      ),
    })
    .map(({ where, what }): Edit => (bytes) => {
      const copy = Buffer.from(bytes);
      copy.set(what.subarray(0, copy.length - at(copy, where)), at(copy, where));
      return copy;
    }),
  place.map(
    (where): Edit =>
      (bytes) =>
        bytes.subarray(0, Math.max(1, at(bytes, where))),
  ),
  fc.record({ limit: limits, tag: tags, times: fc.constantFrom(1, 1000) }).map(
    ({ limit, tag, times }): Edit =>
      (bytes) =>
        Buffer.concat([
          bytes,
          Buffer.concat(Array.from({ length: times }, () => Buffer.concat([limit, tag]))),
        ]),
  ),
  fc
    .record({ from: place, to: place, length: fc.nat(4096) })
    .map(({ from, to, length }): Edit => (bytes) => {
      const copy = Buffer.from(bytes);
      bytes.copy(copy, at(copy, to), at(bytes, from), at(bytes, from) + length);
      return copy;
    }),
);

const mutants = fc.record({
  clip: fc.nat(1000),
  edits: fc.array(edit, { minLength: 1, maxLength: 3 }),
});

function mutate({ clip, edits }: { clip: number; edits: Edit[] }) {
  const healthy = clips[clip % clips.length] as Healthy;
  return {
    format: healthy.format,
    bytes: edits.reduce((bytes, edit) => edit(bytes), healthy.bytes),
  };
}

/** Writes a mutant. @returns a JobSpec for it, as bytes. */
async function jobOf(mutant: Parameters<typeof mutate>[0], output: string): Promise<Buffer> {
  const { format, bytes } = mutate(mutant);
  const path = join(folder, `mutant.${format}`);
  await writeFile(path, bytes);
  return Buffer.from(JSON.stringify(jobSpec({ sources: [path], output_directory: output })));
}

test(
  'the walk through any mutant of a clip ends with a sentence or none',
  FUZZ_TIMEOUT,
  async () => {
    await fuzz(
      'walks',
      mutants,
      async (mutant) => {
        const { format, bytes } = mutate(mutant);
        let reads = 0;
        const read = async (offset: number, length: number) => {
          reads++;
          return bytes.subarray(offset, offset + length);
        };
        const damage = await sourceDamage(FORMAT_NAMES[format] ?? format, bytes.length, read);
        expect(damage ?? 'whole').toMatch(/^[\x20-\x7e\u00a9]+$/);
        expect(reads).toBeLessThanOrEqual(bytes.length + 100);
      },
      200,
    );
  },
);

test(
  'validate judges any mutant of a clip in time, and never by a defect',
  FUZZ_TIMEOUT,
  async () => {
    const validation = app.get(ValidationService, { strict: false });
    await fuzz(
      'validate',
      mutants,
      async (mutant) => {
        const bytes = await jobOf(mutant, folder);
        const began = performance.now();
        const failure: unknown = await validation.validate(parseJobSpec(bytes), 'x').then(
          () => null,
          (error: unknown) => error,
        );
        expect(performance.now() - began).toBeLessThan(SECONDS * 1000);
        expect(
          failure === null || (failure instanceof JobFailure && failure.type !== 'InternalError'),
        ).toBe(true);
      },
      12,
    );
  },
);

test(
  'run ends the job of any mutant with a true result, and leaves nothing that it does not name',
  FUZZ_TIMEOUT,
  async () => {
    const runner = app.get(JobRunner, { strict: false });
    const { signal } = new AbortController();
    const output = join(folder, 'output');
    await fuzz(
      'run',
      mutants,
      async (mutant) => {
        await rm(output, { recursive: true, force: true });
        await mkdir(output);
        const reading = readJob(await jobOf(mutant, output));
        const origin = { name: 'x.json', path: join(folder, 'x.json'), reading, workerId: 1 };
        const { result } = await runner.run({
          origin,
          journal: UNRECORDED,
          thumbnailsFolder: null,
          scratchDirectory: null,
          signal,
        });
        expect(await resultSchemaErrors(result)).toEqual([]);
        expect(result.failure_type).not.toBe('InternalError');
        const [clip] = result.clips;
        const made = clip?.output_exists ? clip.resolved_output_path : clip?.partial_output_path;
        const left = (await readdir(output)).map((name) => join(output, name));
        expect(left).toEqual(made ? [made] : []);
      },
      6,
    );
  },
);
