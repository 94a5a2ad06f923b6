import type { ClipRender } from '@app/engines';
import { jsonIn, type ResolveJob } from '@app/jobspec';

/** First line of the driver's stdin. Times are in seconds. */
export interface DriverRequest extends Partial<RenderTask> {
  command: 'probe' | 'render';
  scriptApi: string;
  /** Scripting library; `null` lets Resolve's own loader find it. */
  scriptLib: string | null;
  connectSeconds: number;
  phaseSeconds: number;
  stallSeconds: number;
  /** Oldest supported version of Resolve. */
  minimumVersion: string;
  /** True if a probe must fail while Resolve renders. */
  mustBeIdle: boolean;
  /** Name of the runner's project; those for a certain frame rate have the rate appended. */
  project: string;
  /** Settings of all projects of the runner. */
  projectSettings: Readonly<Record<string, string>>;
}

/** Parameters of one render. */
export interface RenderTask {
  source: DriverSource;
  /** Path of the file, folder or first frame: as named in the JobSpec, and resolved. */
  namedSource: string;
  realSource: string;
  /** Frame rate set in the project before the clip is imported; `null` keeps the project's rate. */
  rate: string | null;
  /** Empty folder for the render: below the output directory as named in the JobSpec, and resolved. */
  directory: string;
  realDirectory: string;
  /** File name without extension. */
  stem: string;
}

/** A file, or numbered frames given by a printf pattern. */
export type DriverSource = { path: string } | { path: string; start: number; end: number };

/** Later lines of the driver's stdin: the answer to a `clip` event, or a cancellation. */
export type DriverCommand = { command: 'plan'; plan: ClipRender['render'] } | { command: 'cancel' };

/** Product, version, the Python that reached it, and the module it used. */
export type ResolveInfo = Record<'product' | 'version' | 'python', string> & {
  module: string | null;
};

export interface DriverError {
  code: string;
  phase: string;
  message: string;
}

/** One line of the driver's stdout. */
export type DriverEvent =
  /** `seconds`: longest time between two events of the phase. */
  | { event: 'phase'; phase: string; seconds: number }
  | { event: 'info'; resolve: ResolveInfo }
  /** Sent again if the clip had to be imported again; the last one counts. `rate`: the project's, if it was set for a clip without one. */
  | { event: 'clip'; properties: NonNullable<ResolveJob['clip']>; rate: number | null }
  /** `refused`: settings that read back differently. */
  | ({ event: 'project'; refused: string[] } & Pick<ResolveJob, 'project_settings' | 'colour'>)
  | { event: 'settings'; codec: string; applied: Record<string, unknown>; refused: string[] }
  | { event: 'queued'; settings: Record<string, unknown> }
  /** Behaviour of Resolve that no document describes. */
  | { event: 'observed'; what: string; value: unknown }
  | { event: 'progress'; percent: number; status: string | null }
  | { event: 'result'; job?: string }
  | ({ event: 'error' } & DriverError);

/** Parses a line; `null` if it isn't JSON, such as output of another program in place of Python. */
export function parseDriverEvent(line: string): DriverEvent | null {
  return jsonIn(line) as DriverEvent | null;
}
