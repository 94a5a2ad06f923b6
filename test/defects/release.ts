import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import type { Trial } from '@app/engines';
import { ffmpegArguments } from '../../libs/engines/src/ffmpeg/arguments.ts';
import {
  comparisonArguments,
  readLikeness,
  type Likeness,
} from '../../libs/engines/src/prove/comparison.ts';
import { sourceArguments } from '../../libs/engines/src/prove/sources.ts';
import { describeFile, planned } from '../proxy/support.ts';
import type { Defect } from './kinds.ts';
import { damaged } from './planted.ts';
import { doubtOfLikeness } from '../../libs/engines/src/prove/proof.ts';

/** The kinds of damage that only `doctor --prove` finds: they come with a build of FFmpeg, not with a clip. */
export const OF_RELEASES: readonly Defect[] = [
  picture('blurred by 3 pixels', 'gblur=sigma=3'),
  picture('a mosaic of 8 pixels', 'pixelize=w=8:h=8'),
  picture('sharpened', 'format=yuv422p,unsharp=5:5:3'),
  picture('snow', 'noise=alls=40:allf=t'),
  picture(
    'noise in a quarter',
    'split[all][other];[other]crop=iw/2:ih/2:0:0,noise=alls=30:allf=t[part];[all][part]overlay=0:0:format=auto',
  ),
  picture('a column in all pictures', 'drawbox=x=301:w=1:t=fill:c=white'),
  picture('colour beside its luma', 'chromashift=cbh=4:crh=4'),
  picture('colour a sample beside its luma', 'chromashift=cbh=1:crh=1'),
  picture('all a pixel to the side', 'scroll=hpos=0.0015625'),
  picture('all two lines lower', 'scroll=vpos=0.006'),
  picture('colour four lines lower', 'chromashift=cbv=4:crv=4'),
  sound('flutters', 'tremolo=f=10:d=0.5'),
  sound('a low pass', 'lowpass=f=4000'),
  sound('20 ms of silence', "volume=0:enable='between(t,0.2,0.22)'"),
  sound('polarity turned around', 'aeval=-val(0)|-val(1):c=same'),
];

/** Makes the proxy of a trial with an FFmpeg that does such damage, and judges it by the limits of `doctor --prove` alone. */
export async function judged(
  trial: Trial,
  defect: Defect | null,
  folder: string,
): Promise<{ likeness: Likeness; doubt: string | null }> {
  const source = join(folder, 'source.mov');
  const proxy = join(folder, `proxy.${trial.container}`);
  const isHd = trial.codec === 'dnxhd';
  const made = await readFile(source).catch(() => null);
  if (made === null) await execa('ffmpeg', sourceArguments(trial.shape, isHd, source));
  const { codec, container, size: resolution } = trial;
  const request = { codec, container, resolution, explicitFps: null };
  const plan = planned(request, await describeFile(source));
  const args = ffmpegArguments(plan, { input: source, output: proxy });
  await execa('ffmpeg', damaged(args, defect));
  const compared = { proxy, source, text: null, curves: '', lut: '' };
  const { stdout, stderr } = await execa(
    'ffmpeg',
    comparisonArguments(trial, plan, compared, true),
  );
  const likeness = readLikeness(stdout, '', stderr);
  return { likeness, doubt: doubtOfLikeness(trial, plan, likeness) };
}

function picture(name: string, filter: string): Defect {
  return { name, picture: filter };
}

function sound(name: string, filter: string): Defect {
  return { name, sound: filter };
}
