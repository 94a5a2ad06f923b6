import {
  appendFile,
  mkdtemp,
  readFile,
  rename,
  rm,
  stat,
  truncate,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { JobFailure } from '@app/jobspec';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { clipResult } from '../../../../test/support/job-result.ts';
import { refuseOpened } from '../../../../test/support/refusals.ts';
import { ClipJournal } from './clip-journal.ts';

let base = '';
let staging = '';
let output = '';
let journal: ClipJournal;

beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'wfr-'));
  staging = join(base, '.a.partial.mov');
  output = join(base, 'A.mov');
  await writeFile(staging, 'proxy');
  journal = new ClipJournal(base, 'a.json');
});
afterEach(async () => {
  await journal.close();
  await rm(base, { recursive: true });
});

const made = () => clipResult('A', { resolved_output_path: output });
const failed = () => clipResult('A', { resolved_output_path: output, status: 'FAILED' });
const recorded = async () => ({ path: staging, inode: String((await stat(staging)).ino) });
const leftovers = () => [staging, join(base, '.a.partial')];
const read = () => new ClipJournal(base, 'a.json').read();

describe('after a crash', () => {
  it('nothing is known of a job that has begun no clip', async () => {
    expect(await read()).toEqual({ clips: [], leftovers: [] });
  });

  it('a clip that was begun has left its staging file and folder', async () => {
    await journal.begin(staging);
    expect(await read()).toEqual({ clips: [], leftovers: leftovers() });
  });

  it('a clip is published once its own file has the final name', async () => {
    await journal.begin(staging);
    await journal.publish(await recorded(), made());
    expect((await read()).clips).toEqual([]);
    await rename(staging, output);
    expect((await read()).clips).toEqual([made()]);
  });

  it('a file of somebody else under that name is none of its clips', async () => {
    await journal.publish(await recorded(), made());
    await writeFile(output, 'theirs');
    expect((await read()).clips).toEqual([]);
  });

  it('an empty file under the final name is a leftover where the name was reserved, and only there', async () => {
    await writeFile(output, '');
    await journal.publish(await recorded(), made());
    expect((await read()).leftovers).toEqual(leftovers());
    await journal.reserve(await recorded(), made());
    expect((await read()).leftovers).toEqual([...leftovers(), output]);
    await writeFile(output, 'theirs');
    expect((await read()).leftovers).toEqual(leftovers());
  });

  it('what a failed clip has left is kept, and the clip is known', async () => {
    await journal.begin(staging);
    await journal.fail(staging, failed());
    expect(await read()).toEqual({ clips: [failed()], leftovers: [] });
  });

  it('a line that was cut off counts for nothing, and the next one stands for itself', async () => {
    await journal.begin(staging);
    const { length } = await readFile(join(base, 'a.json'));
    await journal.publish(await recorded(), made());
    await truncate(join(base, 'a.json'), length + 9);
    await rename(staging, output);
    expect(await read()).toEqual({ clips: [], leftovers: leftovers() });
    await appendFile(join(base, 'a.json'), `\n${JSON.stringify({ stagingPath: '/b.mov' })}\n`);
    expect((await read()).leftovers).toEqual(['/b.mov', '/b']);
  });
});

it('the journal of an earlier job of that name is replaced by the first entry', async () => {
  await writeFile(join(base, 'a.json'), JSON.stringify({ stagingPath: '/old.mov' }));
  await journal.begin(staging);
  expect((await read()).leftovers).toEqual(leftovers());
});

it('a journal that can not be written fails the clip with a sentence', async () => {
  const nowhere = new ClipJournal(join(base, 'none'), 'a.json');
  await expect(nowhere.begin(staging)).rejects.toThrow(JobFailure);
  await expect(nowhere.begin(staging)).rejects.toThrow(
    `The runner can't write to its own folder ${join(base, 'none')}`,
  );
});

it('a journal is gone once its job is archived, and nobody minds when it was not there', async () => {
  await journal.begin(staging);
  await journal.close();
  await journal.remove();
  await journal.remove();
  expect(await read()).toEqual({ clips: [], leftovers: [] });
});

it('is not left open where its name can’t be made durable', async () => {
  const opened = refuseOpened('sync');
  await expect(journal.begin(staging)).rejects.toThrow(JobFailure);
  expect(opened.map(({ fd }) => fd)).toEqual([-1, -1]);
});
