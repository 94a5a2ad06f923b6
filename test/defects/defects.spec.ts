import { join } from 'node:path';
import { expect, it } from 'vitest';
import { useTemporaryFolder } from '../support/temporary-folder.ts';
import { DEFECTS } from './kinds.ts';
import { makeSource, verdictOn } from './planted.ts';

/** `npm run test:defects` plants all of them, in six codecs. */
const SAMPLE = [
  'a picture late throughout',
  'one picture shown twice',
  'a band of 8 lines in one picture',
  'BT.601 for BT.709',
  'a cast of blue, 6 levels',
  'channels exchanged',
  '20 ms of silence',
];

const folder = useTemporaryFolder();

it('a healthy proxy passes, and damage that no header shows is found', async () => {
  const source = await makeSource(join(folder.path, 'source.mov'));
  const caught = [];
  for (const name of [null, ...SAMPLE]) {
    const defect = DEFECTS.find((one) => one.name === name) ?? null;
    const failed = await verdictOn(source, folder.path, ['prores_proxy', 'mov'], defect);
    if (failed.length > 0) caught.push(name);
  }
  expect(caught).toEqual(SAMPLE);
});
