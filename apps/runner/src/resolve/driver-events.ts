import type { ClipRender } from '@app/engines';
import { jsonIn, type ResolveJob } from '@app/jobspec';

/** What the driver is told on the first line of its stdin. Times are seconds. */
export interface DriverRequest extends Partial<RenderTask> {
  command: 'probe' | 'render';
  scriptApi: string;
  /** The scripting library; `null` leaves finding it to Resolve's own loader. */
  scriptLib: string | null;
  connectSeconds: number;
  phaseSeconds: number;
  stallSeconds: number;
  /** An older Resolve is refused. */
  minimumVersion: string;
  /** Whether a probe fails while Resolve renders. */
  mustBeIdle: boolean;
  /** The project of ours; those of a rate have the rate after it. */
  project: string;
  /** What every project of ours has. */
  projectSettings: Readonly<Record<string, string>>;
}

/** What one render needs to know beyond the settings. */
export interface RenderTask {
  source: DriverSource;
  /** Of the file, folder or first frame that the JobSpec names: by that name, and without links. */
  namedSource: string;
  realSource: string;
  /** What the project has before the clip comes in; `null` leaves it as it is. */
  rate: string | null;
  /** The empty folder that Resolve renders into, by the output directory's name in the JobSpec, and without links. */
  directory: string;
  realDirectory: string;
  /** The file's name, without extension. */
  stem: string;
}

/** A file, or numbered frames whose names follow C's printf. */
export type DriverSource = { path: string } | { path: string; start: number; end: number };

/** Later lines: the answer to a `clip` event, or the wish to stop. */
export type DriverCommand = { command: 'plan'; plan: ClipRender['render'] } | { command: 'cancel' };

/** Who answered: product, version, the Python that reached it, and the module it used. */
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
  /** `seconds`: how long Resolve may take for each of its answers. */
  | { event: 'phase'; phase: string; seconds: number }
  | { event: 'info'; resolve: ResolveInfo }
  /** Again when the clip had to be imported again: the last one counts. `rate`: which a clip without one has taken. */
  | { event: 'clip'; properties: NonNullable<ResolveJob['clip']>; rate: number | null }
  /** `refused`: of the settings, those that read otherwise than they were set. */
  | ({ event: 'project'; refused: string[] } & Pick<ResolveJob, 'project_settings' | 'colour'>)
  | { event: 'settings'; codec: string; applied: Record<string, unknown>; refused: string[] }
  | { event: 'queued'; settings: Record<string, unknown> }
  /** How Resolve behaved where no document says how it does. */
  | { event: 'observed'; what: string; value: unknown }
  | { event: 'progress'; percent: number; status: string | null }
  | { event: 'result'; job?: string }
  | ({ event: 'error' } & DriverError);

/** Reads a line; `null` when it isn't the driver's: another program may stand where its Python should. */
export function parseDriverEvent(line: string): DriverEvent | null {
  return jsonIn(line) as DriverEvent | null;
}
