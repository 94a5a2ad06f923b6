import { execa } from 'execa';
import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { JobResult } from '@app/jobspec';
import { beforeAll, describe, expect, it } from 'vitest';
import { useClips } from '../support/clips.ts';
import { ffprobe } from '../support/ffprobe.ts';
import { runOnce } from '../support/runner.ts';
import { useSharedWatchFolder } from '../support/watch-folder.ts';
import { primaryVideo } from '../../libs/engines/src/media/media-info.ts';

const clips = useClips({
  'A001C001.mov': { audioTracks: [2, 1], timecode: '01:00:00:00' },
  'A001C002.mov': { codec: 'prores', frames: 5 },
  'A001C003.mp4': { frames: 7, rate: '24000/1001' },
});
const folder = useSharedWatchFolder();
let run: Awaited<ReturnType<typeof runOnce>>;
let single: JobResult;
let triple: JobResult;

/** Loudness of a track. */
const TRACK = {
  integrated_lufs: expect.any(Number) as number,
  true_peak_dbtp: expect.any(Number) as number,
};

const areInOrder = (times: (string | undefined)[]) =>
  times.every((time = '', i) => (times[i - 1] ?? '') <= time);

beforeAll(async () => {
  await folder().dropJob('single.json', {
    job_id: 'A001-dailies',
    sources: [clips['A001C001.mov']],
    naming_template: '{job_id}_{source_name}',
  });
  await folder().dropJob('triple.json', {
    sources: [clips['A001C003.mp4'], clips['A001C001.mov'], clips['A001C002.mov']],
    naming_template: '{index}_{source_name}_{date}_{codec}',
    created_at: '2025-12-28T12:00:00+01:00',
    codec: 'h264',
    container: 'mp4',
  });
  run = await runOnce(folder());
  single = await folder().result('single.json');
  triple = await folder().result('triple.json');
});

describe('a job with one source', () => {
  it('is completed and says so', () => {
    expect(single).toMatchObject({
      job_id: 'A001-dailies',
      final_status: 'COMPLETED',
      execution_engine: 'ffmpeg',
      failure_type: null,
      failure_reason: null,
      violations: [],
      total_clips: 1,
      completed_clips: 1,
      failed_clips: 0,
    });
  });

  it('says what was made of its clip, and how', async () => {
    const [clip] = single.clips;
    const output = join(folder().output, 'A001-dailies_A001C001.mov');
    expect(clip).toMatchObject({
      source_path: clips['A001C001.mov'],
      resolved_output_path: output,
      status: 'COMPLETED',
      engine: 'ffmpeg',
      exit_code: 0,
      output_exists: true,
      output_size_bytes: (await stat(output)).size,
      failure_type: null,
      failure_reason: null,
      stderr: null,
      partial_output_path: null,
    });
    const { stdout: hash } = await execa('xxhsum', ['-H64', output]);
    expect(clip?.output_xxh64).toBe(hash.slice(0, 16));
    expect(clip?.ffmpeg_command?.[0]).toBe('ffmpeg');
    expect(clip?.ffmpeg_command).toContain(`file:${clips['A001C001.mov']}`);
    const counted = { check: 'frame_count', expected: 10, actual: 10, passed: true };
    expect(clip?.verification).toContainEqual({ ...counted, tolerance: 0 });
    expect(clip?.verification.every(({ passed }) => passed)).toBe(true);
  });

  it('says as data what it asked for, and what its proxy is', () => {
    expect(single).toMatchObject({ cause: null });
    expect(single.clips[0]?.facts).toEqual({
      requested: {
        codec: 'prores_proxy',
        container: 'mov',
        resolution: 'same',
        fps: null,
        looks: [],
      },
      frames: { source: 10, made: 10, repeated: 0, dropped: 0 },
      timecode: '01:00:00:00',
      reel: null,
      video_codec: 'prores',
      size: expect.stringMatching(/^\d+x\d+$/) as string,
      frame_rate: expect.stringMatching(/^\d+\/\d+$/) as string,
      field_order: 'progressive',
      audio_channels: [2, 1],
      duration_seconds: expect.any(Number) as number,
      source_size: expect.stringMatching(/^\d+x\d+$/) as string,
      source_sample_rate: 48_000,
      loudness: [TRACK, TRACK],
      compared_size: expect.stringMatching(/^\d+x\d+$/) as string,
      cause: null,
      proved: false,
    });
  });

  it('says where it came from and who worked on it', async () => {
    const bytes = await readFile(folder().path('completed', 'single.json'));
    expect(single._metadata).toMatchObject({
      asked: { codec: 'prores_proxy', container: 'mov', resolution: 'same' },
      jobspec_version: '2.1',
      jobspec_path: folder().path('running', 'single.json'),
      jobspec_sha256: createHash('sha256').update(bytes).digest('hex'),
      archived_as: 'single.json',
      worker_id: 1,
      engine_routing_reason: "Source codec 'h264' is decoded by FFmpeg",
      engine_version: expect.stringMatching(/^ffmpeg \d/),
      hostname: hostname(),
    });
  });

  it('gives a proxy that an independent reader can read', async () => {
    const probed = await ffprobe(join(folder().output, 'A001-dailies_A001C001.mov'), {
      packets: true,
    });
    if (!('media' in probed)) throw new Error(probed.error);
    expect(primaryVideo(probed.media)).toMatchObject({
      codecName: 'prores',
      packets: { count: 10 },
    });
  });

  it('has a result with its keys in the published order, two spaces deep, ended by a newline', async () => {
    const text = await readFile(folder().path('completed', 'single.result.json'), 'utf8');
    expect(text).toBe(`${JSON.stringify(single, null, 2)}\n`);
    expect(Object.keys(single)).toEqual(
      (
        'job_id final_status execution_engine failure_type failure_reason violations cause clips total_clips ' +
        'completed_clips failed_clips started_at completed_at duration_seconds _metadata'
      ).split(' '),
    );
  });

  it('has times in UTC with milliseconds that follow one another', () => {
    const [clip] = single.clips;
    const times = [
      single.started_at,
      clip?.started_at,
      clip?.completed_at,
      single.completed_at,
      single._metadata.result_written_at,
    ];
    for (const time of times)
      expect(time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00$/);
    expect(areInOrder(times)).toBe(true);
  });
});

