import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { JobResult } from '@app/jobspec';
import { useClips } from '../support/clips.ts';
import { makeSource } from '../support/media.ts';
import { usePrograms } from '../support/programs.ts';
import { makeTaggedMov } from '../support/raw-fakes.ts';
import { runOnce } from '../support/runner.ts';
import { truncateFile } from '../support/truncate-file.ts';
import { useWatchFolder } from '../support/watch-folder.ts';

const clips = useClips({ 'a.mov': {}, 'b.mov': { frames: 3 } });
const folder = useWatchFolder();
const programs = usePrograms();
let output: string;

beforeEach(() => {
  output = join(folder().output, 'a_proxy.mov');
});

/** Runs one job with these sources. */
async function run(...sources: string[]): Promise<JobResult> {
  await folder().dropJob('x.json', { sources });
  await runOnce(folder());
  return folder().result('x.json');
}

describe('EngineUnavailableError', () => {
  it.each([
    ['FFmpeg', ['ffprobe'], 'ffmpeg'],
    ['ffprobe', ['ffmpeg'], null],
  ])('ends a job when %s is not installed', async (_, installed, engine) => {
    await programs.only(folder().beside('bin'), installed);
    const result = await run(clips['a.mov']);
    expect(result).toMatchObject({
      final_status: 'FAILED',
      execution_engine: engine,
      failure_type: 'EngineUnavailableError',
      failure_reason: expect.stringMatching(
        /^FFmpeg not found\. Install FFmpeg to use headless execution\./,
      ),
      clips: [],
      total_clips: 1,
    });
    expect(await folder().names('output')).toEqual([]);
  });

  it('ends a job with camera RAW, which names its reason for Resolve', async () => {
    const raw = await makeTaggedMov(folder().beside('.'), 'a.braw', 'brvl');
    const result = await run(raw);
    expect(result).toMatchObject({
      final_status: 'FAILED',
      execution_engine: 'resolve',
      failure_type: 'EngineUnavailableError',
      failure_reason: expect.stringMatching(
        /^Resolve is required for this media but is not available: .*\/nowhere\/resolve\/Modules/,
      ),
      clips: [],
    });
    expect(result._metadata.engine_routing_reason).toMatch(/Resolve/);
  });
});

describe('EngineError', () => {
  it('names the exit code, the last of stderr and the part that was kept', async () => {
    programs.misbehave('exit-1');
    const result = await run(clips['a.mov']);
    expect(result).toMatchObject({
      final_status: 'FAILED',
      failure_type: 'EngineError',
      failure_reason: 'FFmpeg exited with code 1',
      completed_clips: 0,
      failed_clips: 1,
    });
    const [clip] = result.clips;
    expect(clip).toMatchObject({
      status: 'FAILED',
      exit_code: 1,
      output_exists: false,
      output_size_bytes: null,
      output_xxh64: null,
      failure_type: 'EngineError',
      failure_reason: 'FFmpeg exited with code 1',
    });
    expect(clip?.stderr).toSatisfy((text: string) => text.endsWith('wrong\nthe last words\n'));
    expect(Buffer.byteLength(clip?.stderr ?? '')).toBe(64 * 1024);
    expect(await readFile(clip?.partial_output_path ?? '', 'utf8')).toBe('half a proxy\n');
  });

  it('comes from damaged media too, with what FFmpeg said of it', async () => {
    const source = await makeSource(folder().beside('.'), 'a.mov', { codec: 'prores', frames: 8 });
    const bytes = await readFile(source);
    bytes.fill(0xff, 2000, Math.floor(bytes.length / 2));
    await writeFile(source, bytes);
    const result = await run(source);
    expect(result).toMatchObject({ final_status: 'FAILED', failure_type: 'EngineError' });
    expect(result.clips[0]?.stderr).toMatch(/\S/);
    expect(await folder().names('output')).not.toContain('a_proxy.mov');
  });
});

