// The text of docs/presets.md, from what was measured.
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

/** @param isReal whether the clips are somebody's footage. */
export function presetsDocument(measured, isReal) {
  const version = /version (\S+)/.exec(
    execFileSync('ffmpeg', ['-version'], { encoding: 'utf8' }),
  )?.[1];
  const option = isReal ? ' --footage FOLDER' : '';
  const what = isReal
    ? `${measured.length} clips that cameras, phones and films have made`
    : 'a moving test picture with grain in ProRes HQ, a hard case for every encoder';
  return `# Presets: size, quality, speed

Written by \`npm run bench:presets --${option} --write\` with FFmpeg ${version}, from ${what}.
SSIM compares the proxy with the source at the proxy's size. Speed is processor time of all cores together, with the same
arguments in the runner and without it. What the runner adds is starting itself, looking at the source, the trial of a
ProRes quantiser, and reading the proxy back. \`hevc\` is \`h265\` by another name. Why these presets:
[decision 29](decisions/0029-presets.md).

${measured.length > 1 ? `## The median of all clips\n\n${table(medians(measured))}\n\n` : ''}${measured.map(section).join('\n\n')}
`;
}

function section({ name, rows }) {
  return `## ${name}\n\n${table(rows)}`;
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
