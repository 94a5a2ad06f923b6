import { describe, expect, it } from 'vitest';
import { FINAL_STATUSES } from '../result/result.ts';
import {
  archiveName,
  archiveOf,
  ARCHIVES,
  isJobOrResultName,
  isResultName,
  JOB_STATES,
  jobNameOf,
  jobNameOfResult,
  OWN_DIRECTORY,
  refusalOfName,
  resultNameOf,
  silentAfterSeconds,
  stemOf,
  temporaryResultName,
} from '../folder.ts';

describe('the watch-folder protocol', () => {
  it('has four states, two of them archives', () => {
    expect(JOB_STATES).toEqual(['pending', 'running', 'completed', 'failed']);
    expect(ARCHIVES).toEqual(['completed', 'failed']);
  });

  it.each(FINAL_STATUSES)('archives %s where it belongs', (status) => {
    expect(archiveOf(status)).toBe(status === 'COMPLETED' ? 'completed' : 'failed');
  });

  it.each(['x', 'x.2', 'a b', 'x.result', '日本', 'x.json'])(
    'finds from the stem %j to job and result and back',
    (stem) => {
      const job = jobNameOf(stem);
      expect(stemOf(job)).toBe(stem);
      expect(jobNameOfResult(resultNameOf(job))).toBe(job);
      expect(isResultName(resultNameOf(job))).toBe(true);
    },
  );

  it('tells files of jobs from all others', () => {
    expect(['x.json', 'x.result.json', 'result.json'].every(isJobOrResultName)).toBe(true);
    expect(['.x.json', '._x.result.json', 'x.JSON', 'x.txt', 'json'].some(isJobOrResultName)).toBe(
      false,
    );
  });

  it('numbers a taken name from 2 on, result and job alike', () => {
    expect([1, 2, 3].map((attempt) => archiveName('x.json', attempt))).toEqual([
      'x.json',
      'x.2.json',
      'x.3.json',
    ]);
    expect(resultNameOf(archiveName('x.json', 2))).toBe('x.2.result.json');
  });

  it('keeps names of its own that no job can have', () => {
    for (const name of [OWN_DIRECTORY, temporaryResultName(1)])
      expect(refusalOfName(`${name}.json`)).toBe('its name begins with a dot');
    expect(isJobOrResultName(temporaryResultName(1))).toBe(false);
  });

  it.each([
    [0.5, 10],
    [2, 10],
    [3, 15],
    [60, 300],
  ])('calls a runner that scans every %s s silent after %s s', (poll, silent) => {
    expect(silentAfterSeconds(poll)).toBe(silent);
  });
});
