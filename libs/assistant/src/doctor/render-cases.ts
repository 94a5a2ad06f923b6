import type { ProxyRequest } from '@app/engines';

const NTSC = '24000/1001';
const proxy = (codec: ProxyRequest['codec'], container: ProxyRequest['container']) => ({
  codec,
  container,
  resolution: 'same',
  explicitFps: null,
});
/** Reel of every generated clip. */
export const REEL = 'REEL01';

const DEFAULTS = {
  title: '25 fps',
  /** Frame rate in FFmpeg's notation. */
  rate: '25',
  size: '640x360',
  channels: 2,
  frames: 24,
  timecode: '10:11:12:13',
  // DNxHR is available on every platform and in every version.
  request: proxy('dnxhr', 'mov'),
  /** True if clip and render are in folders that aren't hidden. */
  isPlain: false,
  /** True if bytes in the middle of the clip are overwritten. */
  isDamaged: false,
  /** True if the render is cancelled. */
  isCancelled: false,
};

/** Render test case: the clip to generate and the request to Resolve. */
export type RenderCase = typeof DEFAULTS;

/**
 * Cases of one session: each meets what the previous ones left behind. They cover reported deviations from Resolve's
 * documentation. The most important cases come first, since the session may be cut off.
 */
const CASES = {
  plain: { title: 'ProRes in usual folders', request: proxy('prores_proxy', 'mov'), isPlain: true },
  own: { title: 'your camera RAW', isPlain: true },
  first: { title: '25 fps, in hidden folders (their names begin with a dot)' },
  mono: { title: '1 channel', channels: 1 },
  ntsc: { title: '23.976 fps', rate: NTSC },
  eight: { title: '8 channels in one file', channels: 8 },
  upright: { title: 'an upright frame', size: '360x640' },
  narrow: { title: '23.976 fps, 4:3', rate: NTSC, size: '480x360' },
  dropFrame: { title: 'drop-frame timecode', rate: '30000/1001', timecode: '10:11:12;13' },
  mxf: {
    title: 'MXF with timecode, of half the size, at 24 fps',
    rate: '24',
    request: { ...proxy('dnxhr', 'mxf'), resolution: 'half' },
  },
  mp4: { title: 'H.264 in MP4 with timecode', request: proxy('h264', 'mp4') },
  mkv: { title: 'H.264 in MKV with timecode', request: proxy('h264', 'mkv') },
  cancelled: { title: 'a render stops within 8 s of a cancel', frames: 1500, isCancelled: true },
  afterwards: { title: '25 fps, after that' },
  damaged: { title: 'a damaged clip is found out', frames: 75, isDamaged: true },
} satisfies Record<string, Partial<RenderCase>>;

export type CaseName = keyof typeof CASES;

/** Cases in the order in which they run. */
export function renderCases(hasOwn: boolean): [CaseName, RenderCase][] {
  return Object.entries(CASES)
    .filter(([name]) => hasOwn || name !== 'own')
    .map(([name, clip]) => [name as CaseName, { ...DEFAULTS, ...clip }]);
}
