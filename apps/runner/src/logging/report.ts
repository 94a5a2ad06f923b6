import { Logger } from '@nestjs/common';
import type { ResultHead } from '@app/jobspec';
import { EVENTS, type EventFields, type EventName, type JobFacts } from './events.ts';

/** Logs an event: a sentence for people, and its fields for programs. */
export function report<Name extends EventName>(name: Name, fields: EventFields<Name>): void {
  const { level, context, say } = EVENTS[name];
  const sentence = (say as (fields: EventFields<Name>) => string)(fields);
  new Logger(context)[level](sentence, { event: name, ...fields });
}

/** A job of which only the file name is known. */
export function unreadJob(job: string): JobFacts {
  return { job, job_id: null, worker_id: null };
}

/** A job that has a result. */
export function endedJob(job: string, { job_id, _metadata }: ResultHead): JobFacts {
  return { job, job_id, worker_id: _metadata.worker_id };
}
