import { JOB_EVENTS } from './job-events.ts';
import { RUNNER_EVENTS } from './runner-events.ts';

export type { ClipFacts, JobFacts } from './event.ts';

/** Everything that the runner logs: the whole vocabulary. A name that is retired is never used again. */
export const EVENTS = { ...RUNNER_EVENTS, ...JOB_EVENTS };

export type EventName = keyof typeof EVENTS;
export type EventFields<Name extends EventName> = Parameters<(typeof EVENTS)[Name]['say']>[0];
