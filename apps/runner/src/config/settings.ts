import { registerAs } from '@nestjs/config';

/** Everything a runner can be told, read and checked once by the command line. Times are seconds. */
export interface RunnerSettings {
  /** Absolute path of the watch folder. */
  folder: string;
  /** One scan, then exit. */
  once: boolean;
  pollSeconds: number;
  maxWorkers: number;
  /** How long a file that doesn't parse must stay unchanged before it counts as finished. */
  settleSeconds: number;
  /** How long an encoder or a probe may show no progress; 0 waits for ever. */
  stallTimeoutSeconds: number;
  /** How long running jobs may go on after a stop signal. */
  shutdownGraceSeconds: number;
  /** While one of these is missing, nothing is claimed. */
  requirePaths: readonly string[];
  /** When not empty, sources must lie under one of these. */
  allowSourceRoots: readonly string[];
  /** When not empty, output directories must lie under one of these. */
  allowOutputRoots: readonly string[];
  /** Where health and metrics are served; `null`: nowhere, 0: any free port. */
  httpPort: number | null;
  httpHost: string;
  resolvePython: string;
  resolveConnectSeconds: number;
  resolvePhaseSeconds: number;
  resolveStallSeconds: number;
  /** Nobody works in this Resolve: a saved project that is open may be closed for a render. */
  resolveDedicated: boolean;
}

export const DEFAULT_SETTINGS: Omit<RunnerSettings, 'folder'> = {
  once: false,
  pollSeconds: 2,
  maxWorkers: 1,
  settleSeconds: 5,
  stallTimeoutSeconds: 900,
  shutdownGraceSeconds: 30,
  requirePaths: [],
  allowSourceRoots: [],
  allowOutputRoots: [],
  httpPort: null,
  httpHost: '127.0.0.1',
  resolvePython: 'python3',
  resolveConnectSeconds: 15,
  resolvePhaseSeconds: 120,
  resolveStallSeconds: 180,
  resolveDedicated: false,
};

/** The injection token of the settings. */
export const SETTINGS = registerAs('runner', () => ({})).KEY;

/** Makes the settings a configuration that Nest's ConfigModule can hold under {@link SETTINGS}. */
export function settingsConfiguration(settings: RunnerSettings) {
  return registerAs('runner', () => settings);
}
