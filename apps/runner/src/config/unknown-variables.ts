import { nearest, printable } from '../text/index.ts';
import { settingsOf } from './setting.decorator.ts';
import type { Environment } from './read-settings.ts';
import { RunnerSettings } from './settings.ts';

/** A `WFR_…` variable that nobody reads: a slip, or a setting of another version. */
export interface UnknownVariable {
  variable: string;
  /** The setting that was probably meant. */
  nearest: string | null;
}

/** Says of such a variable what it is, and which was probably meant. */
export function unknownVariableSentence({ variable, nearest }: UnknownVariable): string {
  const advice = nearest === null ? '--help lists all' : `did you mean ${nearest}`;
  return `${printable(variable).slice(1, -1)} is not a setting of the runner and is ignored; ${advice}`;
}

/** What others read, who may share the environment: the dashboard, and `docker/compose.yaml`. */
const OF_OTHERS = /^WFR_(DASHBOARD_.*|WATCH|SOURCES|PROXIES|USER|CPUS|MEMORY|STARTED_BY|PROGRAM)$/;

/** Finds variables that look like settings of the runner and aren't. */
export function unknownVariables(environment: Environment): UnknownVariable[] {
  const known = settingsOf(RunnerSettings).map(({ variable }) => variable);
  return Object.keys(environment)
    .filter((name) => name.startsWith('WFR_') && !known.includes(name) && !OF_OTHERS.test(name))
    .sort()
    .map((variable) => ({ variable, nearest: nearest(variable, known) }));
}
