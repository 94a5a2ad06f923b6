import { readFile, writeFile } from 'node:fs/promises';
import { makeSource } from '../../proxy/support.ts';
import { SMALL, FAST, picture, tone, CHANNELS, clip, type MatrixSource } from '../source.ts';

export const SOUND_SOURCES: MatrixSource[] = [
  clip('no audio', 'silent.mov', [picture(SMALL, '25', 12), FAST, '-timecode 00:00:00:00'], {
    channels: [],
    timecode: '00:00:00:00',
  }),
  ...Object.entries(CHANNELS).map(([layout, channels]) =>
    clip(
      `${layout} (${channels} channels)`,
      `layout ${layout}.mov`,
      [picture(SMALL, '25', 12), tone(0.48, layout), `${FAST} -c:a pcm_s16le`],
      { channels: [channels] },
    ),
  ),
  clip(
    'eight mono tracks',
    'tracks.mov',
    [
      `${picture(SMALL, '25', 12)} ${tone(0.48, 'mono')} -map 0`,
      `${'-map 1 '.repeat(8)}${FAST} -c:a pcm_s16le -timecode 01:00:00:00`,
    ],
    { channels: [1, 1, 1, 1, 1, 1, 1, 1], timecode: '01:00:00:00' },
  ),
  {
    ...clip('a track of an unknown codec', 'unknown.mov', [], { channels: [2] }),
    make: async (path) => {
      await makeSource(
        path,
        `${picture(SMALL, '25', 12)} ${tone(0.48)} ${tone(0.48, 'mono')}`,
        `-map 0 -map 2 -map 1 ${FAST} -c:a:0 pcm_s24le -c:a:1 pcm_s16le`,
      );
      const bytes = await readFile(path);
      bytes.write('zz9!', bytes.indexOf('in24', bytes.indexOf('stsd')), 'latin1');
      await writeFile(path, bytes);
    },
    warns: /Audio track 1 is skipped/,
  },
  clip(
    '44.1 kHz',
    'cd.mov',
    [picture(SMALL, '25', 25), tone(1, 'stereo', 44100), `${FAST} -c:a pcm_s16le`],
    {
      frames: 25,
    },
  ),
  clip(
    '96 kHz, 24 bit',
    'hires.mov',
    [picture(SMALL, '25', 25), tone(1, 'stereo', 96000), `${FAST} -c:a pcm_s24le`],
    {
      frames: 25,
    },
  ),
  ...[9, 10, 12].map((channels) =>
    clip(
      `${channels} channels without a layout`,
      `discrete ${channels}.mov`,
      [
        picture(SMALL, '25', 12),
        tone(0.48, 'mono'),
        `-af pan=${channels}C|${Array.from({ length: channels }, (_, n) => `c${n}=c0`).join('|')}`,
        `${FAST} -c:a pcm_s16le`,
      ],
      { channels: [channels] },
    ),
  ),
  clip(
    '5.1 and stereo',
    'mix.mov',
    [
      `${picture(SMALL, '25', 12)} ${tone(0.48, '5.1')} ${tone(0.48)} -map 0 -map 1 -map 2`,
      `${FAST} -c:a pcm_s24le -timecode 01:00:00:00`,
    ],
    { channels: [6, 2], timecode: '01:00:00:00' },
  ),
];
