// Alternatives to each preset: the encoder's processor time, size and similarity to the source, relative to the preset, over all clips.
import { join } from 'node:path';
import { ffmpegArguments } from '../dist/libs/engines/src/ffmpeg/arguments.js';
import { factsOf } from './footage.mjs';
import { planOf } from './plan-of.mjs';
import { cpuSeconds, pictureBytes, similarity, vmaf } from './runner.mjs';

const crossed = (first, second) => first.flatMap((one) => second.map((other) => `${one} ${other}`));

/** Alternative arguments, which replace those between the encoder's name and those that depend on the clip. */
const NEIGHBOURS = {
  // Not `-mbd rd`: on some clips it makes FFmpeg 7.1 abort.
  dnxhd: ['-b:v 75M', '-b:v 90M'],
  dnxhr: ['-profile:v dnxhr_sq', '-profile:v dnxhr_hq'],
  h264: crossed(
    ['superfast', 'veryfast', 'faster', 'fast', 'medium'].map((name) => `-bf 0 -preset ${name}`),
    ['-crf 18', '-crf 20', '-crf 22'],
  ),
  av1: [
    ...crossed(['-preset 8', '-preset 10', '-preset 11', '-preset 12'], ['-crf 30', '-crf 27']),
    '-preset 9 -crf 33',
  ],
  h265: [
    ...crossed(
      ['superfast', 'veryfast', 'faster'].map((name) => `-bf 0 -preset ${name}`),
      ['-crf 23', '-crf 22'],
    ),
    '-bf 0 -preset medium -crf 23',
    '-bf 0 -preset fast -crf 25',
  ],
  vp9: [
    ...crossed(
      ['good -cpu-used 4', 'realtime -cpu-used 5', 'realtime -cpu-used 7'].map(
        (speed) => `-row-mt 1 -b:v 0 -deadline ${speed}`,
      ),
      ['-crf 32', '-crf 29'],
    ),
    '-row-mt 1 -b:v 0 -deadline good -cpu-used 5 -crf 36',
  ],
};

export function front(folder, clips) {
  const named = process.argv.filter((word) => word in NEIGHBOURS);
  const codecs = named.length > 0 ? named : Object.keys(NEIGHBOURS);
  for (const codec of codecs) {
    const options = [null, ...NEIGHBOURS[codec]];
    const measured = clips.flatMap((clip) => onEach(folder, clip, codec, options));
    const rows = options.map((option, index) => against(measured, option ?? 'today', index));
    console.log(`${codec}, ${measured.length} clips, against today's preset`);
    console.table(rows.sort((a, b) => a.time - b.time));
  }
}

/** Measurements of a clip; none if the codec can't hold it or its colours need another profile. */
function onEach(folder, clip, codec, options) {
  try {
    return [onClip(folder, clip, codec, options)];
  } catch (error) {
    console.log(`Left out: ${factsOf(clip).name}: ${error.message.slice(0, 120)}`);
    return [];
  }
}

function onClip(folder, clip, codec, options) {
  const resolution = codec === 'dnxhd' ? '1280x720' : 'half';
  const container = { vp9: 'webm', av1: 'mkv' }[codec] ?? 'mov';
  const plan = planOf(clip, { codec, container, resolution });
  const output = join(folder, `front.${container}`);
  const args = ffmpegArguments(plan, { input: clip, output });
  const encoder = args.indexOf('-c:v:0') + 2;
  const [before, after] = [args.slice(0, encoder), args.slice(args.indexOf('-flags:v:0'))];
  const bare = cpuSeconds(['ffmpeg', ...args.slice(0, encoder - 2), '-an', '-f', 'null', '-']);
  const group = args.includes('-g') ? args.slice(args.indexOf('-g')).slice(0, 2) : [];
  return options.map((option) => {
    const own = option === null ? args : [...before, ...option.split(' '), ...group, ...after];
    const time = cpuSeconds(['ffmpeg', ...own]) - bare;
    return {
      time,
      bytes: pictureBytes(output),
      ssim: similarity(output, clip),
      vmaf: vmaf(output, clip),
    };
  });
}

/** Relation of an option to the preset: geometric means of ratios, arithmetic means of differences. */
function against(measured, option, index) {
  const pairs = measured.map((all) => [all[0], all[index]]);
  const ratio = (key) =>
    Math.exp(mean(pairs.map(([today, other]) => Math.log(other[key] / today[key]))));
  const differences = (key) => pairs.map(([today, other]) => other[key] - today[key]);
  return {
    option,
    time: rounded(ratio('time'), 2),
    size: rounded(ratio('bytes'), 2),
    ssim: rounded(mean(differences('ssim')), 4),
    'ssim, worst': rounded(Math.min(...differences('ssim')), 4),
    vmaf: rounded(mean(differences('vmaf')), 1),
  };
}

const rounded = (value, digits) => Number(value.toFixed(digits));
const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
