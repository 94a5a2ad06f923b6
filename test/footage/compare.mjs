import {
  firstField,
  matrixOf,
  plainPictures,
  readMedia,
  SMALL,
  smallPictures,
  SOUND_RATE,
  soundOf,
} from './reader.mjs';

/**
 * Limits in levels of 255: average loss of an encoder in a picture of 48x27, share of it by which another picture counts as
 * shown, and factor over the loss of the encoder alone in this clip.
 */
const LEVELS = { mean: 5, better: 0.6, plain: 1.1 };
/** Pixels of a width from which on a sample is a mean of many. Below it, each shows what the encoder costs a pixel. */
const MANY_PIXELS = 4 * SMALL.width;
const COUNTING = new Set(['mxf', 'gxf', 'dv', 'avi']);
const SOUND_SECONDS = 4;

/**
 * Differences of a proxy from its source, in words; empty if it is right. Keeps what was read of the source for the next proxy.
 */
export async function differences(source, { proxy, result }) {
  const made = await readMedia(proxy);
  if (made === null) return ['the proxy can’t be opened'];
  const isConverted = result.clips[0].warnings.some((text) =>
    /frames are repeated or dropped/.test(text),
  );
  return [
    ...(isConverted ? [] : countAndTimes(source, made)),
    ...tracks(source, made, result.clips[0].warnings),
    ...tags(source, made, result.clips[0].warnings),
    ...(isConverted ? [] : await pictures(source, made, proxy)),
    ...(await sound(source, made, proxy)),
  ];
}

function countAndTimes(source, made) {
  if (source.times.length !== made.times.length)
    return [`${made.times.length} frames instead of ${source.times.length}`];
  if (COUNTING.has(source.format) || made.format === 'mxf') return [];
  const wanted = source.times;
  if (wanted.includes(null)) return [];
  const isOutOfTurn = wanted.some((time, n) => n > 0 && time <= wanted[n - 1]);
  const usual = isOutOfTurn ? usualStep(made.times) : 0;
  const off = made.times.map((time, n) => {
    const late = time - made.times[0] - (wanted[n] - wanted[0]);
    const isPushed = late > 0 && n > 0 && time - made.times[n - 1] < 1.5 * usual;
    return isPushed ? 0 : Math.abs(late);
  });
  const ticks = [source.video, made.video].map(
    ({ time_base: base }) => 1 / Number(base.split('/')[1]),
  );
  const worst = Math.max(0, ...off);
  const problems = made.times[0] > 0.001 ? [`it starts at ${made.times[0]} s`] : [];
  return worst > Math.max(...ticks) + 2e-5
    ? [...problems, `frames are up to ${(worst * 1000).toFixed(2)} ms off`]
    : problems;
}

/**
 * Median step between times. If times go back, a picture may be late because of those before it, as long as it follows them at
 * once.
 */
function usualStep(times) {
  const steps = times.slice(1).map((time, n) => time - times[n]);
  return steps.toSorted((a, b) => a - b)[Math.floor(steps.length / 2)];
}

function tracks(source, made, warnings) {
  const skipped = warnings.filter((text) => /is skipped/.test(text)).length;
  const wanted = source.declaredTracks - skipped;
  if (made.audio.length !== wanted) return [`${made.audio.length} tracks instead of ${wanted}`];
  if (skipped > 0) return [];
  return source.audio.flatMap(({ channels }, n) =>
    made.audio[n].channels === channels
      ? []
      : [`track ${n} has ${made.audio[n].channels} channels`],
  );
}

function tags(source, made, warnings) {
  const told = warnings.join(' ');
  return ['color_primaries', 'color_transfer'].flatMap((key) => {
    const [wanted, found] = [source.video[key], made.video[key]].map((tag) => tag ?? 'unknown');
    const isSame =
      wanted === found ||
      wanted === 'unknown' ||
      wanted.startsWith('reserved') ||
      told.includes(wanted);
    return isSame ? [] : [`${key} is ${found} instead of ${wanted}`];
  });
}

