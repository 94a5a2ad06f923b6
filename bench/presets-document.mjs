// Table of presets in docs/performance.md, from measurements.
import { execFileSync } from 'node:child_process';
import { median } from './runner.mjs';

const HEAD = [
  'codec',
  'size',
  'Mb/s',
  'SSIM',
  'frames per CPU second, bare FFmpeg',
  'CPU seconds added by the runner',
];

export function table(rows) {
  return [
    line(HEAD),
    line([':--', ':--', '--:', '--:', '--:', '--:']),
    ...rows.map(({ codec, size, megabits, ssim, framesPerSecond, added }) =>
      line([
        ...[codec, size, megabits.toFixed(1), ssim.toFixed(4)],
        ...[framesPerSecond.toFixed(1), added.toFixed(1)],
      ]),
    ),
  ].join('\n');
}

function line(cells) {
  return `| ${cells.join(' | ')} |`;
}

/** @param isReal true if the clips are somebody's footage */
export function presetsSection(measured, isReal) {
  const version = /version (\S+)/.exec(
    execFileSync('ffmpeg', ['-version'], { encoding: 'utf8' }),
  )?.[1];
  const option = isReal ? ' --footage FOLDER' : '';
  const what = isReal
    ? `${measured.length} clips that cameras, phones and films have made`
    : 'a moving test picture with grain in ProRes HQ, 2 seconds of 1080p25, a hard case for every encoder';
  return `Written by \`npm run bench:presets --${option} --write\` with FFmpeg ${version}, from ${what}.

${measured.length > 1 ? `The median of all clips:\n\n${table(medians(measured))}` : table(measured[0].rows)}`;
}

function medians([first, ...others]) {
  return first.rows.map((row, index) => {
    const all = [row, ...others.map(({ rows }) => rows[index])];
    const middle = (key) => median(all.map((one) => one[key]));
    const [megabits, ssim, framesPerSecond, added] = [
      'megabits',
      'ssim',
      'framesPerSecond',
      'added',
    ].map(middle);
    const size = all.every((one) => one.size === row.size) ? row.size : 'half';
    return { codec: row.codec, size, megabits, ssim, framesPerSecond, added };
  });
}
