import { readJob, JobFailure, type ClipResult } from '@app/jobspec';
import { expect, it } from 'vitest';
import { ResultDraft } from './result-draft.ts';

const reading = readJob(new TextEncoder().encode('{}'));
const origin = { name: 'x.json', path: '/x.json', reading, workerId: 1 };

/** Whether the whole job may be run again, whose clips so far ended like this, and which was interrupted. */
function retryable(...ended: ClipResult['status'][]) {
  const draft = new ResultDraft(origin);
  draft.clips.push(...ended.map((status) => ({ status, source_path: '/a.mov' }) as ClipResult));
  return draft.finish(new JobFailure('interrupted', {})).cause?.retryable;
}

it('the same JobSpec may run again until a proxy of it is made', () => {
  expect(retryable()).toBe(true);
  expect(retryable('FAILED')).toBe(true);
  expect(retryable('COMPLETED', 'FAILED')).toBe(false);
});