describe('a job with several sources', () => {
  it('makes one proxy of each, in the order of the sources', () => {
    expect(triple.clips.map((clip) => clip.source_path)).toEqual([
      clips['A001C003.mp4'],
      clips['A001C001.mov'],
      clips['A001C002.mov'],
    ]);
    expect(triple).toMatchObject({ total_clips: 3, completed_clips: 3, failed_clips: 0 });
  });

  it('names them as the template says', () => {
    expect(triple.clips.map((clip) => clip.resolved_output_path)).toEqual(
      [
        '000_A001C003_20251228_h264.mp4',
        '001_A001C001_20251228_h264.mp4',
        '002_A001C002_20251228_h264.mp4',
      ].map((name) => join(folder().output, name)),
    );
  });

  it('makes them one after the other', () => {
    const spans = triple.clips.flatMap((clip) => [clip.started_at, clip.completed_at]);
    expect(areInOrder(spans)).toBe(true);
  });

  it('has an id made of its bytes when its author gave none', async () => {
    const bytes = await readFile(folder().path('completed', 'triple.json'));
    expect(triple.job_id).toBe(createHash('sha256').update(bytes).digest('hex').slice(0, 8));
  });
});

describe('a run without failures', () => {
  it('leaves nothing but the pairs and the proxies', async () => {
    expect(await folder().names('pending')).toEqual([]);
    expect(await folder().names('running')).toEqual([]);
    expect(await folder().names('failed')).toEqual([]);
    expect(await folder().names('completed')).toEqual([
      'single.json',
      'single.result.json',
      'triple.json',
      'triple.result.json',
    ]);
    expect(await folder().names('output')).toHaveLength(4);
  });

  it('counts its jobs', () => {
    expect(run.summary).toBe('2 jobs: 2 done, 0 failed, 0 rejected');
    expect(run.isClean).toBe(true);
  });
});
