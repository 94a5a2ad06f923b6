import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { parseTimecode } from '../../libs/engines/src/media/index.ts';
import { textOf, type ClipProperties } from '../../libs/engines/src/resolve/resolve-clip.ts';
import type { StandInResolve } from './resolve.ts';

const DRIVER = fileURLToPath(
  new URL('../../apps/runner/src/resolve/driver/resolve-driver.py', import.meta.url),
);

/** A line of the driver; `ms` is its own clock. */
export interface DriverLine {
  event: string;
  ms: number;
  [fact: string]: unknown;
}

/** Runner's answer to a clip. */
const PLAN = {
  mode: 1,
  format: 'mov',
  codecs: ['ProRes422P'],
};

/** The plan of a clip as it is: its rate, size and start. */
function planOf(properties: ClipProperties) {
  const [width, height] = textOf(properties['Resolution']).split('x').map(Number);
  const start = textOf(properties['Start TC']) || '00:00:00:00';
  const suffix = parseTimecode(start)?.dropFrame === true ? ' DF' : '';
  const timeline = {
    rate: `${textOf(properties['FPS'])}${suffix}`,
    width,
    height,
    startTimecode: start,
  };
  const size = { FormatWidth: width, FormatHeight: height };
  const settings = {
    SelectAllFrames: true,
    ExportVideo: true,
    ExportAudio: false,
    ...size,
  };
  return { ...PLAN, timeline, settings, optional: { FrameRate: properties['FPS'] } };
}

/**
 * Runs one command of the driver as the runner does, and answers a clip with a plan.
 *
 * @param plan what is otherwise in it.
 * @param cancelAt the event after which the command is cancelled.
 */
export async function runDriver(
  resolve: StandInResolve,
  request: Readonly<Record<string, unknown>>,
  plan: object = {},
  cancelAt?: (line: DriverLine) => boolean,
): Promise<DriverLine[]> {
  const all = {
    scriptApi: resolve.scriptApi,
    scriptLib: null,
    connectSeconds: 15,
    phaseSeconds: 30,
    stallSeconds: 30,
    minimumVersion: '18.0',
    mustBeIdle: false,
    stem: 'proxy',
    project: 'ours',
    projectSettings: {},
    rate: null,
    realDirectory: request['directory'] ?? '',
    namedSource: DRIVER,
    realSource: DRIVER,
    ...request,
  };
  const driver = execa('python3', ['-I', '-B', DRIVER], { env: resolve.env, reject: false });
  const say = (line: object) => driver.stdin.write(`${JSON.stringify(line)}\n`);
  say(all);
  const lines: DriverLine[] = [];
  let hasCancelled = false;
  for await (const text of driver) {
    const line = JSON.parse(text) as DriverLine;
    lines.push(line);
    if (line.event === 'clip')
      say({
        command: 'plan',
        plan: { ...planOf(line['properties'] as Record<string, unknown>), ...plan },
      });
    if (!hasCancelled && cancelAt?.(line) === true) {
      hasCancelled = true;
      say({ command: 'cancel' });
    }
  }
  return lines;
}
