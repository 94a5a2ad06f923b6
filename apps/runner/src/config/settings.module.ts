import { Global, Module, type DynamicModule } from '@nestjs/common';
import { ConfigModule, registerAs } from '@nestjs/config';
import {
  readSettings,
  unknownVariables,
  type GivenSettings,
  type UnknownVariable,
} from './read-settings.ts';
import { RunnerSettings } from './settings.ts';

/** What the runner was told, read once. */
export interface Configuration {
  settings: RunnerSettings;
  /** Variables that look like settings and aren't. */
  unknown: readonly UnknownVariable[];
}

/**
 * Reads the settings: the logger and the choice of modules need them before there is an application.
 *
 * @param given what wins over the environment.
 * @param usual what a command has for a default of its own.
 * @throws SettingsError that names every value that can't be used.
 */
export function configure(given: GivenSettings, usual: GivenSettings = {}): Configuration {
  const { env } = process;
  return { settings: readSettings(given, env, usual), unknown: unknownVariables(env) };
}

/** Lets every module have {@link RunnerSettings} by its type. */
@Global()
@Module({})
export class SettingsModule {
  static forRoot(settings: RunnerSettings): DynamicModule {
    const runner = registerAs('runner', () => settings);
    return {
      module: SettingsModule,
      // The default path of a file is in the working directory, which may be gone.
      imports: [
        ConfigModule.forRoot({
          ignoreEnvFile: true,
          envFilePath: [],
          skipProcessEnv: true,
          load: [runner],
        }),
      ],
      providers: [{ provide: RunnerSettings, useExisting: runner.KEY }],
      exports: [RunnerSettings],
    };
  }
}
