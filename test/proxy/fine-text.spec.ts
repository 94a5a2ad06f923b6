import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Codec, Container } from '@app/jobspec';
import { useTemporaryFolder } from '../support/temporary-folder.ts';
import { failedChecks, makeSource, makeCompared } from './support.ts';

const folder = useTemporaryFolder();
/** Like lines of small text: two dark lines in every thirteen, of which few pixels are left in a quarter. */
const TEXT = "color=white:s=640x480:r=10:d=1,geq=lum='if(lt(mod(Y,13),2),60,255)':cb=128:cr=128";

it.each<[Codec, Container]>([
  ['h264', 'mp4'],
  ['prores_proxy', 'mov'],
])('a page of text after a long plain scene is no damage, in %s', async (codec, container) => {
  const scenes = `-f lavfi -i smptebars=s=640x480:r=10:d=3 -f lavfi -i ${TEXT}`;
  const joined = '-filter_complex [0][1]concat -c:v libx264 -pix_fmt yuv420p';
  const clip = await makeSource(join(folder.path, `${codec}.mkv`), `${scenes} ${joined}`);
  const request = { codec, container, resolution: 'quarter', explicitFps: null } as const;
  const made = await makeCompared(request, clip, join(folder.path, `${codec}.${container}`));
  expect(failedChecks(made)).toEqual([]);
});
