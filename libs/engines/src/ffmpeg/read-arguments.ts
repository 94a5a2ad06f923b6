import { sampleForm, type SampleForm } from '../content/frames/sample-form.ts';
import { CONFINED_INPUT, fileInput, formatRational } from '../media/index.ts';
import type {
  AudioPlan,
  BurnInPlan,
  FrameSize,
  VideoPlan,
  ProxyPlan,
} from '../proxy/plan/proxy-plan.ts';
import { smallProxyFilters, thumbnailFilters } from './filters.ts';
import { FROM_ZERO } from './audio-arguments.ts';
import { FIRST_SOUND_PIPE, rawSamples, CAPTURE_FORMAT } from './capture-arguments.ts';
import { thumbnailSize } from '../content/frames/thumbnail.ts';
import type { ProxyExpectation } from '../verify/check.ts';

/** Index of the input for audio. */
const AUDIO_INPUT = 2;

/**
 * FFmpeg's arguments, without the program's name, to read a finished proxy as an editor would. Stdout gets all frames,
 * downscaled, each source frame with the proxy's frame below it. Further pipes get, in this order, the samples of each track (as
 * in the encoding pass), the loudness of each track, the list of all packets, and thumbnails.
 *
 * Audio has an input of its own, and each track one graph, see `audioGraph`: FFmpeg 9 holds back an output that is ahead of
 * another one, and frees it only if its graph is the first reader of the input's stream. Where one that isn't gets more than a
 * frame out of a packet, as from blocks of AAC at 8 kHz, it would hold up the input for all.
 *
 * @param capture absolute path of the source frames that the encoding pass wrote.
 * @param thumbnails numbers of frames, from 0.
 */
export function readArguments(
  plan: ProxyPlan,
  proxyPath: string,
  capture: string,
  thumbnails: readonly number[] = [],
): string[] {
  const { video, audio } = plan;
  const form = sampleForm(video);
  const listPipe = FIRST_SOUND_PIPE + 2 * audio.length;
  const raw = ['-fps_mode', 'passthrough', '-c:v', 'rawvideo', '-f', 'rawvideo'];
  const graph = besideSource(video, form, 'vstack');
  return [
    ['-hide_banner', '-nostdin', '-loglevel', 'level+warning', '-nostats', '-xerror'],
    CONFINED_INPUT,
    ['-i', fileInput(proxyPath)],
    ['-f', CAPTURE_FORMAT, '-i', fileInput(capture)],
    audio.length === 0 ? [] : [...CONFINED_INPUT, '-vn', '-i', fileInput(proxyPath)],
    ['-filter_complex', graph],
    ['-map', '[pictures]', ...raw, 'pipe:1'],
    audio.map((track, position) =>
      trackOutputs(track, position, FIRST_SOUND_PIPE + audio.length + position),
    ),
    packetList(audio.length, listPipe),
    thumbnailOutput(video, thumbnails, listPipe + 1),
  ].flat(2);
}

/**
 * Options of `pan` that name a track's channels, by their number. Loudness depends on the loudspeakers; a file's own names are
 * ignored, and with more than two channels the loudspeakers are uncertain.
 */
const PLACES: Readonly<Record<number, string>> = { 1: 'mono|c0=c0', 2: 'stereo|c0=c0|c1=c1' };

/** Outputs of a track's samples, and of its loudness for a `LoudnessReader`. */
function trackOutputs(track: AudioPlan, position: number, pipe: number): string[] {
  const chain = track.encoder === 'aac' ? FROM_ZERO : 'anull';
  const samples = (from: string) => `${from}${chain}[samples${position}]`;
  const input = `[${AUDIO_INPUT}:a:${position}]`;
  const outputs = ['-map', `[samples${position}]`, ...rawSamples(track, position)];
  const places = PLACES[track.channels];
  if (places === undefined) return ['-filter_complex', samples(input), ...outputs];
  const measured = `pan=${places},ebur128=peak=true:metadata=1:framelog=quiet,ametadata=mode=print:file='pipe\\:${pipe}'`;
  const graph = `${input}asplit[heard][told];[told]${measured}[loudness${position}];${samples('[heard]')}`;
  return [
    ['-filter_complex', graph, ...outputs],
    ['-map', `[loudness${position}]`, '-f', 'null', '-'],
  ].flat();
}

/**
 * Output of a list of all packets of video and audio, as they are in the file, for a `PacketList`. They are listed as they come:
 * waiting for packets of other streams would keep many frames in memory.
 */
