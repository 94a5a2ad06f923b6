import { join } from 'node:path';
import type { Codec, Container } from '@app/jobspec';
import { failedChecks, makeSource, makeCompared } from '../proxy/support.ts';
import type { Defect } from './kinds.ts';

/** A second of coloured motion in HD shape, and two channels that differ. */
export function sourceForDefects(path: string): Promise<string> {
  return makeSource(
    path,
    '-f lavfi -i testsrc2=s=640x360:r=25,scroll=h=0.01,trim=end_frame=25',
    '-f lavfi -i aevalsrc=0.2*sin(1800*t)*(0.6+0.4*sin(21*t))|0.1*sin(3100*t)*(0.6+0.4*sin(33*t)):s=48000:d=1',
    '-vf setparams=colorspace=bt709:color_primaries=bt709:color_trc=bt709:range=tv',
    '-c:v libx264 -preset ultrafast -qp 8 -pix_fmt yuv420p -c:a pcm_s16le -timecode 01:00:00:00',
  );
}

/** The checks that a proxy fails whose encoder damages it; none for a healthy one. */
export async function verdictOn(
  source: string,
  folder: string,
  [codec, container]: readonly [Codec, Container],
  defect: Defect | null,
): Promise<string[]> {
  const request = { codec, container, resolution: 'same', explicitFps: null };
  const output = join(folder, `proxy.${container}`);
  return failedChecks(await makeCompared(request, source, output, (args) => damaged(args, defect)));
}

/** The proxy is the last output: the last picture filter is its own. Its sound leaves the graph under a name of its own. */
export function damaged(args: readonly string[], defect: Defect | null): string[] {
  const changed = [...args];
  const picture = changed.lastIndexOf('-filter:v:0') + 1;
  const [filters = ''] = changed.slice(picture, picture + 1);
  const [format] = /format=pix_fmts=\w+/.exec(filters) ?? [];
  if (defect?.picture) changed[picture] = [filters, defect.picture, format].join(',');
  const graph = changed.indexOf('-filter_complex') + 1;
  const [before = '', after = ''] = (changed[graph] ?? '').split('[sound0]');
  if (defect?.sound) changed[graph] = `${before}[healthy]${after};[healthy]${defect.sound}[sound0]`;
  return changed;
}
