// npm run bench:presets [-- --write]: what every preset costs and keeps; --write puts the table into docs/presets.md.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CODEC_CONTAINERS } from '../dist/libs/jobspec/src/vocabulary.js';
import { cpuSeconds, scratch, similarity, watchFolder } from './runner.mjs';

const MAIN = fileURLToPath(new URL('../dist/apps/runner/src/main.js', import.meta.url));
const DOCUMENT = fileURLToPath(new URL('../docs/presets.md', import.meta.url));
const SECONDS = 2;
const FPS = 25;

const folder = scratch();
const source = makeSource();
const rows = Object.entries(CODEC_CONTAINERS).map(([codec, [container]]) =>
  measure(codec, container),
);
const table = markdown(rows);
console.log(table);
if (process.argv.includes('--write')) writeFileSync(DOCUMENT, document(table));

/** Edges that move, with grain, in ProRes HQ as a camera writes it. */
function makeSource() {
  const path = join(folder, 'source.mov');
  const picture = `testsrc2=s=1920x1080:r=${FPS},noise=alls=8:allf=t,gblur=sigma=0.6`;
  execFileSync('ffmpeg', [
    ...['-loglevel', 'error', '-f', 'lavfi', '-t', `${SECONDS}`, '-i', picture],
    ...['-c:v', 'prores_ks', '-profile:v', 'hq', '-pix_fmt', 'yuv422p10le', path],
  ]);
  return path;
}

function measure(codec, container) {
  const output = join(folder, 'output');
  mkdirSync(output);
  const resolution = codec === 'dnxhd' ? '1280x720' : 'half';
  const { clip, seconds } = makeProxy({ codec, container, resolution, output_directory: output });
  const proxy = clip.resolved_output_path;
  const bare = cpuSeconds([...clip.ffmpeg_command.slice(0, -1), `file:${join(folder, 'bare')}`]);
  const row = {
    codec,
    size: resolution === 'half' ? '960x540' : resolution,
    megabits: (statSync(proxy).size * 8) / SECONDS / 1e6,
    ssim: similarity(proxy, source),
    framesPerSecond: (SECONDS * FPS) / bare,
    added: seconds - bare,
  };
  rmSync(output, { recursive: true });
  return row;
}

/** One job by the runner; the clip of its result, and the processor time of the runner and all that it started. */
function makeProxy(wanted) {
  const watch = watchFolder(folder, 'watch');
  const job = { jobspec_version: '2.1', sources: [source], naming_template: 'proxy', ...wanted };
  writeFileSync(join(watch, 'pending', 'job.json'), JSON.stringify(job));
  const seconds = cpuSeconds(['node', MAIN, watch, '--once', '--log-level', 'error']);
  const result = readFileSync(join(watch, 'completed', 'job.result.json'), 'utf8');
  rmSync(watch, { recursive: true });
  return { clip: JSON.parse(result).clips[0], seconds };
}

function line(cells) {
  return `| ${cells.join(' | ')} |`;
}

function markdown(measured) {
  return [
    line([
      'codec',
      'size',
      'Mb/s',
      'SSIM',
      'frames per CPU second, bare FFmpeg',
      'CPU seconds added by the runner',
    ]),
    line([':--', ':--', '--:', '--:', '--:', '--:']),
    ...measured.map(({ codec, size, megabits, ssim, framesPerSecond, added }) =>
      line([
        ...[codec, size, megabits.toFixed(1), ssim.toFixed(4)],
        ...[framesPerSecond.toFixed(1), added.toFixed(1)],
      ]),
    ),
  ].join('\n');
}

function document(figures) {
  const version = /version (\S+)/.exec(
    execFileSync('ffmpeg', ['-version'], { encoding: 'utf8' }),
  )?.[1];
  return `# Presets: size, quality, speed

Written by \`npm run bench:presets -- --write\` with FFmpeg ${version}: ${SECONDS} seconds of 1920x1080 at ${FPS} frames per second, a moving
test picture with grain in ProRes HQ, a hard case for every encoder. SSIM compares the proxy with the source
at the proxy's size. Speed is processor time of all cores together, with the same arguments in the runner and without
it. What the runner adds is starting itself, checking the source and reading the proxy back; it doesn't depend on the
codec, and grows with the number of clips, not with their length.

${figures}
`;
}
