import { appendFile, copyFile, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeSource } from '../support/media.ts';
import { useStandInJobs } from '../support/stand-in-jobs.ts';
import { useTemporaryFolder } from '../support/temporary-folder.ts';

const temporary = useTemporaryFolder();
const jobs = useStandInJobs();

const ATOM_OF_NOTHING = Buffer.from('0000000166726565' + '00'.repeat(8), 'hex');
const SMALL_ATOM = Buffer.from('0000000866726565', 'hex');
const NESTED = Buffer.from('000000106d6f6f760000000866726565', 'hex');
const EMPTY_LIST = Buffer.from('524946460400000041564958', 'hex');
const EIGHT_MIB = 8 * 1024 * 1024;
const repeated = (part: Buffer) => Buffer.alloc(EIGHT_MIB, part);

/** What is appended to a whole clip, the clip's format, how long the file is said to be, and whether it is still whole. */
const ENDLESS: [what: string, format: 'mov' | 'avi', end: Buffer, whole: boolean, size?: number][] =
  [
    ['an atom with a 64-bit size of 0', 'mov', ATOM_OF_NOTHING, true],
    ['a million atoms of eight bytes', 'mov', repeated(SMALL_ATOM), false],
    ['half a million indexes with an atom inside', 'mov', repeated(NESTED), true],
    ['a hole of four terabytes', 'mov', Buffer.alloc(0), true, 4 * 1024 ** 4],
    ['700,000 RIFF lists of nothing', 'avi', repeated(EMPTY_LIST), false],
  ];

test.each(ENDLESS)(
  'a clip that ends with %s is judged, and the next job is made',
  async (_, format, end, whole, size) => {
    const source = join(temporary.path, `clip.${format}`);
    if (format === 'avi')
      await makeSource(temporary.path, 'clip.avi', { width: 160, height: 90, frames: 10 });
    else await copyFile(jobs.media.source, source);
    await appendFile(source, end);
    if (size !== undefined) await truncate(source, size);
    const folder = await jobs.folder();
    await folder.submit('a.json', [source], { job_id: 'a' });
    await folder.submit('b.json', [jobs.media.source], { job_id: 'b' });
    await jobs.start(folder).exit();
    const [a, b] = (await folder.results()).sort((x, y) => (x.job_id < y.job_id ? -1 : 1));
    expect(b?.final_status).toBe('COMPLETED');
    expect(a?.final_status).toBe(whole ? 'COMPLETED' : 'FAILED');
    expect(a?.failure_reason ?? 'whole').toMatch(whole ? 'whole' : /more than 1.*no recording has/);
  },
);
