import type { FinalStatus } from '../result/result.ts';

/** The directories of a watch folder that hold jobs, in the order of a job's life; each is the state of the jobs in it. */
export const JOB_STATES = ['pending', 'running', 'completed', 'failed'] as const;
export type JobState = (typeof JOB_STATES)[number];

/** The directories that hold decided jobs. An archived name is unique across both. */
export const ARCHIVES = ['completed', 'failed'] as const satisfies readonly JobState[];

/** The directory that a decided job and its result end in. */
export const archiveOf = (status: FinalStatus): (typeof ARCHIVES)[number] =>
  status === 'COMPLETED' ? 'completed' : 'failed';
