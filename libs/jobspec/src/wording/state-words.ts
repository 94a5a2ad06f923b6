/** What people are told where a job, a clip or a proxy stands, in pages, CSV and on the command line alike. Files and the API have names of their own. */
export const STATE_WORDS = {
  done: 'Done',
  /** Was done, and is gone or of another size. */
  lost: 'Lost',
  /** Was begun, and not made. */
  failed: 'Failed',
  /** Its JobSpec, its sources or its output folder were wrong: nothing was begun. */
  rejected: 'Rejected',
  /** Its job failed or was rejected before it. */
  missing: 'Missing',
  notPlanned: 'Not planned',
  queued: 'Queued',
  running: 'Running',
  /** Its runner ended meanwhile. */
  interrupted: 'Interrupted',
  /** Its result can't be read. */
  unknown: 'Unknown',
} as const;
export type StateWord = (typeof STATE_WORDS)[keyof typeof STATE_WORDS];
