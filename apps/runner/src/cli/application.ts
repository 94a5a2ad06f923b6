import type { INestApplicationContext, LoggerService, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { Configuration } from '../config/settings.module.ts';
import { createLogger, report } from '../logging/runner-logger.ts';
import { RunnerModule } from './runner.module.ts';

/** @param logger `false` for none. @param further modules that only some runners need. */
export function createApplication(
  { settings }: Configuration,
  logger?: LoggerService | false,
  further: Type[] = [],
): Promise<INestApplicationContext> {
  const module = RunnerModule.forRoot(settings, further);
  return NestFactory.createApplicationContext(module, {
    ...(logger !== undefined && { logger }),
    abortOnError: false,
  });
}

/** For a command whose answer goes to stdout: it logs nothing but warnings, to stderr. */
export async function createQuietApplication(
  configuration: Configuration,
): Promise<INestApplicationContext> {
  const { logFormat } = configuration.settings;
  const logger = createLogger({ logFormat, logLevel: 'warn' }, 'stderr');
  const app = await createApplication(configuration, logger);
  reportUnknown(configuration);
  return app;
}

/** Names variables that look like settings and aren't. */
export function reportUnknown({ unknown }: Configuration): void {
  for (const variable of unknown) report('variable_unknown', variable);
}
