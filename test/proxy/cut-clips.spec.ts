import { join } from 'node:path';
import { expect, it } from 'vitest';
import { useTemporaryFolder } from '../support/temporary-folder.ts';
import { failedChecks, makeSource, makeCompared, probeJson } from './support.ts';

const folder = useTemporaryFolder();
const PICTURE = '-f lavfi -i testsrc2=s=320x180:r=25:d=4';
const CODEC = { codec: 'prores_proxy', container: 'mov', resolution: 'same' } as const;

/** A copy of a recording, and how many pictures of its proxy there are when all is as its source has it. */
async function proxyOfCopy(name: string, encoder: string, copy: string): Promise<number> {
  const whole = await makeSource(join(folder.path, 'whole.mov'), PICTURE, encoder);
  const cut = await makeSource(join(folder.path, name), `-i ${whole} -c copy`, copy);
  const output = join(folder.path, `${name}.mov`);
  expect(failedChecks(await makeCompared({ ...CODEC, explicitFps: null }, cut, output))).toEqual(
    [],
  );
  return Number((await probeJson(output)).streams[0]?.['nb_read_packets']);
}

it.each(['mov', 'mp4', 'mkv', 'ts'])(
  'a clip that was cut between reordered pictures lacks some before its last, in %s',
  async (container) => {
    const encoder = '-c:v libx264 -preset veryfast -bf 3 -b_strategy 0 -g 100';
    expect(await proxyOfCopy(`cut.${container}`, encoder, '-frames:v 50')).toBe(50);
  },
);

it('frames that are missing in a stream are told, though its decoder puts those after them out of turn', async () => {
  const encoder = '-c:v mpeg2video -q:v 4 -bf 2 -g 12 -b_strategy 0';
  const whole = await makeSource(join(folder.path, 'whole.ts'), PICTURE, encoder);
  const drop = "-bsf:v noise=drop='eq(n\\,52)+eq(n\\,64)+eq(n\\,76)'".replaceAll("'", '');
  const lossy = await makeSource(join(folder.path, 'lossy.ts'), `-i ${whole} -c copy`, drop);
  const made = await makeCompared(
    { ...CODEC, explicitFps: null },
    lossy,
    join(folder.path, 'lossy.mov'),
  );
  expect(failedChecks(made).join()).toContain('unbroken_frames');
});

it('a clip of which the first group refers to what was cut away begins with its first whole picture', async () => {
  const encoder = '-c:v mpeg2video -q:v 4 -bf 2 -g 12 -b_strategy 0';
  const counted = '-bsf:v noise=drop=lt(n\\,10) -metadata:s:v NUMBER_OF_FRAMES=90';
  expect(await proxyOfCopy('open.mkv', encoder, counted)).toBe(88);
});

it('a stream whose last frame the rate of a job leaves out has no cut end', async () => {
  const stream = await makeSource(join(folder.path, 'rate.ts'), PICTURE, '-c:v libx264 -bf 2');
  const request = { ...CODEC, explicitFps: 12.5 };
  const made = await makeCompared(request, stream, join(folder.path, 'rate.mov'));
  expect(failedChecks(made)).toEqual([]);
});
