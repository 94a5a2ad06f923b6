import { Global, Module, type DynamicModule } from '@nestjs/common';
import { ConfigModule, registerAs } from '@nestjs/config';
import {
  readSettings,
  unknownVariables,
  type GivenSettings,
  type UnknownVariable,
} from './read-settings.ts';
import { RunnerSettings } from './settings.ts';

/** Configuration of the process, read once. */
export interface Configuration {
  settings: RunnerSettings;
  /** Variables that look like settings but aren't. */
  unknown: readonly UnknownVariable[];
}

/**
 * Reads the settings before there is an application: the logger and the choice of modules need them.
 *
 * @param given takes precedence over the environment.
 * @param usual defaults of a command.
 * @throws SettingsError that names every value that can't be used.
 */
export function configure(given: GivenSettings, usual: GivenSettings = {}): Configuration {
  const { env } = process;
  return { settings: readSettings(given, env, usual), unknown: unknownVariables(env) };
}

/** Provides {@link RunnerSettings} to every module. */
@Global()
@Module({})
export class SettingsModule {
  static forRoot(settings: RunnerSettings): DynamicModule {
    const runner = registerAs('runner', () => settings);
    return {
      module: SettingsModule,
      // ConfigModule's default env file is resolved against the working directory, which may be gone.
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
