import {
  appendFile,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  realpath,
  rm,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ClipTask, Engine } from '@app/engines';
import { JobFailure } from '@app/jobspec';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { realPathOf, Roots } from '../../../../libs/storage/src/files/real-path.ts';
import { checkSources } from '../../../../libs/storage/src/sources/source-checks.ts';
import { surveySource } from '../../../../libs/storage/src/sources/source-survey.ts';
import type { ValidatedClip } from '../validation/prepare-clips.ts';
import type { ClipRecord } from './clip-journal.ts';
import { makeClip } from './clip-maker.ts';
import { NOTHING_MADE } from './engine-run.ts';

let base = '';
let source = '';
let output = '';
/** Whose fingerprint is taken before the engine works; `null` for no look. */
let lut: string | null = null;
/** Events in order: lines of the journal, with the names that existed then. */
let steps: string[] = [];

beforeEach(async () => {
  base = await realpath(await mkdtemp(join(tmpdir(), 'wfr-')));
  [source, output] = [join(base, 'a.mov'), join(base, 'out')];
  await mkdir(output);
  await writeFile(source, 'picture');
  lut = null;
  steps = [];
});
afterEach(() => rm(base, { recursive: true }));

const there = async () => (await readdir(output)).map((name) => name.replace(/^\..*/, 'staged'));
const step = async (name: string) => void steps.push([name, ...(await there())].join(' '));
const journal: ClipRecord = {
  begin: () => step('begin'),
  publish: () => step('publish'),
  reserve: () => step('reserve'),
  fail: () => step('fail'),
};

async function fingerprintOf(path: string) {
  const [state] = await checkSources([await realPathOf(path)]);
  if (state === undefined) throw new Error('Expected a source');
  return (await surveySource(state)).fingerprint;
}

const EXITED = { exit_code: 1, signal: null, said: null };

/** Makes a proxy by an engine that does this with its task. */
async function make(
  work: (task: ClipTask) => Promise<unknown> = (task) => writeFile(task.stagedFile, 'proxy'),
  signal = new AbortController().signal,
) {
  const fingerprint = await fingerprintOf(source);
  const clip: ValidatedClip = {
    sourceName: source,
    sourcePath: source,
    outputPath: join(output, 'A.mov'),
    namedFolder: output,
    media: null,
    fingerprint,
    request: { codec: 'h264', container: 'mp4', resolution: 'half', explicitFps: null },
    requested: { codec: 'h264', container: 'mp4', resolution: 'half', fps: null, looks: [] },
    lutFile: lut === null ? null : { path: lut, fingerprint: await fingerprintOf(lut) },
  };
  const engine: Engine = {
    name: 'ffmpeg',
    version: async () => 'ffmpeg 7.1',
    violations: () => [],
    make: async (task) => {
      await step('engine');
      const failure = await work(task);
      return { ...NOTHING_MADE, failure: failure instanceof JobFailure ? failure : null };
    },
  };
  return makeClip(clip, {
    job: { engine, routingReason: '', clips: [clip], sourceRoots: Roots.anywhere },
    journal,
    jobSha256: 'f'.repeat(64),
    index: 0,
    scratch: { folder: null, isConfigured: false },
    thumbnailsFolder: null,
    signal,
  });
}

describe('a proxy', () => {
  it('is recorded before its file is made, and again before it gets its name', async () => {
    const { failure, result } = await make();
    expect(failure).toBeNull();
    expect(steps).toEqual(['begin', 'engine staged', 'publish staged']);
    expect(await there()).toEqual(['A.mov']);
    expect(result).toMatchObject({
      status: 'COMPLETED',
      output_exists: true,
      output_size_bytes: 5,
      partial_output_path: null,
    });
    expect(result.output_xxh64).toMatch(/^[0-9a-f]{16}$/);
  });

  it('of a source that changed meanwhile is none, whatever the engine says', async () => {
    const { failure, result } = await make(async (task) => {
      await writeFile(task.stagedFile, 'proxy');
      await appendFile(source, 'more');
      return new JobFailure('encoder_exited', EXITED);
    });
    expect(failure?.type).toBe('SourceChangedError');
    expect(await there()).toEqual(['staged']);
    expect(result.status).toBe('FAILED');
    expect(await readFile(result.partial_output_path ?? '', 'utf8')).toBe('proxy');
    expect(steps.at(-1)).toBe('fail staged');
  });

  it('whose LUT changed meanwhile is none', async () => {
    lut = join(base, 'show.cube');
    await writeFile(lut, 'look');
    const { failure } = await make(async (task) => {
      await writeFile(task.stagedFile, 'proxy');
      await appendFile(lut ?? '', 'more');
    });
    expect(failure?.facts.arguments).toMatchObject({ path: lut });
    expect(await there()).toEqual(['staged']);
  });

  it('that the engine failed to make is kept as far as it is', async () => {
    const { failure, result } = await make(async (task) => {
      await writeFile(task.stagedFile, 'half');
      return new JobFailure('encoder_exited', EXITED);
    });
    expect(failure).toMatchObject({ type: 'EngineError', message: 'FFmpeg exited with code 1' });
    expect(result).toMatchObject({ output_exists: false, failure_type: 'EngineError' });
    expect(await there()).toEqual(['staged']);
  });

  it('of which nothing was written leaves nothing', async () => {
    const { result } = await make(async () => new JobFailure('encoder_exited', EXITED));
    expect(result.partial_output_path).toBeNull();
    expect(await there()).toEqual([]);
    expect(steps).toEqual(['begin', 'engine staged']);
  });

  it('never replaces a file that came meanwhile', async () => {
    const { failure } = await make(async (task) => {
      await writeFile(task.stagedFile, 'proxy');
      await writeFile(join(output, 'A.mov'), 'theirs');
    });
    expect(failure?.type).toBe('OutputCollisionError');
    expect(await readFile(join(output, 'A.mov'), 'utf8')).toBe('theirs');
  });

  it('in a directory that is gone meanwhile fails for that', async () => {
    const { failure } = await make(async (task) => {
      await writeFile(task.stagedFile, 'proxy');
      await rm(output, { recursive: true });
    });
    expect(failure?.type).toBe('OutputDirectoryError');
  });

  it('is not published after a stop', async () => {
    const stop = new AbortController();
    const { failure } = await make(async (task) => {
      await writeFile(task.stagedFile, 'proxy');
      stop.abort();
    }, stop.signal);
    expect(failure?.type).toBe('RunnerInterrupted');
    expect(await there()).toEqual(['staged']);
  });

  it('that can not be recorded is not published', async () => {
    const unwritten = new JobFailure('journal_not_written', { directory: '/watch', error: 'EIO' });
    const publish = journal.publish;
    journal.publish = () => Promise.reject(unwritten);
    const { failure } = await make();
    journal.publish = publish;
    expect(failure).toBe(unwritten);
    expect(await there()).toEqual(['staged']);
  });
});
