/** @module-tag night */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { expectCleanedUp, useResolveJobs, type Ended } from '../support/resolve-jobs.ts';

const { run, withJob } = useResolveJobs();

/** Final names in the output directory; hidden ones are staging files. */
async function published({ job }: Ended): Promise<string[]> {
  return (await readdir(job.folder.output)).filter((name) => !name.startsWith('.'));
}

describe.concurrent('what Resolve calls a success is none', () => {
  it.each([
    ['no_file', 'OutputMissingError', 'has written no file'],
    ['zero_bytes', 'OutputMissingError', 'its file is empty'],
    ['audio_only', 'OutputVerificationError', 'its codec is none and should be dnxhd'],
    ['wrong_codec', 'OutputVerificationError', 'its codec is h264 and should be dnxhd'],
    ['wrong_size', 'OutputVerificationError', 'its size is 320x180 and should be 640x360'],
    ['short', 'OutputVerificationError', 'it has 12 frames, the source 24'],
    ['wrong_tc', 'OutputVerificationError', 'its start timecode is 01:00:00:00'],
    [
      'silent',
      'OutputVerificationError',
      'its number of audio tracks is 0 and should be at least 1',
    ],
    ['two_files', 'OutputVerificationError', 'has written 2 files instead of one'],
  ])('with %s', (how, type, words) =>
    run({ render: how }, {}, async (ended) => {
      expect(ended.clip).toMatchObject({
        status: 'FAILED',
        failure_type: type,
        failure_reason: expect.stringContaining(words),
      });
      expect(await published(ended)).toEqual([]);
      await expectCleanedUp(ended);
    }),
  );
});

describe.concurrent('the output', () => {
  it('may have a name of its own while it is the only file', () =>
    run({ render: 'name_suffix' }, {}, async (ended) => {
      expect(ended.result.final_status).toBe('COMPLETED');
      expect(await published(ended)).toEqual(['000_A001.mov']);
      expect(await readdir(ended.job.folder.output)).toEqual(['000_A001.mov']);
      expect(ended.clip?.pictures).toMatchObject([{ frame: 0 }, { frame: 11 }, { frame: 23 }]);
    }));

  it('that exists before the job is not touched', () =>
    withJob({}, async (job) => {
      const output = join(job.folder.output, '000_A001.mov');
      await writeFile(output, 'precious');
      await job.submit();
      await job.start().exit();
      expect((await job.folder.result()).failure_type).toBe('OutputCollisionError');
      expect(await readFile(output, 'utf8')).toBe('precious');
      expect(await job.resolve.calls()).toEqual([]);
    }));

  it('that appears during the render is not overwritten', () =>
    withJob({ progress_step_s: 0.5 }, async (job) => {
      const output = join(job.folder.output, '000_A001.mov');
      await job.submit();
      const runner = job.start();
      await job.resolve.called('Project.StartRendering');
      await writeFile(output, 'precious');
      await runner.exit();
      expect((await job.folder.result()).failure_type).toBe('OutputCollisionError');
      expect(await readFile(output, 'utf8')).toBe('precious');
    }));
});
