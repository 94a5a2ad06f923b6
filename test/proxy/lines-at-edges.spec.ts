import { join } from 'node:path';
import { expect, it } from 'vitest';
import { useTemporaryFolder } from '../support/temporary-folder.ts';
import { failedChecks, makeSource, makeCompared } from './support.ts';

const folder = useTemporaryFolder();
/** A single line of an upright screen that becomes brighter by half in each frame, again and again. */
const brightening = (line: string) =>
  `-f lavfi -i color=black:s=640x1136:r=30:d=1,format=yuv420p,geq=lum='if(${line},min(235,16+8*pow(1.5,mod(N,12))),16)':cb=128:cr=128 -c:v libx264 -qp 0`;

it.each([
  ['left', 'lt(X,1)', 'prores_proxy', 'mov'],
  ['right', 'gte(X,W-1)', 'dnxhr', 'mxf'],
  ['upper', 'lt(Y,1)', 'prores_proxy', 'mov'],
  ['lower', 'gte(Y,H-1)', 'dnxhr', 'mxf'],
] as const)(
  'what comes in at the %s edge is in its place',
  async (side, line, codec, container) => {
    const clip = await makeSource(join(folder.path, `${side}.mp4`), brightening(line));
    const request = { codec, container, resolution: 'half', explicitFps: null } as const;
    const made = await makeCompared(request, clip, join(folder.path, `${side}.${container}`));
    expect(failedChecks(made)).toEqual([]);
  },
);
