import { makeSource } from '../../proxy/support.ts';
import { SMALL, FAST, picture, tone, clip, type MatrixSource } from '../source.ts';

const RATES = [
  ['24000/1001', '01:00:00:23'],
  ['24/1', '23:59:59:00'],
  ['25/1', '10:00:00:00'],
  ['30000/1001', '01:00:00;00'],
  ['30000/1001', '01:00:00:02'],
  ['50/1', '01:02:03:49'],
  ['60000/1001', '01:00:00;04'],
] as const;

export const TIMING_SOURCES: MatrixSource[] = [
  ...RATES.map(([rate, timecode]) =>
    clip(
      `${rate.replace('/1001', ' NTSC').replace('/1', '')} fps, ${timecode}`,
      `rate ${rate.replace('/', '-')} ${timecode.replaceAll(/[:;]/g, '-')}.mov`,
      [picture(SMALL, rate, 12), tone(0.5), `${FAST} -c:a pcm_s16le -timecode ${timecode}`],
      { rate, timecode, audioSeconds: 0.5 },
    ),
  ),
  clip(
    'reel name and two languages',
    'reel.mov',
    [
      `${picture(SMALL, '25', 12)} ${tone(0.48)} ${tone(0.48, 'mono')} -map 0 -map 1 -map 2 ${FAST}`,
      '-c:a pcm_s16le -timecode 01:00:00:00 -metadata:s:v:0 reel_name=A001C003_230101_R1AB',
      '-metadata:s:a:0 language=ger -metadata:s:a:1 language=fra',
    ],
    {
      timecode: '01:00:00:00',
      reel: 'A001C003_230101_R1AB',
      languages: ['ger', 'fra'],
      channels: [2, 1],
    },
  ),
  clip(
    'variable frame rate',
    'vfr.mp4',
    [
      picture(SMALL, '60', 48),
      tone(0.8),
      "-vf select='not(eq(mod(n,7),3))*not(between(n,20,24))' -fps_mode vfr",
      `${FAST} -c:a aac`,
    ],
    { rate: '50/1', frames: 37, variable: true, audioSeconds: 0.8 },
  ),
  clip(
    'sound that starts 0.2 s late',
    'late-sound.mov',
    [`${picture(SMALL, '25', 25)} -itsoffset 0.2 ${tone(0.8)} ${FAST} -c:a pcm_s16le`],
    { frames: 25, audioSeconds: 1 },
  ),
  clip(
    'picture that starts 0.2 s late',
    'late-picture.mov',
    [`-itsoffset 0.2 ${picture(SMALL, '25', 25)} ${tone(1.2)} ${FAST} -c:a pcm_s16le`],
    { frames: 25, audioSeconds: 1 },
  ),
  {
    ...clip('edit list: starts 15 frames in', 'trimmed.mov', [], { frames: 35 }),
    make: async (path) => {
      const whole = `${path}.whole.mov`;
      await makeSource(
        whole,
        picture(SMALL, '25', 50),
        tone(2),
        '-c:v libx264 -preset veryfast -g 50 -bf 2 -c:a pcm_s16le',
      );
      await makeSource(path, `-ss 0.6 -i ${whole} -c copy`);
    },
  },
  clip(
    'drop-frame at 25 fps, which does not exist',
    'impossible.mkv',
    [picture(SMALL, '25', 12), FAST, '-metadata:s:v:0 timecode=01:00:00;00'],
    { channels: [], warns: /Start timecode 01:00:00;00 is lost/ },
  ),
];
