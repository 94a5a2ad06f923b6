// Clips whose frames and audio are far apart, or whose packets aren't where the other ones of their time are: programs that hold
// back what is ahead, as FFmpeg does, may wait for each other.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';

const frames = (rate, seconds) => `-f lavfi -i testsrc2=s=320x180:r=${rate}:d=${seconds}`;
const tone = (hertz, seconds) => `-f lavfi -i sine=440:r=${hertz}:d=${seconds}`;
const H264 = '-c:v libx264 -preset ultrafast -pix_fmt yuv420p';
const AAC = `${H264} -c:a aac`;
const PCM = `${H264} -c:a pcm_s16le`;
const TWO = '-map 0 -map 1 -map 2';

/** FFmpeg's arguments of each clip, by its name. */
const CLIPS = {
  'blocks-of-128-ms.mp4': `${frames(15, 20)} ${tone(8000, 20)} ${AAC}`,
  'blocks-of-128-ms-at-50-fps.mp4': `${frames(50, 5)} ${tone(8000, 5)} ${AAC}`,
  'packets-of-120-ms.mkv': `${frames(10, 10)} ${tone(48000, 10)} ${H264} -c:a libopus -frame_duration 120`,
  'two-tracks-of-long-blocks.mov': `${frames(12, 12)} ${tone(8000, 12)} ${tone(11025, 12)} ${TWO} ${AAC}`,
  'one-frame-a-second.mov': `${frames(1, 20)} ${tone(48000, 20)} ${PCM}`,
  'long-gop.mxf': `${frames(25, 10)} ${tone(48000, 10)} -c:v mpeg2video -c:a pcm_s16le`,
  'one-frame.mov': `${frames(25, 0.04)} ${tone(48000, 10)} ${PCM}`,
  'audio-of-one-block.mp4': `${frames(25, 10)} ${tone(48000, 0.02)} ${AAC}`,
  'audio-ends-early.mp4': `${frames(25, 20)} ${tone(48000, 1)} ${AAC}`,
  'audio-ends-early.mkv': `${frames(60, 10)} ${tone(48000, 1)} ${PCM}`,
  'one-track-ends-early.mov': `${frames(24, 20)} ${tone(48000, 20)} ${tone(48000, 1)} ${TWO} ${PCM}`,
  'audio-goes-on.mp4': `${frames(25, 1)} ${tone(48000, 20)} ${AAC}`,
  'audio-goes-on.ts': `${frames(25, 1)} ${tone(48000, 20)} ${H264} -c:a mp2`,
  'audio-begins-late.mkv': `${frames(25, 15)} -itsoffset 10 ${tone(48000, 5)} ${AAC}`,
  'audio-begins-late.ts': `${frames(25, 15)} -itsoffset 8 ${tone(48000, 7)} ${H264} -c:a mp2`,
  'audio-has-a-hole.mkv': `${frames(25, 15)} ${tone(48000, 15)} ${AAC} -af aselect='not(between(t,2,12))'`,
  'frames-have-a-hole.mp4': `${frames(30, 15)} ${tone(48000, 2)} ${AAC} -vf select='not(between(t,2,12))' -fps_mode vfr`,
  'frames-end-early.mov': `${frames(25, 10)} ${tone(48000, 20)} ${PCM}`,
  'chunks-of-5-s.mov': `${frames(25, 15)} ${tone(48000, 15)} ${PCM} -chunk_duration 5000000`,
  'sixty-frames-a-second.mp4': `${frames(60, 10)} ${tone(44100, 10)} ${AAC}`,
};

/** Makes all odd clips in a new folder. @returns their paths. */
export async function makeOddClips(folder) {
  await mkdir(folder);
  for (const [name, words] of Object.entries(CLIPS))
    await execa('ffmpeg', [
      ...'-v error -nostdin -y'.split(' '),
      ...words.split(' '),
      join(folder, name),
    ]);
  return Object.keys(CLIPS).map((name) => join(folder, name));
}
