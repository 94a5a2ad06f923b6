import { execa } from 'execa';
import { makeSource } from '../proxy/support.ts';
import { LONG_GOP, picture, type Recording, SOUND } from './recording.ts';

/** Clips of others, rewritten by mkvmerge. */
export const MKVMERGE: readonly Recording[] = [
  {
    name: 'mkvmerge with tracks that begin late',
    extension: 'mkv',
    make: (path) => mkvmerge(path, '--sync', '0:67', '--sync', '1:129'),
  },
  {
    name: 'Matroska with a part that it calls clean',
    extension: 'mkv',
    make: (path) => mkvmerge(path, '--cropping', '0:16,8,16,8'),
  },
  {
    name: 'mkvmerge at 59.94 a second, with sound that begins first',
    extension: 'mkv',
    make: async (path) => {
      const parts = `${picture('60000/1001')} ${SOUND} -c:v libx264 -bf 2 -c:a aac`;
      await execa('mkvmerge', ['-q', '-o', path, await makeSource(`${path}.mp4`, parts)]);
    },
  },
  { name: 'slow motion that mkvmerge has rewrapped', extension: 'mkv', make: slowMotion },
  {
    name: 'a part of slow motion, with the statistics of the whole',
    extension: 'mkv',
    make: async (path) => {
      await slowMotion(`${path}.mkv`);
      await makeSource(path, `-ss 0.6 -i ${path}.mkv -c copy`);
    },
  },
];

/** Tracks that begin after zero, and a length in the tag where FFmpeg writes an end. */
async function mkvmerge(path: string, ...options: string[]) {
  const clip = await makeSource(`${path}.mov`, `${picture()} ${SOUND} -c:v libx264 -bf 2 -c:a aac`);
  await execa('mkvmerge', ['-q', '-o', path, ...options, clip]);
}

/** Slow motion of a phone, in Matroska, whose header names the rate of its beginning. */
async function slowMotion(path: string) {
  const pace = 'setpts=(if(lt(N\\,20)\\,N*4\\,if(lt(N\\,50)\\,60+N\\,N*4-90)))/120/TB';
  const parts = `-f lavfi -i testsrc2=d=70:r=1:s=320x180 -vf settb=1/600,${pace}`;
  const clip = await makeSource(
    `${path}.mp4`,
    `${parts} -fps_mode passthrough -enc_time_base 1:600 ${LONG_GOP}`,
  );
  await execa('mkvmerge', ['-q', '-o', path, clip]);
}
