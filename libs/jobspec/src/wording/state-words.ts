/**
 * Words for the states of jobs, clips and proxies, in pages, CSV and on the command line. Files and the API have their own
 * names.
 */
export const STATE_WORDS = {
  done: 'Done',
  /** Its proxy was made, and is gone or has another size. */
  lost: 'Lost',
  /** It was started, and failed. */
  failed: 'Failed',
  /** Its JobSpec, sources or output folder were refused; nothing was started. */
  rejected: 'Rejected',
  /** Its job failed or was rejected before it was started. */
  missing: 'Missing',
  notPlanned: 'Not planned',
  queued: 'Queued',
  running: 'Running',
  /** Its runner stopped while it was running. */
  interrupted: 'Interrupted',
  /** Its result can't be read. */
  unknown: 'Unknown',
} as const;
