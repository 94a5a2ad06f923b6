import { makeSource } from '../../proxy/support.ts';
import { WIDE, SMALL, FAST, picture, tone, clip, type MatrixSource } from '../source.ts';

export const CONTAINERS_SOURCES: MatrixSource[] = [
  clip('attached picture', 'cover.mp4', [
    `${picture(SMALL, '25', 12)} ${tone(0.48)} -f lavfi -i color=red:s=64x64,trim=end_frame=1`,
    `-map 2 -map 0 -map 1 -c:v:0 png -disposition:v:0 attached_pic -c:v:1 libx264 -preset ultrafast -c:a aac`,
  ]),
  clip(
    'long GOP with B-frames in MP4',
    'longgop.mp4',
    [picture(SMALL, '25', 50), tone(2), '-c:v libx264 -preset veryfast -bf 3 -g 250 -c:a aac'],
    { frames: 50 },
  ),
  clip(
    'MKV',
    'clip.mkv',
    [picture(SMALL, '24000/1001', 24), tone(1.001), `${FAST} -bf 2 -c:a flac`],
    {
      frames: 24,
      rate: '24000/1001',
    },
  ),
  clip(
    'MPEG-TS',
    'clip.ts',
    [
      picture(SMALL, '25', 50),
      tone(2),
      '-c:v libx264 -preset veryfast -c:a mp2 -metadata:s:a:0 language=fra',
    ],
    { frames: 50, languages: ['fra'] },
  ),
  clip(
    'XDCAM-like MPEG-2 in MXF, 4:2:2, long GOP',
    'xdcam.mxf',
    [
      `${picture(SMALL, '25', 25)} ${tone(1, 'mono')} -map 0 -map 1 -map 1 -c:v mpeg2video -pix_fmt yuv422p -b:v 4M`,
      '-bf 2 -g 12 -c:a pcm_s16le -timecode 10:11:12:13',
    ],
    { frames: 25, channels: [1, 1], timecode: '10:11:12:13' },
  ),
  {
    ...clip('open GOP start: cut inside a group', 'opengop.ts', [], { frames: 26 }),
    make: async (path) => {
      const whole = `${path}.whole.ts`;
      await makeSource(
        whole,
        picture(SMALL, '25', 50),
        tone(2),
        '-c:v libx264 -preset veryfast -g 12 -bf 2 -x264-params open-gop=1 -c:a mp2',
      );
      await makeSource(path, `-ss 0.97 -i ${whole} -c copy`);
    },
  },
  clip(
    'interlaced H.264 in MPEG-TS',
    'broadcast.ts',
    [
      picture('720x576', '50', 50),
      tone(1),
      '-vf tinterlace=interleave_top,setparams=field_mode=tff,setsar=64/45',
      '-c:v libx264 -preset veryfast -flags +ildct+ilme -x264-params tff=1 -c:a mp2',
    ],
    { size: [720, 576], aspect: WIDE, frames: 25, fields: 'top-first' },
  ),
  clip(
    'a data track beside the picture',
    'data.mov',
    [
      picture(SMALL, '25', 12),
      tone(0.48),
      `${FAST} -c:a pcm_s16le -timecode 02:00:00:00 -metadata:s:v:0 timecode=02:00:00:00`,
    ],
    { timecode: '02:00:00:00' },
  ),
];
