import {
  type INestApplicationContext,
  type LoggerService,
  type Type,
  Module,
  type DynamicModule,
} from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { type Configuration, SettingsModule } from '../config/settings.module.ts';
import { createLogger, report } from '../logging/runner-logger.ts';
import type { RunnerSettings } from '../config/settings.ts';
import { JobModule } from '../job/job.module.ts';

/** @param logger `false` for none. @param modules needed by the command; no others are loaded. */
export function createApplication(
  { settings }: Configuration,
  logger?: LoggerService | false,
  modules?: Type[],
): Promise<INestApplicationContext> {
  const module = RunnerModule.forRoot(settings, modules);
  return NestFactory.createApplicationContext(module, {
    ...(logger !== undefined && { logger }),
    abortOnError: false,
  });
}

/** Application of a command that prints its answer to stdout: logs only warnings, to stderr. */
export async function createQuietApplication(
  configuration: Configuration,
): Promise<INestApplicationContext> {
  const { logFormat } = configuration.settings;
  const logger = createLogger({ logFormat, logLevel: 'warn' }, 'stderr');
  const app = await createApplication(configuration, logger);
  reportUnknown(configuration);
  return app;
}

/** Logs the variables that look like settings but aren't. */
export function reportUnknown({ unknown }: Configuration): void {
  for (const variable of unknown) report('variable_unknown', variable);
}

/** Root module: the settings, and the modules that a command needs. */
@Module({})
export class RunnerModule {
  static forRoot(settings: RunnerSettings, modules: Type[] = [JobModule]): DynamicModule {
    return { module: RunnerModule, imports: [SettingsModule.forRoot(settings), ...modules] };
  }
}
