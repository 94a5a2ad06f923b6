import { makeSource } from '../../proxy/support.ts';
import { WIDE, SMALL, FAST, picture, tone, clip, type MatrixSource } from '../source.ts';

export const PICTURE_SOURCES: MatrixSource[] = [
  clip('odd size, 4:4:4', 'odd.mkv', [picture('641x361', '25', 12), FAST, '-pix_fmt yuv444p'], {
    size: [641, 361],
    aspect: 641 / 361,
    channels: [],
  }),
  clip(
    'ProRes 4:2:2 10 bit, BT.709',
    'prores.mov',
    [
      picture(SMALL, '25', 12),
      tone(0.48),
      '-vf setparams=color_primaries=bt709:color_trc=bt709:colorspace=bt709:range=tv',
      '-c:v prores_ks -profile:v hq -pix_fmt yuv422p10le -c:a pcm_s24le -timecode 01:00:00:00',
    ],
    { colour: ['bt709', 'bt709', 'bt709'], timecode: '01:00:00:00' },
  ),
  clip(
    'ProRes 4444 with alpha',
    'alpha.mov',
    [
      picture(SMALL, '25', 12),
      '-vf format=yuva444p10le -c:v prores_ks -profile:v 4444 -pix_fmt yuva444p10le',
    ],
    { channels: [], alpha: true },
  ),
  {
    ...clip('H.265 10 bit, HDR10 with mastering metadata', 'hdr10.mp4', [], {
      rate: '24000/1001',
      colour: ['bt2020', 'smpte2084', 'bt2020nc'],
      hdr: true,
    }),
    // Twice: FFmpeg declares the metadata in the container when it comes with a source, not as an encoder's option.
    make: async (path) => {
      const hevc = '-c:v libx265 -preset ultrafast -pix_fmt yuv420p10le -tag:v hvc1 -x265-params';
      const first = `${path}.first.mp4`;
      await makeSource(
        first,
        picture(SMALL, '24000/1001', 12),
        tone(0.5),
        '-vf setparams=color_primaries=bt2020:color_trc=smpte2084:colorspace=bt2020nc:range=tv',
        `${hevc} log-level=error:hdr10=1:max-cll=1000,400:master-display=G(13250,34500)B(7500,3000)R(34000,16000)WP(15635,16450)L(10000000,1)`,
      );
      await makeSource(path, `-i ${first} ${hevc} log-level=error`);
    },
  },
  clip(
    'HLG, 10 bit',
    'hlg.mov',
    [
      picture(SMALL, '50', 12),
      '-vf setparams=color_primaries=bt2020:color_trc=arib-std-b67:colorspace=bt2020nc:range=tv',
      `${FAST} -pix_fmt yuv420p10le`,
    ],
    { rate: '50/1', colour: ['bt2020', 'arib-std-b67', 'bt2020nc'], channels: [] },
  ),
  clip(
    'SD tags, PAL anamorphic, top field first',
    'pal.mov',
    [
      picture('720x576', '50', 24),
      tone(0.48),
      '-vf tinterlace=interleave_top,setparams=field_mode=tff:color_primaries=bt470bg:color_trc=bt709:colorspace=bt470bg:range=tv,setsar=64/45',
      `${FAST} -flags +ildct+ilme -x264-params tff=1 -c:a pcm_s16le -timecode 01:00:00:00`,
    ],
    {
      size: [720, 576],
      aspect: WIDE,
      fields: 'top-first',
      colour: ['bt470bg', 'bt709', 'bt470bg'],
      timecode: '01:00:00:00',
    },
  ),
  clip(
    'DV in AVI, bottom field first',
    'dv.avi',
    [
      picture('720x576', '50', 24),
      tone(0.48),
      '-vf tinterlace=interleave_bottom,setparams=field_mode=bff,setsar=16/15,format=yuv420p',
      '-c:v dvvideo -flags +ildct -c:a pcm_s16le',
    ],
    { size: [720, 576], aspect: 4 / 3, fields: 'bottom-first' },
  ),
  clip(
    'rotated by 90 degrees',
    'phone.mp4',
    ['-display_rotation 90', picture(SMALL, '30', 12), tone(0.4), `${FAST} -c:a aac`],
    { size: [288, 512], aspect: 9 / 16, rate: '30/1' },
  ),
  clip('full range', 'jpeg.mov', [picture(SMALL, '25', 12), '-vf format=yuvj420p', FAST], {
    channels: [],
    fullRange: true,
  }),
  clip('RGB', 'rgb.mov', [picture(SMALL, '25', 12), '-c:v qtrle -pix_fmt rgb24'], { channels: [] }),
  clip(
    'tags that are not complete',
    'partial.mkv',
    [
      picture(SMALL, '25', 12),
      '-vf setparams=color_primaries=bt709:color_trc=unknown:colorspace=bt709',
      '-c:v ffv1 -pix_fmt yuv422p10le',
    ],
    { channels: [], partialTags: true },
  ),
  clip(
    'a matrix that the scaler does not know',
    'constant-luminance.mkv',
    [
      picture(SMALL, '25', 12),
      `${FAST} -pix_fmt yuv420p10le -x264-params colorprim=bt2020:transfer=bt2020-10:colormatrix=bt2020c`,
    ],
    { channels: [], partialTags: true },
  ),
];
