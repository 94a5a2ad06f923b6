const COUNT_OR_NULL = { type: ['integer', 'null'] };
const JOB_OR_NULL = { type: ['string', 'null'] };

/** What became of the clips that a failed job did not make. */
export const OUTCOME = {
  clips_unmade: {
    ...COUNT_OR_NULL,
    description:
      'Clips that a failed job did not make, or that nobody can tell it made; null of other jobs.',
  },
  clips_open: {
    ...COUNT_OR_NULL,
    description: 'Of these: no proxy is there, whether a retry waits or not.',
  },
  clips_made_since: { ...COUNT_OR_NULL, description: 'Of these: made by later jobs.' },
  clips_made_before: { ...COUNT_OR_NULL, description: 'Of these: there already.' },
  made_by: {
    ...JOB_OR_NULL,
    description: 'folder/state/name of a job that made some of these.',
  },
  clips_retried: {
    ...COUNT_OR_NULL,
    description: 'Of those that are open: a job that waits or runs asks for them.',
  },
  retried_by: {
    ...JOB_OR_NULL,
    description: 'folder/state/name of such a job, the latest of them.',
  },
  clips_not_known: {
    ...COUNT_OR_NULL,
    description: 'Not open: nobody can tell, because a result can’t be relied on.',
  },
  not_known_by: {
    ...JOB_OR_NULL,
    description: 'folder/state/name of a later job that has such a result.',
  },
};