async function pictures(source, made, proxy) {
  const matrix = matrixOf(source.video);
  const options = ['-apply_cropping:v', 'codec'];
  // A proxy without fields shows the first one of each picture.
  const field = firstField(made.video) === null ? firstField(source.video) : null;
  source.pictures ??= {};
  source.pictures[field] ??= await smallPictures(source.path, source.video, matrix, {
    options,
    field,
  });
  const wanted = source.pictures[field];
  const found = await smallPictures(proxy, made.video, matrixOf(made.video, matrix));
  if (wanted.length !== found.length)
    return [`${found.length} pictures instead of ${wanted.length}`];
  const usual = LEVELS.mean * Math.max(1, MANY_PIXELS / made.video.width);
  const off = found.map((picture, n) => distance(picture, wanted[n]));
  const plain = off.some((levels) => levels > usual)
    ? await plainPictures(source.path, source.video, made.video, matrixOf(made.video, matrix))
    : [];
  const wrong = found.flatMap((picture, n) => {
    const here = off[n];
    const beside = Math.min(
      ...[n - 1, n + 1].map((m) => (wanted[m] ? distance(picture, wanted[m]) : Infinity)),
    );
    if (here > 1 && beside < here * LEVELS.better) return [`picture ${n} is another one`];
    const costs = plain[n] ? distance(plain[n], wanted[n]) : 0;
    return here > Math.max(usual, LEVELS.plain * costs)
      ? [`picture ${n} is ${here.toFixed(1)} levels off`]
      : [];
  });
  return wrong.length > 0
    ? [`${wrong[0]}${wrong.length > 1 ? `, and ${wrong.length - 1} more` : ''}`]
    : [];
}

function distance(a, b) {
  let sum = 0;
  for (let n = 0; n < a.length; n += 1) sum += Math.abs(a[n] - b[n]);
  return sum / a.length;
}

async function sound(source, made, proxy) {
  const problems = [];
  if (source.audio.length !== made.audio.length) return problems;
  // Reordered pictures seem to come late in a container that only counts them.
  const zero = COUNTING.has(source.format)
    ? Number(source.video.start_time) || 0
    : Math.min(...source.times.filter((time) => time !== null));
  for (const [n, track] of source.audio.entries()) {
    track.sound ??= await soundOf(source.path, track, SOUND_SECONDS);
    const wanted = track.sound;
    const found = await soundOf(proxy, made.audio[n], SOUND_SECONDS);
    const expected = Math.round(
      (wanted.start - zero - found.start + Math.min(...made.times)) * SOUND_RATE,
    );
    const off = bestLag(wanted.samples, found.samples, expected);
    const isExact = [track, made.audio[n]].every(({ codec_name: name }) => name.startsWith('pcm'));
    const allowed = isExact ? 1 : 2;
    if (off !== null && Math.abs(off / SOUND_RATE) * 1000 > allowed)
      problems.push(`track ${n} is ${((off / SOUND_RATE) * 1000).toFixed(1)} ms off`);
  }
  return problems;
}

/** By how many samples the sound found is later than expected; `null` for silence, or sound that repeats itself. */
function bestLag(wanted, found, expected) {
  const reach = SOUND_RATE / 10;
  const length = Math.min(wanted.length, SOUND_RATE * 2);
  const at = (lag) => {
    let [product, energy, own] = [0, 0, 0];
    for (let n = 0; n < length; n += 1) {
      const other = found[n + expected + lag] ?? 0;
      product += wanted[n] * other;
      energy += other * other;
      own += wanted[n] * wanted[n];
    }
    return energy === 0 || own === 0 ? 0 : product / Math.sqrt(energy * own);
  };
  const lags = Array.from({ length: 2 * reach + 1 }, (_, n) => n - reach);
  const scores = lags.map(at);
  const best = Math.max(...scores);
  if (best < 0.5 || at(0) >= best - 0.02) return best < 0.5 ? null : 0;
  return lags[scores.indexOf(best)];
}
