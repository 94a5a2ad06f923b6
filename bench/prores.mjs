// npm run bench -- prores [--footage FOLDER]: ProRes as the runner makes it against plain prores_ks, at half size.
import { execFileSync, spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import * as engines from '../dist/libs/engines/src/index.js';
import { cpuSeconds, median, scratch, similarity } from './runner.mjs';

const PROFILES = ['proxy', 'lt', 'standard', 'hq', '4444'];
const BOUNDS = { median: 0.25, worst: 0.4, size: 1.05, likeness: -0.0005 };

/** Clips that are easy, hard, and both, where the user has none. */
const GENERATED = {
  edges: 'testsrc2=s=1920x1080:r=25:d=3',
  grain: 'testsrc2=s=1920x1080:r=25:d=3,noise=alls=30:allf=t',
  still: 'smptehdbars=s=1920x1080:r=25:d=3',
  changing: "testsrc2=s=1920x1080:r=25:d=3,noise=alls=60:allf=t:enable='gt(t,1.5)'",
};

export async function prores() {
  const folder = scratch();
  const rows = [];
  for (const clip of clips(folder))
    for (const profile of PROFILES) rows.push(compare(folder, clip, `prores_${profile}`));
  return [...rows.map(rowOf), ...summary(rows)];
}

function clips(folder) {
  const option = process.argv.indexOf('--footage');
  const footage = process.argv[option + 1];
  if (option > 0) return readdirSync(footage).map((name) => join(footage, name));
  return Object.entries(GENERATED).map(([name, picture]) => {
    const path = join(folder, `${name}.mp4`);
    const encoder = ['-c:v', 'libx264', '-crf', '12', '-g', '12', '-pix_fmt', 'yuv420p', path];
    execFileSync('ffmpeg', ['-v', 'error', '-f', 'lavfi', '-i', picture, ...encoder]);
    return path;
  });
}

/** The encoder alone: what decoding and scaling take is taken off, and a trial is added. */
function compare(folder, clip, codec) {
  const plan = planOf(clip, codec);
  const trial = engines.planTrial(plan);
  const argv = trial.places.length > 0 ? engines.trialArguments(plan, trial, clip) : null;
  const choice = argv === null ? null : choose(trial, argv);
  const chosen = choice?.quantiser ? engines.quantised(plan, choice.quantiser) : plan;
  const [plain, ours] = [join(folder, 'plain.mov'), join(folder, 'ours.mov')];
  const search = engines.ffmpegArguments(plan, { input: clip, output: plain });
  const filters = search.slice(0, search.indexOf('-c:v:0'));
  const bare = cpuSeconds(['ffmpeg', ...filters, '-an', '-f', 'null', '-']);
  const plainSeconds = cpuSeconds(['ffmpeg', ...search]) - bare;
  const encoder = ['ffmpeg', ...engines.ffmpegArguments(chosen, { input: clip, output: ours })];
  const trialSeconds = argv === null ? 0 : cpuSeconds(['ffmpeg', ...argv]);
  return {
    name: `${basename(clip)}, ${codec}`,
    choice,
    trial: trialSeconds / plainSeconds,
    time: (cpuSeconds(encoder) - bare + trialSeconds) / plainSeconds,
    size: bytes(ours) / bytes(plain),
    likeness: similarity(ours, clip) - similarity(plain, clip),
  };
}

const probe = (args) => JSON.parse(execFileSync('ffprobe', args, { maxBuffer: 1 << 28 }));

function planOf(clip, codec) {
  const media = engines.parseFfprobe(probe(engines.ffprobeArguments(clip)));
  const video = engines.primaryVideo(media);
  const head = engines.headIsNeeded(media, video)
    ? engines.parseHead(probe(engines.headArguments(clip, video)), media)
    : null;
  const streams = media.streams.map((stream) => (stream === video ? { ...video, head } : stream));
  const request = { codec, container: 'mov', resolution: 'half', explicitFps: null };
  return engines.planProxy(request, { ...media, streams }).plan;
}

function choose(trial, argv) {
  const sizes = new engines.TrialSizes(1 + trial.quantisers.length, trial.places.length);
  sizes.take(execFileSync('ffmpeg', argv));
  return engines.chooseQuantiser(trial.quantisers, sizes.get());
}

/** Of the picture alone. */
function bytes(proxy) {
  const packets = ['-select_streams', 'v:0', '-show_entries', 'packet=size', '-of', 'csv=p=0'];
  const { stdout } = spawnSync('ffprobe', ['-v', 'error', ...packets, proxy], { encoding: 'utf8' });
  return stdout.split('\n').reduce((sum, size) => sum + Number.parseInt(size || '0', 10), 0);
}

function rowOf({ name, choice, time, trial, size, likeness }) {
  const values = [time, trial, size].map((value) => value.toFixed(2)).join(', ');
  return {
    measure: `${name}: time, trial in it, size, SSIM; quantiser`,
    value: `${values}, ${(likeness * 1e4).toFixed(1)}e-4; ${choice?.quantiser ?? 'search'}`,
    bound: `size <= ${BOUNDS.size}, SSIM >= ${BOUNDS.likeness}`,
    ok: size <= BOUNDS.size && likeness >= BOUNDS.likeness,
  };
}

function summary(rows) {
  const times = rows.map(({ time }) => time);
  return [
    ['median', median(times)],
    ['worst', Math.max(...times)],
  ].map(([name, value]) => ({
    measure: `processor time of the encoder and its trial against prores_ks: ${name}`,
    value: value.toFixed(2),
    bound: `<= ${BOUNDS[name]}`,
    ok: value <= BOUNDS[name],
  }));
}
