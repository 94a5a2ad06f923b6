import type { PathRule } from '@app/storage';
import { Choice, Maps, Path, Paths, Seconds, Switch, Text, WholeNumber } from './setting-kinds.ts';

export const LOG_FORMATS = ['text', 'json'] as const;
export const LOG_LEVELS = ['error', 'warn', 'log', 'debug'] as const;

/** No machine benefits from more parallel jobs. */
const MAX_WORKERS = 1024;

/**
 * All settings of a runner, one property each. Flags, environment variables, `--help`, `deploy/runner.env` and the table in
 * `docs/operations.md` are made from this class.
 */
export class RunnerSettings {
  /** Absolute path of the watch folder. */
  readonly folder: string = '';

  @Switch({ about: 'do what is in pending/ now, then exit' })
  readonly once: boolean = false;

  @Seconds({
    from: 0.01,
    about: 'seconds between two scans',
    more: 'Above 60, the HEALTHCHECK of the image and the alert RunnerScansStopped must wait longer too.',
  })
  readonly pollSeconds: number = 2;

  @WholeNumber({
    from: 1,
    to: MAX_WORKERS,
    about: 'jobs that run at the same time',
    more: 'Clips of one job run one after the other. docs/performance.md says how many jobs help.',
  })
  readonly maxWorkers: number = 1;

  @Seconds({
    from: 0,
    about: 'a file that is not valid JSON counts as finished after this long without a change',
  })
  readonly settleSeconds: number = 5;

  @Seconds({
    from: 0,
    about: 'an encoder or a probe without progress for this long is stopped; 0: never',
  })
  readonly stallTimeoutSeconds: number = 900;

  @Seconds({
    from: 0,
    about: 'how long running jobs may go on after SIGTERM or SIGINT',
    more: 'The service manager must wait longer.',
  })
  readonly shutdownGraceSeconds: number = 30;

  @Paths({
    about: 'claim no job while this path is missing',
    more: 'An empty mount point counts as missing too: a lost mount must not fail the queue. Name a file on the share.',
    example: '/mnt/raid/.mounted',
  })
  readonly requirePaths: readonly string[] = [];

  @Paths({
    about: 'sources must be inside this directory',
    more: 'Symbolic links are resolved. Without it, sources may be anywhere.',
    example: '/mnt/raid',
  })
  readonly allowSourceRoots: readonly string[] = [];

  @Paths({
    about: 'outputs must be inside this directory',
    more: 'Symbolic links are resolved. Without it, outputs may be anywhere.',
    example: '/mnt/raid/proxies',
  })
  readonly allowOutputRoots: readonly string[] = [];

  @Path({
    about: 'keep the small copies of frames that proxies are compared with in this directory',
    more: 'Without it, they lie in the watch folder, or beside the proxy. A local disk is faster than a share. docs/operations.md says how much space they take.',
    example: '/var/tmp/watch-folder-runner',
  })
  readonly scratchDirectory: string | null = null;

  @Path({
    about: 'start this program after each job, with the path of its result',
    more: 'Without a shell, one at a time, for at most 60 seconds; docs/operations.md has examples.',
    example: '/usr/local/lib/after-job.sh',
  })
  readonly afterJob: string | null = null;

  @Maps({
    about:
      'translate paths in JobSpecs, results and lists: what begins with FROM begins with TO here',
    more: 'If several match, the longest FROM counts. FROM may be a Windows path: Z:\\=/mnt/raid. In the variable, put ";" between several.',
    example: '/Volumes/raid=/mnt/raid',
  })
  readonly mapPaths: readonly PathRule[] = [];

  @WholeNumber({
    from: 0,
    to: 65_535,
    about: 'serve health and metrics on this port; 0: any free one',
    more: 'They are /healthz/live, /healthz/ready and /metrics. Without a port nothing is served.',
    example: '9464',
  })
  readonly httpPort: number | null = null;

  @Text({
    argument: '<host>',
    about: 'the address of the HTTP port',
    advice: 'Name an address.',
  })
  readonly httpHost: string = '127.0.0.1';

  @Text({
    argument: '<path>',
    about: 'the Python that loads the Resolve scripting module',
    advice: 'Name a Python.',
  })
  readonly resolvePython: string = 'python3';

  @Seconds({ from: 0, about: 'how long Resolve may take to become ready' })
  readonly resolveConnectSeconds: number = 15;

  @Seconds({
    from: 1,
    about: 'how long Resolve may take for each step, except the render',
  })
  readonly resolvePhaseSeconds: number = 120;

  @Seconds({ from: 1, about: 'a render without progress for this long is stopped' })
  readonly resolveStallSeconds: number = 180;

  @Choice({ argument: '<format>', about: 'how log lines look' }, LOG_FORMATS)
  readonly logFormat: (typeof LOG_FORMATS)[number] = 'text';

  @Choice({ argument: '<level>', about: 'the least important lines shown' }, LOG_LEVELS)
  readonly logLevel: (typeof LOG_LEVELS)[number] = 'log';
}

/** Default values of all settings. */
export const DEFAULT_SETTINGS: RunnerSettings = new RunnerSettings();

export type LogSettings = Pick<RunnerSettings, 'logFormat' | 'logLevel'>;