function packetList(tracks: number, pipe: number): string[] {
  const audio = Array.from({ length: tracks }, (_, position) => ['-map', `0:a:${position}`]);
  const copied = ['-c', 'copy', '-copyinkf', '-max_interleave_delta', '1'];
  return ['-map', '0:V:0', ...audio.flat(), ...copied, '-f', 'framecrc', `pipe:${pipe}`];
}

/** Graph that puts the proxy's frames below or beside those of the second input, the source. Burnt-in text is blacked out in both. */
function besideSource(video: VideoPlan, form: SampleForm, stack: 'vstack' | 'hstack'): string {
  const { colour, size, burnIn, timing } = video;
  const range = colour.range ?? 'tv';
  const masks = burnIn === null ? [] : textMasks(burnIn, size, form.size);
  // Frames are paired by number: times of two files are never quite the same.
  const end = [...masks, `settb=1/(${formatRational(timing.rate)})`, 'setpts=N'].join(',');
  return [
    `[0:V:0]${smallProxyFilters(video, form)},${end}[proxy]`,
    `[1:v]setparams=range=${range},${end}[source]`,
    `[source][proxy]${stack}=shortest=1[pictures]`,
  ].join(';');
}

/** Samples around a text's box over which scaling and the codec's blocks spread the text. */
const SPREAD = 2;

/** Filters that black out texts in downscaled frames of the proxy. */
function textMasks({ texts }: BurnInPlan, proxy: FrameSize, small: FrameSize): string[] {
  return texts.map(({ box }) => {
    const [left, right] = reach(box.x, box.width, proxy.width, small.width);
    const [top, bottom] = reach(box.y, box.height, proxy.height, small.height);
    const place = `x=${left}:y=${top}:w=${right - left}:h=${bottom - top}`;
    return `drawbox=${place}:color=black:t=fill:replace=1`;
  });
}

/**
 * Range of samples, its end exclusive, that a box covers along one axis: in even numbers, because planes of colour have half as
 * many.
 */
function reach(from: number, length: number, of: number, to: number): [number, number] {
  const first = 2 * Math.floor(((from * to) / of - SPREAD) / 2);
  const last = 2 * Math.ceil((((from + length) * to) / of + SPREAD) / 2);
  return [Math.max(0, first), Math.min(to, last)];
}

/** JPEG of good quality in a few kilobytes. */
const JPEG = ['-c:v', 'mjpeg', '-q:v', '4', '-flags:v', '+bitexact'];
/** Option without which FFmpeg fails if this output gets no frame. */
const MAY_BE_EMPTY = ['-strict:v', 'unofficial'];

/**
 * Output of thumbnails of a proxy's frames. It has a filter graph of its own: in a graph with further outputs, FFmpeg would keep
 * their frames until the next thumbnail.
 *
 * @param frames counted from 0; without any, there is no output.
 */
export function thumbnailOutput(
  video: ProxyExpectation['video'],
  frames: readonly number[],
  pipe: number,
): string[] {
  if (frames.length === 0) return [];
  const size = thumbnailSize(video.size, video.displayAspect);
  const filters = [selected(frames), ...thumbnailFilters(video, size)].join(',');
  return [
    ['-map', '0:V:0', '-fps_mode', 'passthrough', '-filter:v:0', filters],
    [...JPEG, ...MAY_BE_EMPTY, '-f', 'image2pipe', `pipe:${pipe}`],
  ].flat();
}

function selected(frames: readonly number[]): string {
  return `select=${frames.map((frame) => `eq(n\\,${frame})`).join('+')}`;
}

/**
 * FFmpeg's arguments, without the program's name, for stills on stdout of some frames as they were compared: the source on the
 * left, the proxy on the right.
 *
 * @param frames counted from 0, in ascending order.
 */
export function comparedArguments(
  { video }: ProxyPlan,
  proxyPath: string,
  capture: string,
  frames: readonly number[],
): string[] {
  const form = sampleForm(video);
  const { width, height } = comparedSize(video);
  const shown = thumbnailFilters(video, { width, height });
  const graph = `${besideSource(video, form, 'hstack')};[pictures]${[selected(frames), ...shown].join(',')}[shown]`;
  return [
    ['-hide_banner', '-nostdin', '-loglevel', 'level+error'],
    [...CONFINED_INPUT, '-i', fileInput(proxyPath)],
    ['-f', CAPTURE_FORMAT, '-i', fileInput(capture)],
    ['-filter_complex', graph, '-map', '[shown]', '-fps_mode', 'passthrough'],
    ['-frames:v', `${frames.length}`, ...JPEG, '-f', 'image2pipe', 'pipe:1'],
  ].flat();
}

/** Size of a still by {@link comparedArguments}. */
export function comparedSize(video: VideoPlan): FrameSize {
  const { width, height } = sampleForm(video).size;
  return { width: 2 * width, height };
}
