import type { DynamicModule } from '@nestjs/common';
import { ConfigModule, registerAs } from '@nestjs/config';
import { readSettings, type GivenSettings } from './read-settings.ts';
import { RunnerSettings } from './settings.ts';
import { unknownVariables, type UnknownVariable } from './unknown-variables.ts';

/** What the runner was told, read once. */
export interface Configuration {
  settings: RunnerSettings;
  /** Variables that look like settings and aren't. */
  unknown: readonly UnknownVariable[];
  /** Lets every module have {@link RunnerSettings} by its type. */
  module: DynamicModule;
}

/**
 * Reads the settings through Nest's configuration, which hands over the process's environment.
 *
 * @param given what wins over the environment.
 * @throws SettingsError that names every value that can't be used.
 */
export async function configure(given: GivenSettings): Promise<Configuration> {
  let unknown: readonly UnknownVariable[] = [];
  let settings = new RunnerSettings();
  const checked = registerAs('runner', () => settings);
  const configuration = await ConfigModule.forRoot({
    ignoreEnvFile: true,
    // The default is a path in the working directory, which may be gone.
    envFilePath: [],
    skipProcessEnv: true,
    validate: (environment: Record<string, string>) => {
      settings = readSettings(given, environment);
      unknown = unknownVariables(environment);
      // What lies a level deeper, ConfigModule doesn't write into the environment, which child processes inherit.
      return { runner: settings };
    },
    load: [checked],
  });
  const module = {
    module: SettingsModule,
    global: true,
    imports: [configuration],
    providers: [{ provide: RunnerSettings, useExisting: checked.KEY }],
    exports: [RunnerSettings],
  };
  return { settings, unknown, module };
}

class SettingsModule {}
