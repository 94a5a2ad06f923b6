import type { Command } from 'commander';
import { type GivenSettings, SettingsError } from '../config/read-settings.ts';
import { givenBy } from '../config/runner-options.ts';
import type { Configuration } from '../config/settings.module.ts';
import { usePathRules } from '@app/storage';

/** Receives the exit code of the command that ran. */
export type End = (exitCode: number) => void;

/**
 * Configuration from flags and environment. Activates the path mapping rules for the process.
 *
 * @param folder absolute path of the watch folder; empty for commands without one.
 * @param usual defaults of the command.
 * @param fixed settings that neither flags nor environment override.
 * @throws CommanderError that names every value that can't be used.
 */
export async function configured(
  program: Command,
  folder = '',
  usual: GivenSettings = {},
  fixed: GivenSettings = {},
): Promise<Configuration> {
  const { configure } = await import('../config/settings.module.ts');
  try {
    const configuration = configure({ ...givenBy(program), ...fixed, folder }, usual);
    usePathRules(configuration.settings.mapPaths);
    return configuration;
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    return program.error(error.lines.map((line) => `error: ${line}`).join('\n'));
  }
}
