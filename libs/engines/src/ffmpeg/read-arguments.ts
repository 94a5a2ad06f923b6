import { textMasks } from '../content/burn-in/text-masks.ts';
import { sampleForm, type SampleForm } from '../content/frames/sample-form.ts';
import { CONFINED_INPUT, fileInput } from '../media/index.ts';
import type { VideoPlan, ProxyPlan } from '../proxy/plan/proxy-plan.ts';
import { smallProxyFilters, textFilters } from './filters.ts';
import { thumbnailOutput } from './thumbnail-arguments.ts';
import { FIRST_SOUND_PIPE, samples, CAPTURE_FORMAT } from './capture-arguments.ts';

/** Pictures are paired by their number: times of two files are never quite the same. */
const BY_NUMBER = 'settb=1/25,setpts=N';

/**
 * FFmpeg's arguments, without the program's name, for reading a finished proxy as an editor would. On stdout come all
 * pictures, small, each of the source with that of the proxy below it; each track's samples come on the pipe that they
 * have in the pass that encodes, and on the three after these the list of all
 * packets, burnt-in texts, and pictures for people.
 *
 * @param capture absolute; the pictures that the pass that encoded it wrote of its source.
 * @param thumbnails frames that people shall see.
 */
export function readArguments(
  plan: ProxyPlan,
  proxyPath: string,
  capture: string,
  thumbnails: readonly number[] = [],
): string[] {
  const { video, audio } = plan;
  const form = sampleForm(video);
  const listPipe = FIRST_SOUND_PIPE + audio.length;
  const raw = ['-fps_mode', 'passthrough', '-c:v', 'rawvideo', '-f', 'rawvideo'];
  const graph = stacked(video, smallProxyFilters(video, form), form);
  return [
    ['-hide_banner', '-nostdin', '-loglevel', 'level+warning', '-nostats', '-xerror'],
    CONFINED_INPUT,
    ['-i', fileInput(proxyPath)],
    ['-f', CAPTURE_FORMAT, '-i', fileInput(capture)],
    ['-filter_complex', graph],
    ['-map', '[pictures]', ...raw, 'pipe:1'],
    audio.flatMap((track, position) => [['-map', `0:a:${position}`], samples(track, position)]),
    packetList(audio.length, listPipe),
    textOutput(video, listPipe + 1),
    thumbnails.length === 0 ? [] : thumbnailOutput(video, thumbnails, listPipe + 2),
  ].flat(2);
}

/**
 * A list of all packets of the picture and of each track, as they are in the file, for a `PacketList`. Each is told as it
 * comes: waiting for those of other streams would keep many pictures in memory.
 */
function packetList(tracks: number, pipe: number): string[] {
  const audio = Array.from({ length: tracks }, (_, position) => ['-map', `0:a:${position}`]);
  const copied = ['-c', 'copy', '-copyinkf', '-max_interleave_delta', '1'];
  return ['-map', '0:V:0', ...audio.flat(), ...copied, '-f', 'framecrc', `pipe:${pipe}`];
}

/** Texts of all pictures, where there are any. */
function textOutput(video: VideoPlan, pipe: number): string[] {
  if (video.burnIn === null) return [];
  const raw = ['-fps_mode', 'passthrough', '-c:v', 'rawvideo', '-f', 'rawvideo', `pipe:${pipe}`];
  return ['-map', '0:V:0', '-filter:v:0', textFilters(video, video.burnIn), ...raw];
}

/**
 * The source's pictures of an input, with those that a chain makes of the proxy below them. Where text is burnt in, both are black: what
 * stands there is read by itself.
 */
function stacked({ colour, size, burnIn }: VideoPlan, chain: string, form: SampleForm): string {
  const range = colour.range ?? 'tv';
  const masks = burnIn === null ? [] : textMasks(burnIn, size, form.size);
  const end = [...masks, BY_NUMBER].join(',');
  return [
    `[0:V:0]${chain},${end}[proxy]`,
    `[1:v]setparams=range=${range},${end}[source]`,
    '[source][proxy]vstack=shortest=1[pictures]',
  ].join(';');
}
