import { ConsoleLogger, type LogLevel } from '@nestjs/common';
import type { LogSettings } from './config/options.ts';

/** From the most to the least important. */
const LEVELS: readonly LogLevel[] = ['fatal', 'error', 'warn', 'log', 'debug'];

/** The process's logger: lines for people, or one JSON object a line. */
export function createLogger({ logFormat, logLevel }: LogSettings): ConsoleLogger {
  return new ConsoleLogger({
    prefix: 'runner',
    json: logFormat === 'json',
    logLevels: LEVELS.slice(0, LEVELS.indexOf(logLevel) + 1),
  });
}
