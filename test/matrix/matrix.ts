import { join } from 'node:path';
import { CODEC_CONTAINERS, CODECS, type Codec, type Container } from '@app/jobspec';
import { planProxy, type ProxyRequest } from '@app/engines';
import { describeFile, failedChecks, makeCompared } from '../proxy/support.ts';
import { differences, timecodeOf } from './judge.ts';
import { readByMediaInfo, readProxy } from './reader.ts';
import type { MatrixSource } from './source.ts';

export interface MatrixCell {
  source: string;
  request: ProxyRequest;
  /** `refused` is the contract's answer to sizes that DNxHD hasn't; everything else must be made. */
  outcome: 'faithful' | 'refused' | 'differs';
  problems: string[];
  warnings: readonly string[];
}

/** Every codec in every container at half size, and the codecs of every kind at full size. */
export const REQUESTS: readonly ProxyRequest[] = [
  ...CODECS.flatMap((codec) =>
    CODEC_CONTAINERS[codec].map((container) => request(codec, container, 'half')),
  ),
  request('dnxhd', 'mxf', 'same'),
  request('dnxhd', 'mxf', '1280x720'),
  request('dnxhr', 'mxf', 'same'),
  request('prores_4444', 'mov', 'same'),
  request('h264', 'mov', 'same'),
];

export function request(codec: Codec, container: Container, resolution: string): ProxyRequest {
  return { codec, container, resolution, explicitFps: null };
}

/** Makes one proxy and compares it with its source, by readers that share nothing with the product. */
export async function matrixCell(
  source: MatrixSource,
  input: string,
  folder: string,
  request: ProxyRequest,
): Promise<MatrixCell> {
  const cell = { source: source.name, request };
  const { plan, violations } = planProxy(request, await describeFile(input));
  if (!plan) {
    const problems = violations.map(({ message }) => message);
    return { ...cell, outcome: 'refused', problems, warnings: [] };
  }
  const output = join(folder, `${request.codec}-${request.resolution}.${request.container}`);
  const made = await makeCompared(request, input, output);
  const problems = [
    ...differences(source, request, await readProxy(output)),
    ...(await mediaInfoDifferences(source, request, output)),
    ...failedChecks(made).map((failure) => `false alarm: ${failure}`),
    ...(source.warns && !plan.warnings.some((text) => source.warns?.test(text))
      ? [`no warning like ${source.warns}`]
      : []),
  ];
  const outcome = problems.length === 0 ? 'faithful' : 'differs';
  return { ...cell, outcome, problems, warnings: plan.warnings };
}

async function mediaInfoDifferences(
  source: MatrixSource,
  { container }: ProxyRequest,
  output: string,
): Promise<string[]> {
  const facts = await readByMediaInfo(output, container);
  if (!facts) return [];
  const differing: string[] = [];
  const { frames, audioTracks, timecode } = facts;
  if (frames !== null && frames !== source.frames && !source.variable) {
    differing.push(`MediaInfo: ${source.frames} frames became ${frames}`);
  }
  if (audioTracks !== source.channels.length) {
    differing.push(`MediaInfo: ${source.channels.length} audio tracks became ${audioTracks}`);
  }
  if (timecode !== null && timecode !== timecodeOf(source, container)) {
    differing.push(`MediaInfo: timecode ${source.timecode} became ${timecode}`);
  }
  return differing;
}
