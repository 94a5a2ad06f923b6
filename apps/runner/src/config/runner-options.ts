import { Option, type Command } from 'commander';
import { settingsOf, type Setting } from './setting-kinds.ts';
import type { GivenSettings } from './read-settings.ts';
import { DEFAULT_SETTINGS, RunnerSettings } from './settings.ts';

/** Adds a flag for every setting of the runner. Its text is parsed and checked together with the variables. */
export function addRunnerOptions(command: Command): Command {
  for (const setting of settingsOf(RunnerSettings)) command.addOption(optionOf(setting));
  return command;
}

/** Settings given as flags on a parsed command line. */
export function givenBy(command: Command): GivenSettings {
  return command.opts<GivenSettings>();
}

/** Default of a setting as text; `null` if it has none. */
export function defaultTextOf({ key }: Setting): string | null {
  const value = DEFAULT_SETTINGS[key as keyof RunnerSettings];
  return value === null || typeof value === 'object' ? null : String(value);
}

function optionOf(setting: Setting): Option {
  const { key, flag, argument, about, isList, variable } = setting;
  const fallback = argument === null ? null : defaultTextOf(setting);
  const notes = [
    ...(isList ? ['repeatable'] : []),
    ...(fallback === null ? [] : [`default: ${fallback}`]),
    `env: ${variable}`,
  ];
  const option = new Option(
    argument === null ? flag : `${flag} ${argument}`,
    `${about} (${notes.join(', ')})`,
  );
  if (isList) option.argParser((path: string, paths?: string[]) => [...(paths ?? []), path]);
  option.attributeName = () => key;
  return option;
}
