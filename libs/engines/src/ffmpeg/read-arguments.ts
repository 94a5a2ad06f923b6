import { smallPicture } from '../content/pictures/small-picture.ts';
import { CONFINED_INPUT, fileInput } from '../media/index.ts';
import type { ProxyPlan } from '../proxy/plan/proxy-plan.ts';
import { smallProxyFilters } from './filters.ts';
import { posterOutput } from './poster-arguments.ts';
import { FIRST_SOUND_PIPE, samples } from './tap-arguments.ts';

/** Pictures are paired by their number: times of two files are never quite the same. */
const BY_NUMBER = 'settb=1/25,setpts=N';

/**
 * FFmpeg's arguments, without the program's name, for reading a finished proxy as an editor would. On stdout come all
 * pictures, small, each of the source with that of the proxy below it; each track's samples come on the pipe that they
 * have in the pass that encodes, and pictures for people on the one after these.
 *
 * @param picturesPath of the source's small pictures.
 * @param posters frames that people shall see.
 */
export function readArguments(
  plan: ProxyPlan,
  proxyPath: string,
  picturesPath: string,
  posters: readonly number[] = [],
): string[] {
  const { picture, audio } = plan;
  const form = smallPicture(picture);
  const format = form.hasAlpha ? 'yuva420p' : 'yuv420p';
  const proxy = `[0:V:0]${smallProxyFilters(picture, form)},${BY_NUMBER}[proxy]`;
  const source = `[1:v]setparams=range=${picture.colour.range ?? 'tv'},${BY_NUMBER}[source]`;
  return [
    ['-hide_banner', '-nostdin', '-loglevel', 'level+warning', '-nostats', '-xerror'],
    CONFINED_INPUT,
    ['-i', fileInput(proxyPath)],
    ['-f', 'rawvideo', '-pixel_format', format, '-framerate', '25'],
    ['-video_size', `${form.size.width}x${form.size.height}`, '-i', fileInput(picturesPath)],
    ['-filter_complex', `${proxy};${source};[source][proxy]vstack=shortest=1[pictures]`],
    ['-map', '[pictures]', '-fps_mode', 'passthrough'],
    ['-c:v', 'rawvideo', '-f', 'rawvideo', 'pipe:1'],
    audio.flatMap((track, position) => [['-map', `0:a:${position}`], samples(track, position)]),
    posters.length === 0 ? [] : posterOutput(picture, posters, FIRST_SOUND_PIPE + audio.length),
  ].flat(2);
}
