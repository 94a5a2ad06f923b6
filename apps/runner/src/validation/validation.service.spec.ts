import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseJobSpec, type JobFailure } from '@app/jobspec';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { jobSpec, type JobFields } from '../../../../test/support/job-spec.ts';
import { RunnerSettings } from '../config/settings.ts';
import type { EngineRegistry, RoutingService } from '../routing/routing.service.ts';
import { ValidationService } from './validation.service.ts';

let base = '';
let source = '';
let output = '';
let watchFolder = '';
/** Request to the engine, and its answer. */
let requests: unknown[] = [];
let violations: { path: string; message: string }[] = [];

beforeEach(async () => {
  base = await realpath(await mkdtemp(join(tmpdir(), 'wfr-')));
  [source, output, watchFolder] = ['A001.mov', 'out', 'watch'].map((name) => join(base, name)) as [
    string,
    string,
    string,
  ];
  await writeFile(source, 'picture');
  for (const path of [output, join(watchFolder, 'pending'), join(watchFolder, 'completed')])
    await mkdir(path, { recursive: true });
  [requests, violations] = [[], []];
});
afterEach(() => rm(base, { recursive: true }));

function validate(fields: JobFields = {}, settings: Partial<RunnerSettings> = {}) {
  const all = { folder: watchFolder, allowSourceRoots: [], allowOutputRoots: [], ...settings };
  const engine = {
    name: 'ffmpeg',
    violations: (request: unknown) => {
      requests.push(request);
      return violations;
    },
  };
  const service = new ValidationService(
    {
      route: async (sources: readonly unknown[]) => ({
        engine: 'ffmpeg',
        reason: 'it is read by FFmpeg',
        media: sources.map((_, index) => ({ of: index })),
      }),
    } as unknown as RoutingService,
    { get: () => engine } as unknown as EngineRegistry,
    Object.assign(new RunnerSettings(), all),
  );
  const spec = jobSpec({ sources: [source], output_directory: output, ...fields });
  return service.validate(parseJobSpec(Buffer.from(JSON.stringify(spec))), 'id');
}

const refusal = (fields?: JobFields, settings?: Partial<RunnerSettings>): Promise<JobFailure> =>
  validate(fields, settings).then(
    () => Promise.reject(new Error('the job is valid')),
    (error: JobFailure) => error,
  );

describe('a valid job', () => {
  it('has a clip for each source in order, with paths that are real', async () => {
    const link = join(base, 'linked.mov');
    await symlink(source, link);
    const { clips, routingReason, engine } = await validate({ sources: [source, link] });
    expect([engine.name, routingReason]).toEqual(['ffmpeg', 'it is read by FFmpeg']);
    expect(clips).toMatchObject([
      { sourceName: source, sourcePath: source, outputPath: join(output, 'A001_proxy.mov') },
      { sourceName: link, sourcePath: source, outputPath: join(output, 'linked_proxy.mov') },
    ]);
  });

  it('has of each clip what was found of its own source', async () => {
    const other = join(base, 'A002.mov');
    await writeFile(other, 'another picture');
    const { clips } = await validate({ sources: [other, source] });
    const found = await validate({ sources: [source] });
    expect(clips[1]?.fingerprint).toBe(found.clips[0]?.fingerprint);
    expect(clips[0]?.fingerprint).not.toBe(clips[1]?.fingerprint);
    expect(clips.map(({ media }) => media)).toEqual([{ of: 0 }, { of: 1 }]);
  });

  it.each([
    [{}, null],
    [{ fps_mode: 'same-as-source', fps_explicit: null }, null],
    [{ fps_mode: 'explicit', fps_explicit: 25 }, 25],
  ])('asks the engine for what it says: %o', async (fields, explicitFps) => {
    await validate(fields);
    const asked = { codec: 'prores_proxy', container: 'mov', resolution: 'same', explicitFps };
    expect(requests).toEqual([asked]);
  });
});

describe('a job is refused', () => {
  it('for a source that is not there, naming it', async () => {
    const missing = join(base, 'none.mov');
    const failure = await refusal({ sources: [source, missing] });
    expect(failure.type).toBe('MissingSourcesError');
    expect(failure.message).toContain(missing);
    expect(failure.message).not.toContain(source);
  });

  it.each(['pending', 'completed'])('for an output directory that is %s/', async (state) => {
    const { type } = await refusal({ output_directory: join(watchFolder, state) });
    expect(type).toBe('PathNotAllowedError');
  });

  it('for what the engine can not make, naming the source', async () => {
    violations = [{ path: 'resolution', message: 'DNxHD has no such size' }];
    const { type, violations: found } = await refusal();
    expect(type).toBe('JobSpecValidationError');
    expect(found).toEqual([
      { path: 'resolution', message: `DNxHD has no such size (source: ${source})` },
    ]);
  });
});

describe('the allowed roots', () => {
  it('refuse an output directory outside them, and one whose name begins alike', async () => {
    const root = join(base, 'ou');
    await mkdir(root);
    const { type } = await refusal({}, { allowOutputRoots: [root] });
    expect(type).toBe('PathNotAllowedError');
  });

  it('are told before anything is said of what lies outside', async () => {
    const settings = { allowSourceRoots: [output] };
    const { type } = await refusal({ sources: [join(base, 'none.mov')] }, settings);
    expect(type).toBe('PathNotAllowedError');
  });
});