describe('OutputMissingError', () => {
  it.each(['no-output', 'empty-output'] as const)('follows from %s', async (how) => {
    programs.misbehave(how);
    expect(await run(clips['a.mov'])).toMatchObject({
      final_status: 'FAILED',
      failure_type: 'OutputMissingError',
      failure_reason: 'Output file does not exist or has zero size',
      clips: [{ exit_code: 0, partial_output_path: null }],
    });
    expect(await folder().names('output')).toEqual([]);
  });
});

describe('OutputVerificationError', () => {
  it('follows from a proxy that can not be decoded, beside all that it declares', async () => {
    programs.misbehave('damages-proxy');
    const result = await run(clips['a.mov']);
    expect(result).toMatchObject({ failure_type: 'OutputVerificationError' });
    const { verification = [] } = result.clips[0] ?? {};
    expect(verification.filter(({ passed }) => !passed)).toMatchObject([{ check: 'decodes' }]);
    expect(verification.map(({ check }) => check)).toContain('frame_count');
  });

  it('follows from a proxy that lacks its end, and blames no source that is whole', async () => {
    programs.misbehave('short-proxy', '0.05');
    const result = await run(clips['a.mov']);
    expect(result).toMatchObject({
      failure_type: 'OutputVerificationError',
      clips: [{ facts: { cause: { code: 'proxy_short' } } }],
    });
    expect(result.failure_reason).toContain('The source is whole');
  });

  it('follows from a source that was cut off, which FFmpeg reads without a complaint', async () => {
    const source = await makeSource(folder().beside('.'), 'a.mxf', { codec: 'mpeg2', frames: 40 });
    await truncateFile(source, 0.5);
    const result = await run(source);
    expect(result).toMatchObject({
      final_status: 'FAILED',
      failure_type: 'OutputVerificationError',
      clips: [{ exit_code: 0, output_exists: false }],
    });
    expect(result.failure_reason).toMatch(/^Output verification failed: .*\b40\b/);
    const { verification = [], partial_output_path } = result.clips[0] ?? {};
    expect(verification.filter(({ passed }) => !passed)).toContainEqual(
      expect.objectContaining({ check: 'frame_count', expected: 40 }),
    );
    const kept = (await folder().names('output')).map((name) => join(folder().output, name));
    expect(kept).toEqual([partial_output_path]);
  });
});

describe('SourceChangedError', () => {
  it('ends a clip whose source was written to meanwhile', async () => {
    const source = await makeSource(folder().beside('.'), 'a.mov', { codec: 'prores', frames: 3 });
    programs.misbehave('writes-source', source);
    expect(await run(source)).toMatchObject({
      final_status: 'FAILED',
      failure_type: 'SourceChangedError',
      failure_reason: expect.stringContaining(source),
    });
    expect(await folder().names('output')).not.toContain('a_proxy.mov');
  });
});

describe('OutputCollisionError', () => {
  it('refuses a job whose output is there, and leaves it as it is', async () => {
    await writeFile(output, 'precious');
    expect(await run(clips['a.mov'], clips['b.mov'])).toMatchObject({
      final_status: 'PARTIAL',
      failure_type: 'OutputCollisionError',
      failure_reason: `Output file already exists: ${output}`,
      clips: [],
    });
    expect(await readFile(output, 'utf8')).toBe('precious');
    expect(await folder().names('output')).toEqual(['a_proxy.mov']);
  });

  it('fails a job whose output appears meanwhile, and leaves it as it is', async () => {
    programs.misbehave('takes-output', output);
    const result = await run(clips['a.mov']);
    expect(result).toMatchObject({
      final_status: 'FAILED',
      failure_type: 'OutputCollisionError',
      failure_reason: `Output file already exists: ${output}`,
    });
    expect(await readFile(output, 'utf8')).toBe('somebody else\n');
    expect(result.clips[0]?.partial_output_path).toMatch(/\.partial\.mov$/);
  });
});
