import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
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

const PLAN = {
  timeline: { rate: '24', width: 640, height: 360, startTimecode: '10:00:00:00' },
  format: 'mov',
  codecs: ['ProRes422P'],
  settings: {
    SelectAllFrames: true,
    ExportVideo: true,
    ExportAudio: false,
    FormatWidth: 640,
    FormatHeight: 360,
  },
  optional: {},
  hasSizeLimit: false,
};

/** Runs one command of the driver as the runner does, and answers a clip with a plan. */
export async function runDriver(
  resolve: StandInResolve,
  request: Readonly<Record<string, unknown>>,
  plan: object = {},
): Promise<DriverLine[]> {
  const times = { connectSeconds: 15, phaseSeconds: 30, stallSeconds: 30 };
  const gate = { minimumVersion: '18.0', mustBeIdle: false, scriptLib: null };
  const names = { projectPrefix: 'ours ', project: 'ours 1-1-1', stem: 'proxy' };
  const settings = {
    parking: 'ours parking',
    projectSettings: {},
    timelineSettings: {},
    rate: null,
  };
  const all = {
    scriptApi: resolve.scriptApi,
    ...times,
    ...gate,
    ...names,
    ...settings,
    ...request,
  };
  const driver = execa('python3', ['-I', '-B', DRIVER], { env: resolve.env, reject: false });
  const say = (line: object) => driver.stdin.write(`${JSON.stringify(line)}\n`);
  say(all);
  const lines: DriverLine[] = [];
  for await (const text of driver) {
    const line = JSON.parse(text) as DriverLine;
    lines.push(line);
    if (line.event === 'clip') say({ command: 'plan', plan: { ...PLAN, ...plan } });
  }
  return lines;
}
