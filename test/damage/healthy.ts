import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeSource } from '../proxy/support.ts';

export const FRAMES = 50;
export const SECONDS = 2;

/** Formats by the extension of their files. */
export type Format = 'mov' | 'mp4' | 'mxf' | 'mkv' | 'ts' | 'avi';

/** A healthy clip of 50 frames and 2 s of sound, to be damaged. */
export interface Healthy {
  /** Description in the table. */
  name: string;
  format: Format;
  path: string;
  bytes: Buffer;
}

const PICTURE = `-f lavfi -i testsrc2=s=320x180:r=25,trim=end_frame=${FRAMES}`;
const SOUND = `-f lavfi -i sine=440:sample_rate=48000:d=${SECONDS}`;
const LONG_GOP = '-c:v libx264 -preset veryfast -g 25';

/** Every container, with its index first and last where it has a choice. */
const CLIPS: [name: string, format: Format, encoding: string][] = [
  ['MOV, index last', 'mov', `${LONG_GOP} -c:a pcm_s16le`],
  [
    'MOV, index first',
    'mov',
    '-c:v prores_ks -profile:v proxy -c:a pcm_s16le -movflags +faststart',
  ],
  ['MP4, index last', 'mp4', `${LONG_GOP} -c:a aac`],
  ['MP4, index first', 'mp4', `${LONG_GOP} -c:a aac -movflags +faststart`],
  ['MXF', 'mxf', '-c:v mpeg2video -b:v 3M -g 12 -bf 2 -c:a pcm_s16le'],
  ['MKV', 'mkv', `${LONG_GOP} -c:a flac`],
  ['MPEG-TS', 'ts', `${LONG_GOP} -c:a mp2`],
  ['AVI', 'avi', '-c:v mpeg4 -q:v 4 -c:a pcm_s16le'],
];

/** Makes all of them in a folder. */
export async function makeHealthyClips(folder: string): Promise<Healthy[]> {
  const clips: Healthy[] = [];
  for (const [name, format, encoding] of CLIPS) {
    const path = join(folder, `${name.replaceAll(/\W+/g, '-')}.${format}`);
    await makeSource(path, PICTURE, SOUND, encoding);
    clips.push({ name, format, path, bytes: await readFile(path) });
  }
  return clips;
}
