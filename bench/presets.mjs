// npm run bench:presets [-- --footage FOLDER] [--write]: processor time, size and quality of every preset; --write puts the table into docs/performance.md.
// npm run bench:presets -- front [CODEC…] [--footage FOLDER]: each preset against alternatives.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CODEC_CONTAINERS, OWN_CODECS } from '../dist/libs/jobspec/src/vocabulary/vocabulary.js';
import { factsOf, footage } from './footage.mjs';
import { front } from './front.mjs';
import { presetsSection, table } from './presets-document.mjs';
import { cpuSeconds, MAIN, scratch, similarity, watchFolder } from './runner.mjs';

const DOCUMENT = fileURLToPath(new URL('../docs/performance.md', import.meta.url));

const folder = scratch();
const clips = footage() ?? [makeSource()];
if (process.argv.includes('front')) front(folder, clips);
else measureAll();

function measureAll() {
  const measured = clips.map((clip) => {
    const facts = factsOf(clip);
    const rows = OWN_CODECS.map((codec) => measure(clip, facts, codec, CODEC_CONTAINERS[codec][0]));
    console.log(`${facts.name}\n${table(rows)}\n`);
    return { name: facts.name, rows };
  });
  if (process.argv.includes('--write')) writeSection(presetsSection(measured, footage() !== null));
}

/** Replaces the section between the presets' markers. */
function writeSection(text) {
  const document = readFileSync(DOCUMENT, 'utf8');
  const marked = /(<!-- presets: npm run bench:presets -->\n)[^]*?(<!-- end of presets -->)/;
  if (!marked.test(document)) throw new Error(`${DOCUMENT} has no section for presets`);
  writeFileSync(
    DOCUMENT,
    document.replace(marked, (_, begin, end) => `${begin}\n${text}\n\n${end}`),
  );
}

/** Makes a clip of moving edges with grain, in ProRes HQ as from a camera. */
function makeSource() {
  const path = join(folder, 'source.mov');
  const picture = `testsrc2=s=1920x1080:r=25,noise=alls=8:allf=t,gblur=sigma=0.6`;
  execFileSync('ffmpeg', [
    ...['-loglevel', 'error', '-f', 'lavfi', '-t', '2', '-i', picture],
    ...['-c:v', 'prores_ks', '-profile:v', 'hq', '-pix_fmt', 'yuv422p10le', path],
  ]);
  return path;
}

function measure(source, { fps, seconds }, codec, container) {
  const output = join(folder, 'output');
  mkdirSync(output);
  const resolution = codec === 'dnxhd' ? '1280x720' : 'half';
  const wanted = { codec, container, resolution, output_directory: output };
  const { clip, spent } = makeProxy(source, wanted);
  const proxy = clip.resolved_output_path;
  const bare = cpuSeconds(elsewhere(clip.ffmpeg_command));
  const { width, height } = factsOf(proxy);
  const row = {
    codec,
    size: `${width}x${height}`,
    megabits: (statSync(proxy).size * 8) / seconds / 1e6,
    ssim: similarity(proxy, source),
    framesPerSecond: (seconds * fps) / bare,
    added: spent - bare,
  };
  rmSync(output, { recursive: true });
  return row;
}

/** The same command with outputs outside the runner's folders. */
function elsewhere(command) {
  const words = command.map((word) =>
    word
      .replace(/^pipe:[3-9]$/, 'file:/dev/null')
      .replace(/^file:.*\/pictures\.nut$/, `file:${join(folder, 'bare.nut')}`),
  );
  return [...words.slice(0, -1), `file:${join(folder, 'bare')}`];
}

/** Runs one job. @returns the clip of its result, and the processor time of the runner and all programs that it started */
function makeProxy(source, wanted) {
  const watch = watchFolder(folder, 'watch');
  const job = { jobspec_version: '2.1', sources: [source], naming_template: 'proxy', ...wanted };
  writeFileSync(join(watch, 'pending', 'job.json'), JSON.stringify(job));
  const spent = cpuSeconds(['node', MAIN, watch, '--once', '--log-level', 'error']);
  const result = readFileSync(join(watch, 'completed', 'job.result.json'), 'utf8');
  rmSync(watch, { recursive: true });
  return { clip: JSON.parse(result).clips[0], spent };
}
