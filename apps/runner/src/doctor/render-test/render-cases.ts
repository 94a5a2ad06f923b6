/** One clip of the render test: what is made, and what must come out. */
export interface RenderCase {
  /** As FFmpeg takes it. */
  rate: string;
  width: number;
  height: number;
  channels: number;
}

/**
 * All are made in one session, so that each but the first meets what the one before has left. Rates, shapes and numbers of
 * channels are those at which reports say that Resolve behaves otherwise than documented.
 */
export const RENDER_CASES: readonly RenderCase[] = [
  { rate: '25', width: 640, height: 360, channels: 2 },
  { rate: '25', width: 640, height: 360, channels: 1 },
  { rate: '24000/1001', width: 640, height: 360, channels: 2 },
  { rate: '25', width: 640, height: 360, channels: 8 },
  { rate: '25', width: 360, height: 640, channels: 2 },
  { rate: '24000/1001', width: 480, height: 360, channels: 2 },
];

/** `23.976 fps, 480x360, 2 channels`, for people. */
export function titleOf({ rate, width, height, channels }: RenderCase): string {
  const fps = rate === '24000/1001' ? '23.976' : rate;
  return `${fps} fps, ${width}x${height}, ${channels} ${channels === 1 ? 'channel' : 'channels'}`;
}
