// Clips of a user (--footage FOLDER), and their descriptions for published tables.
import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const CODECS = {
  h264: 'H.264',
  hevc: 'HEVC',
  mpeg2video: 'MPEG-2',
  prores: 'ProRes',
  dnxhd: 'DNxHD',
};

/** Paths of the clips; `null` without --footage. */
export function footage() {
  const option = process.argv.indexOf('--footage');
  const folder = process.argv[option + 1];
  return option > 0 ? readdirSync(folder).map((name) => join(folder, name)) : null;
}

/** Description of a clip, whose file name would mean nothing to others. */
export function factsOf(clip) {
  const entries = 'stream=codec_name,width,height,avg_frame_rate,pix_fmt:format=duration';
  const probe = ['-v', 'error', '-select_streams', 'V:0', '-show_entries', entries, '-of', 'json'];
  const json = JSON.parse(execFileSync('ffprobe', [...probe, clip], { encoding: 'utf8' }));
  const [{ codec_name, width, height, avg_frame_rate, pix_fmt }] = json.streams;
  const [pictures, seconds] = avg_frame_rate.split('/').map(Number);
  const fps = pictures / seconds;
  const duration = Number(json.format.duration);
  const depth = pix_fmt.includes('10') ? ', 10 bit' : '';
  const codec = CODECS[codec_name] ?? codec_name;
  const rate = Number(fps.toFixed(2));
  return {
    fps,
    seconds: duration,
    name: `${width}x${height}, ${rate} frames per second, ${codec}${depth}, ${duration.toFixed(1)} s`,
  };
}
