import { makeSource } from '../proxy/support.ts';

/** A recording as some camera or program writes it, and healthy. */
export interface Recording {
  name: string;
  extension: string;
  make: (path: string) => Promise<unknown>;
}

/** One second of moving picture; `rate` as FFmpeg takes it. */
export const picture = (rate = '25', size = '320x180') =>
  `-f lavfi -i testsrc2=d=1:r=${rate}:s=${size}`;
export const SOUND = '-f lavfi -i sine=d=1:r=48000';
export const LONG_GOP = '-c:v libx264 -preset veryfast -bf 2 -g 12';

/** File written by FFmpeg with those options. */
export const encoded = (name: string, extension: string, ...parts: string[]): Recording => ({
  name,
  extension,
  make: (path) => makeSource(path, ...parts),
});
