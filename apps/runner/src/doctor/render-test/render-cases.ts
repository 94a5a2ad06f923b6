import type { ProxyRequest, RenderMode } from '@app/engines';

/** One clip of the render test: what is made, and what Resolve is asked for. */
export interface RenderCase {
  title: string;
  /** As FFmpeg takes it. */
  rate: string;
  size: string;
  channels: number;
  frames: number;
  /** How often they come. */
  times: number;
  timecode: string;
  request: Pick<ProxyRequest, 'codec' | 'container' | 'resolution'>;
  mode: RenderMode;
  /** Whether clip and render lie in folders without a dot before their names. */
  isPlain: boolean;
  /** Whether bytes in the middle of the clip are overwritten. */
  isDamaged: boolean;
  /** Seconds of the render after which it is cancelled. */
  cancelAfter: number | null;
}

const USUAL: RenderCase = {
  title: '25 fps',
  rate: '25',
  size: '640x360',
  channels: 2,
  frames: 24,
  times: 1,
  timecode: '10:11:12:13',
  request: { codec: 'dnxhr', container: 'mov', resolution: 'same' },
  mode: 1,
  isPlain: false,
  isDamaged: false,
  cancelAfter: null,
};
const NTSC = '24000/1001';
const PRORES = { codec: 'prores_proxy', container: 'mov', resolution: 'same' } as const;
const MXF = { codec: 'dnxhr', container: 'mxf', resolution: 'half' } as const;
const MP4 = { codec: 'h264', container: 'mp4', resolution: 'same' } as const;
const MKV = { codec: 'h264', container: 'mkv', resolution: 'same' } as const;

/**
 * All are made in one session, so that each but the first meets what the one before has left. They are those at which reports
 * say that Resolve behaves otherwise than documented; what matters most comes first, since a test may be cut off.
 */
export const CASES = {
  plain: { ...USUAL, title: 'ProRes in plain folders', request: PRORES, isPlain: true },
  individual: {
    ...USUAL,
    title: 'an individual clip of 8 channels',
    rate: NTSC,
    channels: 8,
    mode: 0,
  },
  first: USUAL,
  mono: { ...USUAL, title: '25 fps, 1 channel', channels: 1 },
  ntsc: { ...USUAL, title: '23.976 fps', rate: NTSC },
  eight: { ...USUAL, title: '25 fps, 8 channels', channels: 8 },
  upright: { ...USUAL, title: '25 fps, upright', size: '360x640' },
  narrow: { ...USUAL, title: '23.976 fps, 4:3', rate: NTSC, size: '480x360' },
  dropFrame: { ...USUAL, title: 'drop-frame', rate: '30000/1001', timecode: '10:11:12;13' },
  mxf: { ...USUAL, title: 'MXF of half the size at 24 fps', rate: '24', request: MXF },
  mp4: { ...USUAL, title: 'H.264 in MP4', request: MP4 },
  mkv: { ...USUAL, title: 'H.264 in MKV', request: MKV },
  cancelled: {
    ...USUAL,
    title: 'a long one, cancelled',
    size: '960x540',
    times: 60,
    cancelAfter: 1,
  },
  afterwards: { ...USUAL, title: 'one more' },
  damaged: { ...USUAL, title: 'a damaged one', frames: 75, isDamaged: true },
} satisfies Record<string, RenderCase>;

export type CaseName = keyof typeof CASES | 'own';
