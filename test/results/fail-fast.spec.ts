import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { JobResult } from '@app/jobspec';
import { useClips } from '../support/clips.ts';
import { makeSource } from '../support/media.ts';
import { runOnce } from '../support/runner.ts';
import { truncateFile } from '../support/truncate-file.ts';
import { useSharedWatchFolder } from '../support/watch-folder.ts';

const clips = useClips({ '1.mov': { frames: 3 }, '3.mov': { frames: 3 } });
const folder = useSharedWatchFolder();
let result: JobResult;
let sources: string[];

beforeAll(async () => {
  const cutOff = await makeSource(folder().beside('.'), '2.mxf', { codec: 'mpeg2', frames: 30 });
  await truncateFile(cutOff, 0.5);
  sources = [clips['1.mov'], cutOff, clips['3.mov']];
  await folder().dropJob('x.json', { sources });
  await runOnce(folder());
  result = await folder().result('x.json');
});

describe('a job whose second clip of three fails', () => {
  it('fails with the name and the reason of that clip', () => {
    const [, second] = result.clips;
    expect(result).toMatchObject({
      final_status: 'FAILED',
      failure_type: second?.failure_type,
      failure_reason: `2.mxf (clip 2 of 3): ${second?.failure_reason}`,
    });
    expect(second?.failure_reason).toMatch(/\S/);
  });

  it('does not start later clips, and lists none of them', () => {
    expect(result.clips.map(({ source_path, status }) => [source_path, status])).toEqual([
      [sources[0], 'COMPLETED'],
      [sources[1], 'FAILED'],
    ]);
    expect(result).toMatchObject({ total_clips: 3, completed_clips: 1, failed_clips: 1 });
  });

  it('keeps the finished proxy and the part of the failed one, which it names', async () => {
    const partial = result.clips[1]?.partial_output_path ?? '';
    expect((await readFile(partial)).length).toBeGreaterThan(0);
    const files = (await folder().names('output')).map((name) => join(folder().output, name));
    expect(files.sort()).toEqual([partial, join(folder().output, '1_proxy.mov')].sort());
  });
});
