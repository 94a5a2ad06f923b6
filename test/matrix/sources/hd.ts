import { FAST, picture, tone, clip, type MatrixSource } from '../source.ts';

export const HD_SOURCES: MatrixSource[] = [
  clip(
    '1080p',
    'hd.mov',
    [picture('1920x1080', '25', 6), tone(0.24), `${FAST} -c:a pcm_s16le -timecode 01:00:00:00`],
    {
      size: [1920, 1080],
      frames: 6,
      timecode: '01:00:00:00',
    },
  ),
  clip(
    '1080i, top field first, MPEG-2 in MXF',
    'hd-top.mxf',
    [
      picture('1920x1080', '50', 12),
      tone(0.24, 'mono'),
      '-vf tinterlace=interleave_top,setparams=field_mode=tff,format=yuv422p -c:v mpeg2video -flags +ildct+ilme',
      '-b:v 50M -minrate 50M -maxrate 50M -bufsize 8M -g 1 -c:a pcm_s16le -timecode 01:00:00:00',
    ],
    { size: [1920, 1080], frames: 6, channels: [1], timecode: '01:00:00:00', fields: 'top-first' },
  ),
  clip(
    '1080i, bottom field first, ProRes',
    'hd-bottom.mov',
    [
      picture('1920x1080', '50', 12),
      tone(0.24),
      '-vf tinterlace=interleave_bottom,setparams=field_mode=bff,format=yuv422p10le',
      '-c:v prores_ks -profile:v lt -flags +ildct -c:a pcm_s16le -timecode 01:00:00:00',
    ],
    { size: [1920, 1080], frames: 6, timecode: '01:00:00:00', fields: 'bottom-first' },
  ),
  clip(
    'HDV: 1440x1080 shown at 16:9',
    'hdv.mov',
    [
      picture('1440x1080', '30000/1001', 6),
      tone(0.2),
      `-vf setsar=4/3 ${FAST} -c:a pcm_s16le -timecode 01:00:00;00`,
    ],
    { size: [1440, 1080], rate: '30000/1001', frames: 6, timecode: '01:00:00;00' },
  ),
  clip('720p50', 'p50.mov', [picture('1280x720', '50', 6), tone(0.12), `${FAST} -c:a pcm_s16le`], {
    size: [1280, 720],
    rate: '50/1',
    frames: 6,
  }),
];
