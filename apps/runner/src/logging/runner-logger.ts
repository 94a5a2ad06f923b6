import { isatty } from 'node:tty';
import { ConsoleLogger, Logger, type LogLevel } from '@nestjs/common';
import { type ResultHead, withoutControls } from '@app/jobspec';
import type { LogSettings } from '../config/settings.ts';
import { printableText, Progress } from './print.ts';
import { type EventFields, type EventName, EVENTS, type JobFacts } from './events.ts';

const FILE_DESCRIPTORS = { stdout: 1, stderr: 2 } as const;
type Stream = keyof typeof FILE_DESCRIPTORS;

/** From the most to the least important. */
const LEVELS: readonly LogLevel[] = ['fatal', 'error', 'warn', 'log', 'debug'];

/** Contexts in which Nest logs its own start; these lines are dropped. */
const START_CONTEXTS = new Set(['NestFactory', 'InstanceLoader']);

/** Event name of lines that a library wrote. */
const FOREIGN_EVENT = 'other';

/** Logger of the process: sentences for people, or one JSON object per line with the fields of its event. */
class RunnerLogger extends ConsoleLogger {
  /** Stream for all lines but errors, which always go to stderr. */
  stream: Stream = 'stdout';

  override log(message: unknown, ...params: unknown[]): void {
    if (!START_CONTEXTS.has(String(params.at(-1)))) super.log(message, ...params);
  }

  protected override printMessages(
    messages: unknown[],
    context?: string,
    level?: LogLevel,
    wanted?: Stream,
    stack?: unknown,
    params?: Record<string, unknown>,
  ): void {
    Progress.clearLine();
    const stream = wanted === 'stderr' ? wanted : this.stream;
    // The sentence contains everything but a stack trace.
    const fields = this.options.json ? params : undefined;
    const lines = this.options.json ? messages : messages.map(plain);
    super.printMessages(lines, context, level, stream, stack, fields);
    if (typeof params?.['stack'] === 'string') this.printStackTrace(printableText(params['stack']));
  }

  protected override stringifyJsonLogObject(line: Record<string, unknown>): string {
    const { level, event = FOREIGN_EVENT, message, ...rest } = line;
    const timestamp = this.getTimestamp();
    const text = super.stringifyJsonLogObject({ ...rest, timestamp, level, event, message });
    return withoutControls(text);
  }

  protected override getTimestamp(): string {
    return new Date().toISOString();
  }
}

/** Message without control characters, which must never reach a terminal. */
function plain(message: unknown): unknown {
  return typeof message === 'string' ? withoutControls(message) : message;
}

/** Directs all logging to a stream. */
export function logTo(stream: Stream, settings: LogSettings): void {
  Logger.overrideLogger(createLogger(settings, stream));
}

/** @param stream for all lines but errors, which always go to stderr. */
export function createLogger(settings: LogSettings, stream: Stream = 'stdout'): ConsoleLogger {
  const { logFormat, logLevel } = settings;
  const logger = new RunnerLogger({
    prefix: 'runner',
    json: logFormat === 'json',
    flattenParams: true,
    // Escape sequences are for terminals; a file or a journal gets plain text.
    colors: logFormat === 'text' && isatty(FILE_DESCRIPTORS[stream]),
    logLevels: LEVELS.slice(0, LEVELS.indexOf(logLevel) + 1),
  });
  logger.stream = stream;
  return logger;
}

/** Logs an event: a sentence for people, and its fields for programs. */
export function report<Name extends EventName>(name: Name, fields: EventFields<Name>): void {
  const { level, context, text } = EVENTS[name];
  const sentence = (text as (fields: EventFields<Name>) => string)(fields);
  new Logger(context)[level](sentence, { event: name, ...fields });
}

/** Facts of a job of which only the file name is known. */
export function unreadJob(job: string): JobFacts {
  return { job, job_id: null, worker_id: null };
}

/** Facts of a job that has a result. */
export function endedJob(job: string, { job_id, _metadata }: ResultHead): JobFacts {
  return { job, job_id, worker_id: _metadata.worker_id };
}
