import { readFile, writeFile } from 'node:fs/promises';
import { makeSource } from '../proxy/support.ts';
import { GSTREAMER } from './gstreamer.ts';
import { MKVMERGE } from './mkvmerge.ts';
import { PATCHED } from './patched.ts';
import { encoded, LONG_GOP, picture, type Recording, SOUND } from './recording.ts';
import { OF_SOUND } from './sound.ts';

export const RECORDINGS: readonly Recording[] = [
  encoded('long-GOP H.264 in MXF', 'mxf', `${picture()} ${SOUND} ${LONG_GOP} -c:a pcm_s16le`),
  encoded(
    'long-GOP MPEG-2 in MXF',
    'mxf',
    `${picture()} ${SOUND} -c:v mpeg2video -bf 2 -g 12 -c:a pcm_s16le`,
  ),
  encoded(
    'H.264 with reordered pictures in AVI',
    'avi',
    `${picture()} ${SOUND} ${LONG_GOP} -c:a pcm_s16le`,
  ),
  encoded(
    'AVI with slots for pictures that were dropped',
    'avi',
    `${picture()} -vf select=not(eq(mod(n\\,7)\\,3)) -fps_mode passthrough -c:v mjpeg`,
  ),
  encoded(
    'AVI that begins with slots for pictures that were dropped',
    'avi',
    `${picture()} ${SOUND} -vf setpts=PTS+3/25/TB -fps_mode passthrough ${LONG_GOP} -c:a pcm_s16le`,
  ),
  ...['mkv', 'mp4'].map((extension) =>
    encoded(
      `a picture that is missing in ${extension}`,
      extension,
      `-f lavfi -i testsrc2=d=3:r=25:s=320x180 -vf select=not(eq(n\\,60)) -fps_mode passthrough ${LONG_GOP}`,
    ),
  ),
  ...['ts', 'mkv'].map((extension) =>
    encoded(
      `a single picture in ${extension}, beside longer sound`,
      extension,
      `-f lavfi -i testsrc2=r=30000/1001:s=320x180 ${SOUND} -frames:v 1 -c:v libx264 -c:a aac`,
    ),
  ),
  ...['', ' of one colour'].map((still) =>
    encoded(
      `a program stream in which many pictures have no time${still}`,
      'vob',
      `${still ? '-f lavfi -i color=gray:d=2:r=25:s=320x180' : picture()} ${SOUND} ${LONG_GOP} -c:a mp2`,
    ),
  ),
  encoded(
    'a start timecode at 119.88 a second',
    'mov',
    `${picture('120000/1001')} ${LONG_GOP} -timecode 01:00:00:12`,
  ),
  {
    name: 'a transport stream that begins between key pictures',
    extension: 'ts',
    make: async (path) => {
      const parts = '-f lavfi -i testsrc2=d=2:r=25:s=320x180 -f lavfi -i sine=d=2:r=48000';
      await makeSource(path, `${parts} -c:v mpeg2video -bf 2 -g 12 -flags -cgop -c:a ac3`);
      await writeFile(path, (await readFile(path)).subarray(188 * 300));
    },
  },
  encoded(
    'two views in turn',
    'mkv',
    `${picture()} ${LONG_GOP} -metadata:s:v stereo_mode=block_lr`,
  ),
  encoded('AVI next to a standard rate', 'avi', `${picture('1000000/33333')} -c:v mjpeg`),
  encoded(
    'variable rate on a fine clock',
    'mp4',
    `${picture('60')} -vf select=not(mod(n*n\\,3)),setpts=PTS+0.0037/TB*mod(N\\,3) -fps_mode passthrough`,
    '-enc_time_base 1:90000 -c:v libx264 -preset veryfast -bf 0',
  ),
  {
    name: 'AVCHD that begins inside an open group of pictures',
    extension: 'mts',
    make: async (path) => {
      const options = `${LONG_GOP} -x264-params open-gop=1:scenecut=0 -c:a ac3`;
      const whole = await makeSource(
        `${path}.ts`,
        `-f lavfi -i testsrc2=d=3:r=25:s=320x180 -f lavfi -i sine=d=3 ${options}`,
      );
      await makeSource(path, `-ss 1.2 -i ${whole} -map 0 -c copy -f mpegts`);
    },
  },
  {
    name: 'edit list that hides the beginning',
    extension: 'mov',
    make: async (path) => {
      const whole = await makeSource(
        `${path}.mp4`,
        `-f lavfi -i testsrc2=d=2:r=25:s=320x180 ${LONG_GOP}`,
      );
      await makeSource(path, `-ss 0.3 -i ${whole} -c copy`);
    },
  },
  encoded(
    'a constant rate that becomes a variable one',
    'mkv',
    `-f lavfi -i testsrc2=d=4:r=60:s=320x180 -vf select=lt(t\\,2)+not(mod(n\\,7)) -fps_mode passthrough ${LONG_GOP}`,
  ),
  {
    name: 'a transport stream that is cut after a picture and before those that it shows first',
    extension: 'ts',
    make: async (path) => {
      const clip = await makeSource(`${path}.mkv`, `${picture()} -c:v mpeg2video -bf 2 -g 12`);
      await makeSource(path, `-i ${clip} -c copy -bsf:v noise=drop=between(n\\,23\\,24)`);
    },
  },
  encoded(
    'standard definition without colour tags',
    'mkv',
    `${picture('25', '720x576')} -c:v ffv1`,
  ),
  encoded(
    'a transport stream whose sound ends early and whose length is a guess',
    'ts',
    `-f lavfi -i testsrc2=d=3:r=25:s=320x180 ${SOUND} -c:v libx264 -preset veryfast -bf 3 -c:a aac`,
  ),
  encoded(
    'a transport stream in which another picture begins first',
    'ts',
    `-itsoffset 0.5 ${picture()} -itsoffset 0.5 ${SOUND} ${picture('25', '160x90')}`,
    `-map 0 -map 1 -map 2 ${LONG_GOP} -c:a aac`,
  ),
  ...OF_SOUND,
  ...PATCHED,
  ...MKVMERGE,
  ...GSTREAMER,
];
