// npm run bench -- prores [--footage FOLDER]: ProRes as the runner makes it against plain prores_ks, at half size.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { ffmpegArguments } from '../dist/libs/engines/src/ffmpeg/arguments.js';
import { isLargerThanSearch, triedFrames } from '../dist/libs/engines/src/ffmpeg/prores/sizes.js';
import {
  chooseQuantiser,
  planTrial,
  trialArguments,
  trialSizes,
  withQuantiser,
} from '../dist/libs/engines/src/ffmpeg/prores/trial.js';
import { PacketList } from '../dist/libs/engines/src/media/packets.js';
import { factsOf, footage } from './footage.mjs';
import { planOf } from './plan-of.mjs';
import { cpuSeconds, median, pictureBytes, pictureSizes, scratch, similarity } from './runner.mjs';

const PROFILES = ['proxy', 'lt', 'standard', 'hq', '4444'];
const FEW = ['proxy', 'hq'];
const BOUNDS = { median: 0.25, worst: 0.4, size: 1.05, likeness: -0.0005 };

const H264 = '-c:v libx264 -crf 12 -g 12 -pix_fmt yuv420p';
const ALPHA = '-c:v prores_ks -profile:v 4444 -pix_fmt yuva444p10le';
const HD = 's=1920x1080:r=25:d=3';

/** Generated clips, used without --footage: easy ones, hard ones, and some that are both. */
const GENERATED = {
  edges: { picture: `testsrc2=${HD}` },
  grain: { picture: `testsrc2=${HD},noise=alls=30:allf=t` },
  still: { picture: `smptehdbars=${HD}` },
  changing: { picture: `testsrc2=${HD},noise=alls=60:allf=t:enable='gt(t,1.5)'` },
  'nearly still': { picture: `smptehdbars=${HD},noise=alls=3:allf=t`, profiles: FEW },
  black: { picture: `color=black:${HD}`, profiles: FEW },
  'noise alone': { picture: `color=gray:${HD},noise=alls=100:allf=t`, profiles: FEW },
  UHD: { picture: 'testsrc2=s=3840x2160:r=25:d=3,noise=alls=8:allf=t', profiles: FEW },
  interlaced: {
    picture: 'testsrc2=s=1920x1080:r=50:d=3,noise=alls=8:allf=t,interlace',
    encoder: `${H264} -flags +ildct+ilme -x264-params tff=1`,
    profiles: FEW,
  },
  alpha: {
    picture: `testsrc2=${HD}:alpha=64,noise=alls=8:allf=t,format=yuva444p10le`,
    encoder: ALPHA,
    profiles: ['4444'],
  },
};

export async function prores() {
  const folder = scratch();
  const rows = clips(folder).flatMap(({ name, path, profiles = PROFILES }) =>
    profiles.map((profile) => compare(folder, { name, path }, `prores_${profile}`)),
  );
  return [...rows.map(rowOf), ...summary(rows)];
}

function clips(folder) {
  const named = footage()?.map((path) => ({ name: factsOf(path).name, path }));
  return named ?? Object.entries(GENERATED).map((entry) => generated(folder, entry));
}

function generated(folder, [name, { picture, encoder = H264, profiles }]) {
  const path = join(folder, `${name}.mov`);
  const input = ['-v', 'error', '-f', 'lavfi', '-i', picture];
  execFileSync('ffmpeg', [...input, ...encoder.split(' '), path]);
  return { name, path, profiles };
}

/** Compares encoders alone: decoding and scaling are subtracted; the runner's time includes its trial. */
function compare(folder, { name, path: clip }, codec) {
  const plan = planOf(clip, { codec, container: 'mov', resolution: 'half' });
  const trial = planTrial(plan);
  const { choice, sizes, commands } = choose(plan, trial, clip);
  const chosen = choice?.quantiser ? withQuantiser(plan, choice.quantiser) : plan;
  const [plain, ours] = [join(folder, 'plain.mov'), join(folder, 'ours.mov')];
  const search = ffmpegArguments(plan, { input: clip, output: plain });
  const filters = search.slice(0, search.indexOf('-c:v:0'));
  const bare = cpuSeconds(['ffmpeg', ...filters, '-an', '-f', 'null', '-']);
  const plainSeconds = cpuSeconds(['ffmpeg', ...search]) - bare;
  const encoder = ['ffmpeg', ...ffmpegArguments(chosen, { input: clip, output: ours })];
  const trialSeconds = commands.reduce((sum, command) => sum + cpuSeconds(command), 0);
  const ownSeconds = trialSeconds + cpuSeconds(encoder) - bare;
  const isAgain = isTooLarge(plan, { trial, choice, sizes }, ours);
  const kept = isAgain ? plain : ours;
  return {
    name: `${name}, ${codec}`,
    choice: isAgain ? null : choice,
    trial: trialSeconds / plainSeconds,
    time: (isAgain ? ownSeconds + plainSeconds : ownSeconds) / plainSeconds,
    size: pictureBytes(kept) / pictureBytes(plain),
    likeness: similarity(kept, clip) - similarity(plain, clip),
  };
}

/** True if the runner would encode the clip again, with the search. */
function isTooLarge(plan, { trial, choice, sizes }, proxy) {
  if (!choice?.quantiser) return false;
  const tried = triedFrames(trial.quantisers, sizes, choice.quantiser);
  return isLargerThanSearch(plan, tried, pictureSizes(proxy));
}

/** Quantiser that the runner chooses, with its trial's command. */
function choose(plan, trial, clip) {
  if (trial.places.length === 0) return { choice: null, sizes: null, commands: [] };
  const tried = ['ffmpeg', ...trialArguments(plan, trial, clip)];
  const sizes = sizesOf(trial, tried);
  const choice = chooseQuantiser(trial.quantisers, sizes);
  return { choice, sizes, commands: [tried] };
}

function sizesOf(trial, [program, ...args]) {
  const list = new PacketList();
  list.take(execFileSync(program, args));
  return trialSizes(list, trial);
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
