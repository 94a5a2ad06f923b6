import { join } from 'node:path';
import { JobFailure } from '@app/jobspec';
import type { FfmpegTools } from '../doctor/service.ts';

/** Clip of the acceptance kit. */
export interface KitClip {
  /** File name. */
  name: string;
  /** Frame rate as a rational. */
  rate: string;
  /** Start timecode; `''` for none. */
  timecode: string;
  /** Audio tracks of one channel each. */
  tracks: number;
  /** Expected appearance in an editing system, apart from rate, timecode and tracks; `''` for nothing more. */
  look: string;
  /** FFmpeg filters after the test pattern. */
  filters?: string;
  /** FFmpeg options of the test pattern, and of the file. */
  input?: string;
  options?: string;
}

const SECONDS = 4;
const PRORES = '-c:v prores_ks -profile:v hq -pix_fmt yuv422p10le';
const H264 = '-c:v libx264 -pix_fmt yuv420p -g 12';
const HLG = 'setparams=color_primaries=bt2020:color_trc=arib-std-b67:colorspace=bt2020nc';

const basic = (name: string, rate: string, timecode: string, look = ''): KitClip => ({
  name,
  rate,
  timecode,
  tracks: 2,
  look,
});

/** One clip for each property that editing systems treat differently. */
export const KIT_CLIPS: readonly KitClip[] = [
  basic('A001C001_2398.mov', '24000/1001', '01:00:00:00'),
  basic('A001C002_25.mov', '25', '10:00:00:00'),
  basic(
    'A001C003_2997DF.mov',
    '30000/1001',
    '00:59:58;00',
    'drop-frame: 01:00:00;00 follows 00:59:59;29',
  ),
  basic(
    'A001C004_2997NDF.mov',
    '30000/1001',
    '00:09:58:00',
    'non-drop: 00:10:00:00 follows 00:09:59:29',
  ),
  basic('A001C005_50.mov', '50', '02:00:00:00'),
  basic(
    'A001C006_5994DF.mov',
    '60000/1001',
    '00:08:58;00',
    'drop-frame of 60 numbers: 00:09:00;04 follows 00:08:59;59',
  ),
  {
    ...basic('A001C007_8tracks.mov', '25', '03:00:00:00', 'eight tracks, each with a higher tone'),
    tracks: 8,
  },
  {
    ...basic(
      'A001C008_anamorphic.mov',
      '25',
      '04:00:00:00',
      'anamorphic: the picture is 2.37 times as wide as it is tall',
    ),
    filters: 'setsar=4/3',
  },
  {
    ...basic(
      'A001C009_rotated.mov',
      '30',
      '05:00:00:00',
      'rotated: the picture is taller than wide, as in the original',
    ),
    input: '-display_rotation 90 -noautorotate',
    options: H264,
  },
  {
    ...basic('A001C010_HLG.mov', '25', '06:00:00:00', 'HLG, Rec. 2020: colours as in the original'),
    filters: HLG,
  },
  {
    ...basic(
      'A001C011_variable.mp4',
      '30',
      '',
      'variable frame rate: picture and beeps stay in step',
    ),
    filters: 'select=lt(mod(n\\,10)\\,7)',
    options: `${H264} -fps_mode vfr -c:a aac`,
  },
  basic('Größe 100% #12 (B).mov', '25', '07:00:00:00', 'an odd name'),
];

/** @throws JobFailure `EngineError` if FFmpeg fails */
export async function makeKitClips(
  { runFfmpeg }: Pick<FfmpegTools, 'runFfmpeg'>,
  folder: string,
): Promise<void> {
  for (const clip of KIT_CLIPS) {
    const path = join(folder, clip.name);
    const { exitCode: exit_code, stderr } = await runFfmpeg(argumentsOf(clip, path), {
      writes: path,
    });
    const facts = { exit_code, signal: null, said: stderr.trim() };
    if (exit_code !== 0) throw new JobFailure('encoder_exited', facts);
  }
}

function argumentsOf(
  { rate, timecode, tracks, filters, input, options }: KitClip,
  path: string,
): string[] {
  const picture = [
    `testsrc2=s=1280x720:r=${rate}:d=${SECONDS}`,
    ...(filters ? [filters] : []),
  ].join();
  const tones = Array.from({ length: tracks }, (_, track) => [
    '-f',
    'lavfi',
    '-i',
    `sine=frequency=${220 + 110 * track}:beep_factor=4:sample_rate=48000:duration=${SECONDS}`,
  ]);
  return [
    ['-nostdin', '-v', 'error', ...words(input), '-f', 'lavfi', '-i', picture],
    ...tones,
    ['-map', '0:v', ...tones.flatMap((_, track) => ['-map', `${track + 1}:a`])],
    ['-c:a', 'pcm_s16le', ...words(options ?? PRORES)],
    timecode === '' ? [] : ['-timecode', timecode],
    [`file:${path}`],
  ].flat();
}

const words = (text = ''): string[] => text.split(' ').filter((word) => word !== '');
