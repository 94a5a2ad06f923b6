import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { expect, it, onTestFinished } from 'vitest';
import { lookAtFrames } from './rendered-frames.ts';

const CARD = 'color=c=0xA01010:s=640x360,drawbox=x=160:y=160:w=320:h=40:color=white:t=fill';

it.each([
  ['a card', CARD, 20],
  ['a darker card with shades of a codec', `${CARD},eq=brightness=-0.1`, 20],
  [
    'a scene in red light with the grain of a sensor',
    'color=c=0x901010:s=640x360,noise=alls=20:allf=t',
    0,
  ],
  ['a red gradient', 'gradients=s=640x360:c0=0x300000:c1=0xF02020:speed=0.0001', 0],
  ['a test picture', 'testsrc2=s=640x360', 0],
])('of %s all is known', async (_, source, cards) => {
  const folder = await mkdtemp(join(tmpdir(), 'shown-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const path = join(folder, 'proxy.mov');
  const codec = ['-frames:v', '20', '-c:v', 'prores_ks', '-profile:v', 'proxy'];
  await execa('ffmpeg', ['-v', 'error', '-f', 'lavfi', '-i', source, ...codec, path]);
  expect(await lookAtFrames(path, new AbortController().signal)).toMatchObject({ cards });
});
