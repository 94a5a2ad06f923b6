import { execa } from 'execa';

const MAX_BUFFER = 1024 * 1024 * 1024;
/** A last sample of 10 is no end of a line. */
const BYTES = {
  reject: false,
  encoding: 'buffer',
  maxBuffer: MAX_BUFFER,
  stripFinalNewline: false,
};

/** A clip as a plain decode finds it. `fault` says why it isn't healthy. */
export async function judgeSource(path) {
  const media = await readMedia(path);
  if (media === null) return { path, fault: 'it can’t be opened' };
  if (!media.video) return { path, ...media, fault: 'it has no picture' };
  const plain = await execa(
    'ffmpeg',
    [
      '-v',
      'level+warning',
      '-nostdin',
      '-i',
      path,
      '-map',
      `0:${media.video.index}`,
      '-map',
      '0:a?',
      '-f',
      'null',
      '-',
    ],
    { reject: false, maxBuffer: MAX_BUFFER },
  );
  const errors = plain.stderr
    .split('\n')
    .filter(
      (line) => /\[(?:error|fatal)\]|corrupt/.test(line) && !/null muxer|non monoton/.test(line),
    );
  const fault = errors.at(0) ?? faultOfTimes(media.times);
  return { path, ...media, fault };
}

/** Content that decodes without an error may still contradict its container. */
function faultOfTimes(times) {
  if (times.length === 0) return 'no picture can be decoded';
  const frame = times.findIndex((time, n) => n > 0 && time !== null && time <= times[n - 1]);
  return frame < 0 ? null : `frame ${frame} has no time after that of the frame before it`;
}

/** Streams and the times of all pictures, decoded. */
export async function readMedia(path) {
  const probe = ['-v', 'quiet', '-of', 'json', '-show_streams', '-show_format', path];
  const { stdout, failed } = await execa('ffprobe', probe, { reject: false });
  if (failed) return null;
  const { streams = [], format = {} } = JSON.parse(stdout);
  const video = streams.find((s) => s.codec_type === 'video' && s.disposition?.attached_pic !== 1);
  const tracks = streams.filter((s) => s.codec_type === 'audio');
  const audio = tracks.filter((s) => s.codec_name && s.sample_rate !== '0');
  return {
    video,
    audio,
    declaredTracks: tracks.length,
    format: format.format_name,
    times: video ? await pictureTimes(path, video) : [],
  };
}

async function pictureTimes(path, { index }) {
  const entries = 'frame=pts_time,best_effort_timestamp_time';
  const args = [
    '-v',
    'quiet',
    '-select_streams',
    String(index),
    '-show_frames',
    '-show_entries',
    entries,
  ];
  const { stdout } = await execa('ffprobe', [...args, '-of', 'compact=nokey=1', path], {
    reject: false,
    maxBuffer: MAX_BUFFER,
  });
  // Its own time comes first. The guess follows packets, once pictures have come out of order.
  return stdout
    .split('\n')
    .filter((line) => line.startsWith('frame|'))
    .map((line) => line.split('|').slice(1).map(Number).find(Number.isFinite) ?? null);
}

/** The matrix by which a picture is to be read: as tagged, else as players choose it. */
export function matrixOf({ color_space: tag, height }, fallback) {
  if (tag && tag !== 'unknown' && tag !== 'gbr') return tag === 'bt2020nc' ? 'bt2020' : tag;
  return fallback ?? (height >= 720 ? 'bt709' : 'smpte170m');
}

export const SMALL = { width: 48, height: 27 };

/** Which field of a picture comes first; `null` for whole pictures. */
export function firstField({ field_order: order }) {
  return { tt: 'top', bt: 'top', bb: 'bottom', tb: 'bottom' }[order] ?? null;
}

/** Every picture as 48x27 RGB, one Buffer each; of one field, where it is named. */
export async function smallPictures(
  path,
  video,
  matrix,
  { options = [], field = null, input } = {},
) {
  const isRgb = /^(?:gbr|rgb|bgr|argb|abgr|0rgb|0bgr|pal8)/.test(video.pix_fmt);
  const known = /^(bt709|smpte170m|bt470bg|bt2020|smpte240m|fcc)$/.test(matrix) && !isRgb;
  const from = known ? `:in_color_matrix=${matrix === 'bt470bg' ? 'bt470' : matrix}` : '';
  const size = `${SMALL.width}:${SMALL.height}`;
  const first = field === null ? '' : `field=${String(field)},`;
  const filter = `${first}scale=${size}:flags=area+accurate_rnd+full_chroma_int${from},format=rgb24`;
  const { stdout } = await execa(
    'ffmpeg',
    [
      ...[
        '-v',
        'quiet',
        ...(input ? [] : ['-nostdin']),
        ...options,
        '-i',
        path,
        '-map',
        `0:${video.index}`,
      ],
      ...['-fps_mode', 'passthrough', '-vf', filter, '-f', 'rawvideo', '-'],
    ],
    { ...BYTES, input },
  );
  const bytes = SMALL.width * SMALL.height * 3;
  const count = Math.floor(stdout.length / bytes);
  return Array.from({ length: count }, (_, n) => stdout.subarray(n * bytes, (n + 1) * bytes));
}

const PRORES_PROFILES = { Proxy: 0, LT: 1, Standard: 2, HQ: 3, 4444: 4 };

/**
 * Frames of a clip at a proxy's size, encoded by FFmpeg's own ProRes alone: its data rate leaves little to a picture of few
 * pixels. Empty for other codecs.
 */
export async function plainPictures(path, { index }, made, matrix) {
  const profile = PRORES_PROFILES[made.profile];
  if (made.codec_name !== 'prores' || profile === undefined) return [];
  const size = `${made.width}:${made.height}:flags=bicubic+accurate_rnd+full_chroma_int`;
  const { stdout } = await execa(
    'ffmpeg',
    [
      ...['-v', 'quiet', '-nostdin', '-i', path, '-map', `0:${index}`, '-fps_mode', 'passthrough'],
      ...['-vf', `scale=${size},format=${made.pix_fmt}`, '-c:v', 'prores_ks'],
      ...['-profile:v', String(profile), '-f', 'matroska', '-'],
    ],
    BYTES,
  );
  return smallPictures('-', { ...made, index: 0 }, matrix, { input: stdout });
}

export const SOUND_RATE = 8000;

/** The beginning of a track as mono samples, from its first one on, and when that one is heard. */
export async function soundOf(path, { index }, seconds) {
  const probe = ['-v', 'quiet', '-select_streams', String(index), '-read_intervals', '%+#3'];
  const entries = [
    '-show_frames',
    '-show_entries',
    'frame=best_effort_timestamp_time',
    '-of',
    'csv=p=0',
  ];
  const { stdout: times } = await execa('ffprobe', [...probe, ...entries, path], { reject: false });
  const { stdout } = await execa(
    'ffmpeg',
    [
      ...[
        '-v',
        'quiet',
        '-nostdin',
        '-i',
        path,
        '-map',
        `0:${index}`,
        // A hole keeps its time.
        '-af',
        'aresample=async=1:min_hard_comp=0.02',
        '-ac',
        '1',
        '-ar',
        String(SOUND_RATE),
      ],
      ...['-t', String(seconds), '-f', 's16le', '-'],
    ],
    BYTES,
  );
  const samples = new Int16Array(
    stdout.buffer.slice(stdout.byteOffset, stdout.byteOffset + (stdout.length & ~1)),
  );
  return { start: Number.parseFloat(times) || 0, samples };
}
