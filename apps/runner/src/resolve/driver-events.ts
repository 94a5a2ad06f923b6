import type { ClipProperties, ResolveRender } from '@app/engines';
import type { ResolveJob } from '@app/jobspec';

/** What the driver is told on the first line of its stdin. Times are seconds. */
export interface DriverRequest {
  command: 'probe' | 'render' | 'sweep';
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
  /** Projects whose names are this and three or four numbers with `-` between them are this machine's own. */
  projectPrefix: string;
  project: string;
  /** The empty project of ours that is open between clips. */
  parking: string;
  /** What every project of ours has, and what a timeline has that needs settings of its own. */
  projectSettings: Readonly<Record<string, string>>;
  timelineSettings: Readonly<Record<string, string>>;
  source: DriverSource;
  /** What the project has before the clip comes in; `null` leaves it at its default. */
  rate: string | null;
  /** The empty folder, in the output directory, that Resolve renders into; and the file's name, without extension. */
  directory: string;
  stem: string;
}

/** A file, or numbered frames whose names follow C's printf. */
export type DriverSource = { path: string } | { path: string; start: number; end: number };

/** Later lines: the answer to a `clip` event, or the wish to stop. */
export type DriverCommand = { command: 'plan'; plan: ResolveRender } | { command: 'cancel' };

/** Who answered. */
export interface ResolveInfo {
  product: string;
  version: string;
  /** The Python that reached it, and the module it used. */
  python: string;
  module: string | null;
}

export interface DriverError {
  code: string;
  phase: string;
  message: string;
  detail: unknown;
}

/** One line of the driver's stdout. */
export type DriverEvent =
  | { event: 'phase'; phase: string }
  | { event: 'info'; resolve: ResolveInfo }
  /** Again when the clip had to be imported again: the last one counts. `rate`: which a clip without one has taken. */
  | { event: 'clip'; properties: ClipProperties; rate: number | null }
  | { event: 'project'; settings: ResolveJob['project_settings'] }
  | {
      event: 'settings';
      codec: string;
      applied: Record<string, unknown>;
      refused: string[];
    }
  | { event: 'queued'; settings: Record<string, unknown> }
  /** How Resolve behaved where no document says how it does. */
  | { event: 'observed'; what: string; value: unknown }
  | { event: 'progress'; percent: number; status: string | null }
  | { event: 'warn'; message: string }
  /** With the job of a render, or the projects that a sweep has removed. */
  | { event: 'result'; job?: string; removed?: readonly string[] }
  | ({ event: 'error' } & DriverError)
  /** With the projects of ours that stay in Resolve. */
  | { event: 'end'; left: readonly string[] };

const NAMES =
  'phase info clip project settings queued observed progress warn result error end'.split(' ');

/** Reads a line; `null` when it isn't an event of ours. */
export function parseDriverEvent(line: string): DriverEvent | null {
  try {
    const event = JSON.parse(line) as DriverEvent | null;
    return NAMES.includes(event?.event ?? '') ? event : null;
  } catch {
    return null;
  }
}
