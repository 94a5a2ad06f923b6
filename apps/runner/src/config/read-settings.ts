import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import { printable } from '@app/jobspec';
import { type Setting, settingsOf } from './setting-kinds.ts';
import { RunnerSettings } from './settings.ts';
import { nearest } from './nearest.ts';

/** Settings by property: text of flags, or values. Missing ones are read from the environment. */
export type GivenSettings = Readonly<
  Partial<Record<keyof RunnerSettings, unknown>> & { folder?: string }
>;

export type Environment = Readonly<Record<string, string | undefined>>;

/** Invalid settings, one sentence per line. The process ends with exit code 2. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';

  constructor(readonly lines: readonly string[]) {
    super(lines.join('\n'));
  }
}

/**
 * Reads and checks every setting. Given values take precedence over the environment, and the environment over the defaults.
 *
 * @param usual defaults of a command.
 * @throws SettingsError that names every value that can't be used.
 */
export function readSettings(
  given: GivenSettings,
  environment: Environment,
  usual: GivenSettings = {},
): RunnerSettings {
  const found = { ...usual, ...fromVariables(environment), ...definedIn(given) };
  const settings = plainToInstance(RunnerSettings, found);
  const errors = validateSync(settings);
  if (errors.length === 0) return settings;
  throw new SettingsError(errors.map((error) => sentenceOf(error, found, given)));
}

function fromVariables(environment: Environment): Record<string, unknown> {
  const found: Record<string, unknown> = {};
  for (const { key, variable, isList, isWord, separator } of settingsOf(RunnerSettings)) {
    const text = environment[variable];
    if (text === undefined || (isWord && text === '')) continue;
    found[key] = isList ? text.split(separator) : text;
  }
  return found;
}

function definedIn(given: GivenSettings): GivenSettings {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

function sentenceOf(
  { property, constraints = {} }: ValidationError,
  found: Readonly<Record<string, unknown>>,
  given: GivenSettings,
): string {
  const setting = settingsOf(RunnerSettings).find(({ key }) => key === property);
  const [message = `${property} is invalid`] = Object.values(constraints);
  if (!setting) return message;
  const isFlag = Object.hasOwn(given, property);
  const text = printable(String(found[property]));
  return message
    .replace('{what}', () => whatCame(setting, text, isFlag))
    .replace('{name}', () => (isFlag ? setting.flag : setting.variable))
    .replace('{text}', () => text);
}

function whatCame({ flag, argument, variable }: Setting, text: string, isFlag: boolean): string {
  const shown = `'${text.slice(1, -1)}'`;
  const option = `option '${flag} ${argument}'`;
  return isFlag ? `${option} argument ${shown}` : `${option} value ${shown} from env '${variable}'`;
}

/** A `WFR_…` variable that is no setting: a typo, or a setting of another version. */
export interface UnknownVariable {
  variable: string;
  /** Setting that was probably meant. */
  nearest: string | null;
}

/** Sentence about an unknown variable, with the setting that was probably meant. */
export function unknownVariableSentence({ variable, nearest }: UnknownVariable): string {
  const advice = nearest === null ? '--help lists all' : `did you mean ${nearest}`;
  return `${printable(variable).slice(1, -1)} is not a setting of the runner and is ignored; ${advice}`;
}

/** Variables of the dashboard and `docker/compose.yaml`, which may share the environment. */
const UNRELATED = /^WFR_(DASHBOARD_.*|WATCH|SOURCES|PROXIES|USER|CPUS|MEMORY|STARTED_BY|PROGRAM)$/;

/** Variables that look like settings of the runner but aren't. */
export function unknownVariables(environment: Environment): UnknownVariable[] {
  const known = settingsOf(RunnerSettings).map(({ variable }) => variable);
  return Object.keys(environment)
    .filter((name) => name.startsWith('WFR_') && !known.includes(name) && !UNRELATED.test(name))
    .sort()
    .map((variable) => ({ variable, nearest: nearest(variable, known) }));
}
