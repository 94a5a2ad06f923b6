import { makeSource } from '../proxy/support.ts';

/** A source of the matrix and what is true of it, written by hand: the yardstick that no product code touches. */
export interface MatrixSource {
  name: string;
  /** With its extension. */
  file: string;
  make: (path: string) => Promise<unknown>;
  /** Upright, as shown. */
  size: [width: number, height: number];
  /** Width to height as shown. */
  aspect: number;
  rate: string;
  frames: number;
  /** Channels of every track that can be decoded, in order. */
  channels: number[];
  timecode?: string;
  reel?: string;
  languages?: string[];
  /** Primaries, transfer, matrix. */
  colour?: [string, string, string];
  fullRange?: boolean;
  fields?: 'top-first' | 'bottom-first';
  variable?: boolean;
  /** Seconds of every audio track, from the first frame of the picture on. */
  audioSeconds?: number;
  /** Colour tags that only some codecs can hold: not compared. */
  partialTags?: boolean;
  hdr?: boolean;
  alpha?: boolean;
  /** Expected warnings of the clip, for every codec. */
  warns?: RegExp;
}

export const WIDE = 16 / 9;
export const SMALL = '512x288';
export const FAST = '-c:v libx264 -preset ultrafast';
/** FFmpeg's arguments for a moving test picture. */
export const picture = (size: string, rate: string, frames: number) =>
  `-f lavfi -i testsrc2=s=${size}:r=${rate},trim=end_frame=${frames}`;
/** FFmpeg's arguments for one audio track, every channel with a pitch of its own. */
export const tone = (seconds: number, layout = 'stereo', rate = 48000) =>
  `-f lavfi -i aevalsrc=${Array.from({ length: CHANNELS[layout] ?? 2 }, (_, n) => `0.1*sin(${300 + n * 90}*t)`).join('|')}:c=${layout}:s=${rate}:d=${seconds}`;
export const CHANNELS: Record<string, number> = {
  mono: 1,
  stereo: 2,
  '2.1': 3,
  quad: 4,
  '5.1': 6,
  '5.1(side)': 6,
  '7.1': 8,
  '7.1(wide)': 8,
  hexadecagonal: 16,
};

/** An ordinary clip: 16:9, constant rate, one stereo track, unless said otherwise. */
export function clip(
  name: string,
  file: string,
  args: string[],
  facts: Partial<MatrixSource> = {},
): MatrixSource {
  return {
    name,
    file,
    make: (path) => makeSource(path, ...args),
    size: [512, 288],
    aspect: WIDE,
    rate: '25/1',
    frames: 12,
    channels: [2],
    ...facts,
  };
}
