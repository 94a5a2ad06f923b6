import type { JobReference } from './open-job.ts';

/** Where the page of a job is. */
export function jobPath(reference: JobReference): string {
  return `/jobs/${segments(reference)}`;
}

/** Where the API has a job. */
export function apiJobPath(reference: JobReference): string {
  return `/api/jobs/${segments(reference)}`;
}

function segments({ folder, state, name }: JobReference): string {
  return [folder, state, name].map(encodeURIComponent).join('/');
}
