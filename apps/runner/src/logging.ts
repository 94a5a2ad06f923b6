import { isatty } from 'node:tty';
import { ConsoleLogger, type LogLevel } from '@nestjs/common';
import type { LogSettings } from './config/options.ts';

const STDOUT = 1;

/** From the most to the least important. */
const LEVELS: readonly LogLevel[] = ['fatal', 'error', 'warn', 'log', 'debug'];

/** Who announces Nest's own start; of no use to the people who run this. */
const START_CONTEXTS = new Set(['NestFactory', 'InstanceLoader']);

/** The process's logger: lines for people, or one JSON object a line. */
class RunnerLogger extends ConsoleLogger {
  override log(message: unknown, ...params: unknown[]): void {
    if (!START_CONTEXTS.has(String(params.at(-1)))) super.log(message, ...params);
  }

  protected override getTimestamp(): string {
    return new Date().toISOString();
  }
}

export function createLogger({ logFormat, logLevel }: LogSettings): ConsoleLogger {
  return new RunnerLogger({
    prefix: 'runner',
    json: logFormat === 'json',
    // Escape sequences are for terminals; a file or a journal gets plain text.
    colors: logFormat === 'text' && isatty(STDOUT),
    logLevels: LEVELS.slice(0, LEVELS.indexOf(logLevel) + 1),
  });
}
