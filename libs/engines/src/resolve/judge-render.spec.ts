import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, it, onTestFinished } from 'vitest';
import { audioWarning, frameCheck } from './judge-render.ts';

const CARD = 'color=c=0xA01010:s=640x360,drawbox=x=160:y=160:w=320:h=40:color=white:t=fill';

it.each([
  ['a card', CARD, 20, true],
  ['a darker card with shades of a codec', `${CARD},eq=brightness=-0.1`, 20, true],
  [
    'a scene in red light with the grain of a sensor',
    'color=c=0x901010:s=640x360,noise=alls=20:allf=t',
    0,
    false,
  ],
  [
    'a red gradient',
    'gradients=s=640x360:c0=0x300000:c1=0xF02020:x0=0:y0=0:x1=639:y1=359:speed=0.0001',
    0,
    false,
  ],
  ['a test picture', 'testsrc2=s=640x360', 0, false],
  ['a picture that stands', 'testsrc2=s=640x360,loop=loop=-1:size=1', 0, true],
  ['a picture that begins so', 'testsrc2=s=640x360,loop=loop=9:size=1', 0, false],
])('of %s all is known', async (_, source, cards, isStill) => {
  const folder = await mkdtemp(join(tmpdir(), 'shown-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const path = join(folder, 'proxy.mov');
  const codec = ['-frames:v', '20', '-c:v', 'prores_ks', '-profile:v', 'proxy'];
  await execa('ffmpeg', ['-v', 'error', '-f', 'lavfi', '-i', source, ...codec, path]);
  const frames = frameCheck(path);
  const { stdout } = await execa('ffmpeg', frames.args, { encoding: 'buffer' });
  frames.onStdout(stdout);
  expect(frames.result()).toMatchObject({
    cards,
    isStill,
  });
});

describe('sound', () => {
  it.each([
    [8, [2], '8 channels of sound, and the proxy one track of 2'],
    [8, [1, 1, 1, 1], '8 channels of sound, and the proxy 4 tracks of 4 in all'],
  ])('of %i channels that becomes %j is a loss', (channels, tracks, words) => {
    expect(audioWarning(channels, tracks)).toContain(words);
  });

  it.each([
    [8, [8]],
    [8, [2, 2, 2, 2]],
    [1, [2]],
    [0, []],
  ])('of %i channels that becomes %j is whole', (channels, tracks) => {
    expect(audioWarning(channels, tracks)).toBeNull();
  });
});
