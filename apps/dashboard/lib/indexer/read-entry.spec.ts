import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { entryStamp, readEntry } from './read-entry.ts';

const path = mkdtempSync(join(tmpdir(), 'entry-'));
afterAll(() => rmSync(path, { recursive: true }));

const clip = {
  source_path: '/card/a.mov',
  resolved_output_path: '/proxies/a.mp4',
  status: 'FAILED',
  ffmpeg_command: ['ffmpeg', '-c:v:0', 'libx264'],
};
const asked = { codec: 'h264', container: 'mp4', resolution: 'half' };
const jobSpec = { job_id: 'a', sources: ['/card/a.mov'], ...asked };

/** Kind of a job's proxies, by its result and its JobSpec. */
async function kindOf(of: object, spec: object | null): Promise<unknown> {
  const result = { job_id: 'a', final_status: 'FAILED', clips: [clip], total_clips: 1, ...of };
  writeFileSync(join(path, 'a.result.json'), JSON.stringify(result));
  writeFileSync(join(path, 'a.json'), JSON.stringify(spec));
  const pair = { base: 'a', hasJob: spec !== null, hasResult: true };
  const entry = await readEntry({ folder: 'f', state: 'failed', path }, pair);
  return entry?.facts.kind;
}

describe('which proxies a job was asked for', () => {
  it('is what its result says', async () => {
    expect(await kindOf({ _metadata: { asked } }, { ...jobSpec, resolution: 'quarter' })).toBe(
      'h264 mp4 half',
    );
    expect(await kindOf({ _metadata: { asked } }, null)).toBe('h264 mp4 half');
  });

  it('is also told of clips that the job never came to', async () => {
    expect(await kindOf({ _metadata: { asked }, clips: [], total_clips: 1 }, jobSpec)).toBe(
      'h264 mp4 half',
    );
  });
});

describe('the clips of a JobSpec that was refused for what it says', () => {
  const place = { folder: 'f', state: 'failed', path } as const;
  const clipsOf = async (metadata: object, total_clips: number) => {
    const head = { job_id: 'r', final_status: 'PARTIAL', failure_type: 'JobSpecValidationError' };
    const result = { ...head, clips: [], total_clips, _metadata: metadata };
    writeFileSync(join(path, 'r.json'), JSON.stringify(jobSpec));
    writeFileSync(join(path, 'r.result.json'), JSON.stringify(result));
    const pair = { base: 'r', hasJob: true, hasResult: true };
    const entry = await readEntry(place, pair);
    return entry?.clips;
  };

  it('are not made, once it had been understood', async () => {
    expect(await clipsOf({ asked }, 1)).toMatchObject([
      {
        source_path: '/card/a.mov',
        kind: 'h264 mp4 half',
        status: 'NOT_MADE',
        failure_type: 'JobSpecValidationError',
      },
    ]);
  });

  it('are none, where nobody knows what it asks for', async () => {
    expect(await clipsOf({}, 0)).toEqual([]);
  });
});

describe('a job of an archive', () => {
  const place = { folder: 'f', state: 'failed', path } as const;
  const listed = { base: 'late', hasJob: true, hasResult: false };

  it('has the result that lies there, though the listing did not come to it yet', async () => {
    const result = { job_id: 'late', final_status: 'FAILED', clips: [clip], total_clips: 1 };
    writeFileSync(join(path, 'late.json'), JSON.stringify({ ...jobSpec, job_id: 'late' }));
    writeFileSync(join(path, 'late.result.json'), JSON.stringify(result));
    expect(await readEntry(place, listed)).toMatchObject({
      hasResult: true,
      facts: { final_status: 'FAILED', problem: null },
    });
  });

  it('says that none is there', async () => {
    rmSync(join(path, 'late.result.json'));
    expect(await readEntry(place, listed)).toMatchObject({
      hasResult: false,
      facts: { problem: 'late.result.json is not there (yet).' },
    });
  });

  it('is gone when neither is there', async () => {
    rmSync(join(path, 'late.json'));
    expect(await readEntry(place, listed)).toBeNull();
  });
});

describe('the clips of a job that runs', () => {
  const root = join(path, 'watch');
  const place = { folder: 'f', state: 'running', path: join(root, 'running') } as const;
  const pair = { base: 'a', hasJob: true, hasResult: false };
  const journal = join(root, '.runner/journals/a.json');
  const ending = (source: string, output: string) =>
    JSON.stringify({
      stagingPath: '/proxies/.a.partial.mp4',
      ending: {
        clip: {
          ...clip,
          source_path: source,
          resolved_output_path: output,
          status: 'COMPLETED',
          pictures: [{ path: '/p/1.jpg', frame: 0, timecode: null, width: 320, height: 180 }],
        },
        inode: '1',
        reserves: false,
      },
    });

  it('have their proxies and pictures once the journal has them, and one line that is half written tells nothing', async () => {
    for (const directory of [place.path, join(journal, '..')])
      mkdirSync(directory, { recursive: true });
    const sources = ['/card/a.mov', '/card/b.mov', '/card/c.mov'];
    writeFileSync(join(place.path, 'a.json'), JSON.stringify({ ...jobSpec, sources }));
    const before = await readEntry(place, pair);
    const lines = [
      '{"stagingPath":"/proxies/.a.partial.mp4"}',
      ending('/card/a.mov', '/proxies/a.mp4'),
      ending('/card/other.mov', '/proxies/other.mp4'),
      ending('/card/c.mov', '/proxies/c.mp4').slice(0, -9),
    ];
    writeFileSync(journal, lines.join('\n'));
    const after = await readEntry(place, pair);
    expect(after?.stamp).not.toBe(before?.stamp);
    expect(after?.stamp).toBe(await entryStamp(place, pair));
    expect(after?.clips).toMatchObject([
      { status: 'WAITING', output_path: '/proxies/a.mp4', pictures: [{ path: '/p/1.jpg' }] },
      { status: 'WAITING', output_path: '', pictures: [] },
      { status: 'WAITING', output_path: '', pictures: [] },
    ]);
  });
});
