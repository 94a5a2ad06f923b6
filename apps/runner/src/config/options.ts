import { delimiter, resolve } from 'node:path';
import { Option, type Command } from 'commander';
import { atLeast, wholeNumber } from './numbers.ts';
import { DEFAULT_SETTINGS as DEFAULTS, type RunnerSettings } from './settings.ts';

export const LOG_FORMATS = ['text', 'json'] as const;
export const LOG_LEVELS = ['error', 'warn', 'log', 'debug'] as const;

export interface LogSettings {
  logFormat: (typeof LOG_FORMATS)[number];
  logLevel: (typeof LOG_LEVELS)[number];
}

/** More jobs at once than this help no machine. */
const MAX_WORKERS = 1024;

const ONCE = '--once';
const DEDICATED = '--resolve-dedicated';

type PathsKey = 'requirePaths' | 'allowSourceRoots' | 'allowOutputRoots';

/** Adds every option of the runner, each with its environment variable. Flags win over variables. */
export function addRunnerOptions(command: Command): Command {
  const options = [
    ...jobOptions(),
    ...pathOptions(),
    ...httpOptions(),
    ...logOptions(),
    ...resolveOptions(),
  ];
  for (const option of options) command.addOption(option);
  return command;
}

/** The settings of a parsed command line. */
export function settingsFrom(folder: string, command: Command): RunnerSettings & LogSettings {
  // An unset variable in a script must not turn the current directory into a watch folder.
  if (folder === '') return command.error('error: <folder> is empty. Name the watch folder.');
  const options = command.opts<RunnerSettings & LogSettings>();
  const paths = (key: PathsKey) => {
    const fromVariable = command.getOptionValueSource(key) === 'env';
    return options[key]
      .flatMap((path) => (fromVariable ? path.split(delimiter) : [path]))
      .map((path) => resolve(path));
  };
  return {
    ...options,
    once: isWished(command, 'once', ONCE),
    resolveDedicated: isWished(command, 'resolveDedicated', DEDICATED),
    resolvePython: options.resolvePython || defaultPython(command),
    httpPort: options.httpPort ?? DEFAULTS.httpPort,
    folder: resolve(folder),
    requirePaths: paths('requirePaths'),
    allowSourceRoots: paths('allowSourceRoots'),
    allowOutputRoots: paths('allowOutputRoots'),
  };
}

/** Commander takes any value of a flag's variable for yes; `WFR_ONCE=false` must not mean the opposite. */
function isWished(command: Command, key: keyof RunnerSettings, flag: string): boolean {
  if (command.getOptionValueSource(key) !== 'env') return command.getOptionValue(key) === true;
  const variable = variableOf(flag);
  const text = (process.env[variable] ?? '').toLowerCase();
  if (['true', '1', 'yes'].includes(text)) return true;
  if (['false', '0', 'no', ''].includes(text)) return false;
  return command.error(`error: ${variable} is "${text}". Expected "true" or "false".`);
}

/** For an empty name: a variable without a value says nothing, a flag without one is a slip. */
function defaultPython(command: Command): string {
  if (command.getOptionValueSource('resolvePython') === 'env') return DEFAULTS.resolvePython;
  return command.error('error: --resolve-python is empty. Name a Python.');
}

function jobOptions(): Option[] {
  return [
    new Option(ONCE, 'work off what is in pending/ now, then exit').env(variableOf(ONCE)),
    option('--poll-seconds <n>', 'seconds between two scans', DEFAULTS.pollSeconds, atLeast(0.01)),
    option(
      '--max-workers <n>',
      'jobs that run at the same time',
      DEFAULTS.maxWorkers,
      wholeNumber(1, MAX_WORKERS),
    ),
    option(
      '--settle-seconds <n>',
      'a file that is no valid JSON counts as finished after this long without a change',
      DEFAULTS.settleSeconds,
      atLeast(0),
    ),
    option(
      '--stall-timeout-seconds <n>',
      'an encoder without progress for this long is stopped; 0: never',
      DEFAULTS.stallTimeoutSeconds,
      atLeast(0),
    ),
    option(
      '--shutdown-grace-seconds <n>',
      'how long running jobs may go on after SIGTERM or SIGINT',
      DEFAULTS.shutdownGraceSeconds,
      atLeast(0),
    ),
  ];
}

function pathOptions(): Option[] {
  return [
    pathsOption('--require-path <path>', 'requirePaths', 'claim nothing while it is missing'),
    pathsOption(
      '--allow-source-root <path>',
      'allowSourceRoots',
      'sources must lie under such a path',
    ),
    pathsOption(
      '--allow-output-root <path>',
      'allowOutputRoots',
      'outputs must lie under such a path',
    ),
  ];
}

function httpOptions(): Option[] {
  return [
    new Option('--http-port <n>', 'serve health and metrics on this port; 0: any free one')
      .env('WFR_HTTP_PORT')
      .argParser(wholeNumber(0, 65_535)),
    new Option('--http-host <host>', 'the address to serve them on')
      .env('WFR_HTTP_HOST')
      .default(DEFAULTS.httpHost),
  ];
}

/** Read by the Resolve engine and by `doctor`. */
function resolveOptions(): Option[] {
  return [
    new Option('--resolve-python <path>', 'the Python that loads the Resolve scripting module')
      .env('WFR_RESOLVE_PYTHON')
      .default(DEFAULTS.resolvePython),
    option(
      '--resolve-connect-seconds <n>',
      'how long Resolve may take to answer at all',
      DEFAULTS.resolveConnectSeconds,
      atLeast(0),
    ),
    option(
      '--resolve-phase-seconds <n>',
      'how long Resolve may take for each step, the render itself aside',
      DEFAULTS.resolvePhaseSeconds,
      atLeast(1),
    ),
    option(
      '--resolve-stall-seconds <n>',
      'a render without progress for this long is stopped',
      DEFAULTS.resolveStallSeconds,
      atLeast(1),
    ),
    new Option(
      DEDICATED,
      'nobody works in this Resolve: a project that is open may be closed for a render',
    ).env(variableOf(DEDICATED)),
  ];
}

function logOptions(): Option[] {
  return [
    new Option('--log-format <format>', 'how log lines look')
      .choices(LOG_FORMATS)
      .default('text')
      .env('WFR_LOG_FORMAT'),
    new Option('--log-level <level>', 'the least important lines shown')
      .choices(LOG_LEVELS)
      .default('log')
      .env('WFR_LOG_LEVEL'),
  ];
}

function option(
  flags: string,
  description: string,
  fallback: number,
  parse: (text: string) => number,
) {
  return new Option(flags, description).default(fallback).env(variableOf(flags)).argParser(parse);
}

/** Repeatable; its variable holds several paths with the system's path separator between them. */
function pathsOption(flags: string, key: PathsKey, description: string): Option {
  const option = new Option(flags, `${description}; repeatable`)
    .env(variableOf(flags))
    .default([], 'none')
    .argParser((path: string, paths: string[]) => [...paths, path]);
  option.attributeName = () => key;
  return option;
}

/** `--poll-seconds <n>` is `WFR_POLL_SECONDS`. */
function variableOf(flags: string): string {
  return flags.replace(/ .*/, '').replace('--', 'WFR_').replaceAll('-', '_').toUpperCase();
}
