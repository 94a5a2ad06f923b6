import { writeFile } from 'node:fs/promises';
import { makeSource } from '../proxy/support.ts';
import { encoded, LONG_GOP, picture, type Recording, SOUND } from './recording.ts';

/** Recordings whose sound is what matters. */
export const OF_SOUND: readonly Recording[] = [
  encoded(
    'short sound beside a picture whose length leaves out its last frame',
    'mkv',
    '-f lavfi -i testsrc2=d=1:r=25:s=320x180 -f lavfi -i sine=d=0.5:r=48000',
    '-filter_complex [0:v]setpts=PTS[v] -map [v] -map 1:a -c:v libx264 -preset veryfast -c:a pcm_s16le',
  ),
  {
    name: 'sound with a hole of half a second',
    extension: 'mkv',
    make: async (path) => {
      const long = '-f lavfi -i testsrc2=d=3:r=25:s=320x180 -f lavfi -i sine=d=3:r=48000';
      const clip = await makeSource(`${path}.mkv`, `${long} ${LONG_GOP} -c:a flac`);
      await makeSource(path, `-i ${clip} -c copy -bsf:a noise=drop=between(pts*tb\\,1\\,1.5)`);
    },
  },
  {
    name: 'sound with a hole of 72 ms after its first block',
    extension: 'mkv',
    make: async (path) => {
      const noise = `${picture()} -f lavfi -i anoisesrc=d=1:r=48000:seed=7`;
      const clip = await makeSource(`${path}.mkv`, `${noise} ${LONG_GOP} -c:a mp2`);
      await makeSource(path, `-i ${clip} -c copy -bsf:a noise=drop=between(pts*tb\\,0.02\\,0.09)`);
    },
  },
  {
    name: 'loud Vorbis whose times jump to and fro',
    extension: 'webm',
    make: async (path) => {
      const clip = await makeSource(
        `${path}.webm`,
        `${picture()} -f lavfi -i anoisesrc=d=1:r=44100:seed=7 -c:v libvpx -c:a vorbis -strict -2 -ac 2`,
      );
      await makeSource(path, `-i ${clip} -c copy -bsf:a setts=ts=if(N\\,max(TS\\,40)\\,TS)`);
    },
  },
  encoded(
    'sound at 8 kHz',
    '3gp',
    `${picture('15', '176x144')} -f lavfi -i sine=d=1:r=8000 -c:v mpeg4 -c:a aac -ar 8000`,
  ),
  encoded(
    'a language of two letters',
    'mkv',
    `${picture()} ${SOUND} -c:v libx264 -preset veryfast -c:a aac -metadata:s:a language=en`,
  ),
  encoded(
    'four channels that nothing names',
    'mkv',
    `${picture()} -f lavfi -i aevalsrc=sin(440*t)|sin(500*t)|sin(600*t)|sin(700*t):d=1:s=48000`,
    '-c:v libx264 -preset veryfast -c:a pcm_s16le',
  ),
  encoded(
    'a track of one loudspeaker',
    'mov',
    `${picture()} ${SOUND} ${LONG_GOP} -af pan=FR|c0=c0 -c:a pcm_s16le`,
  ),
  {
    name: 'two recordings joined, whose sound is longer than their pictures',
    extension: 'mov',
    make: async (path) => {
      const long = '-f lavfi -i sine=d=1.06:r=48000';
      const part = await makeSource(`${path}.mp4`, `${picture()} ${long} ${LONG_GOP} -c:a aac`);
      const list = `ffconcat version 1.0\nfile '${part}'\nduration 1\nfile '${part}'\n`;
      await writeFile(`${path}.txt`, list);
      await makeSource(path, `-f concat -safe 0 -i ${path}.txt -c copy`);
    },
  },
];
