import { describe, expect, it } from 'vitest';
import {
  archiveName,
  compareNames,
  jobNameOfResult,
  refusalOfName,
  resultNameOf,
} from './names.ts';

describe('job names', () => {
  it('give the name of the result and back', () => {
    expect(resultNameOf('day.3.json')).toBe('day.3.result.json');
    expect(jobNameOfResult('day.3.result.json')).toBe('day.3.json');
  });

  it.each(['job.json', 'Ünïcödé 🎬.json', `${'x'.repeat(243)}.json`])('may be %s', (name) => {
    expect(refusalOfName(name)).toBeNull();
  });

  it.each([
    ['._job.json', 'begins with a dot'],
    ['job.JSON', 'does not end in .json'],
    ['job.txt', 'does not end in .json'],
    ['job.result.json', 'is a result file'],
    [`${'x'.repeat(244)}.json`, 'too long'],
    [`${'ü'.repeat(122)}.json`, 'too long'],
  ])('may not be %s, which %s', (name, refusal) => {
    expect(refusalOfName(name)).toContain(refusal);
  });

  it('are numbered when an archived name is taken', () => {
    expect([1, 2, 10].map((attempt) => archiveName('job.json', attempt))).toEqual([
      'job.json',
      'job.2.json',
      'job.10.json',
    ]);
  });

  it.each(['x'.repeat(243), '🎬'.repeat(60), 'ü'.repeat(121)])(
    'are shortened between characters when the number leaves no room',
    (stem) => {
      const name = archiveName(`${stem}.json`, 12);
      expect(name).toMatch(/\.12\.json$/);
      expect(Buffer.byteLength(resultNameOf(name))).toBeLessThanOrEqual(255);
      expect(stem.startsWith(name.replace('.12.json', ''))).toBe(true);
      expect(encodeURIComponent(name)).not.toContain('%EF%BF%BD');
    },
  );

  it('are ordered by code point, independent of locale and of UTF-16', () => {
    const ordered = ['A.json', 'Z.json', 'a.json', 'ä.json', '\uFF21.json', '🎬.json'];
    expect(ordered.toReversed().sort(compareNames)).toEqual(ordered);
    expect(['a.json', 'a', 'aa.json'].sort(compareNames)).toEqual(['a', 'a.json', 'aa.json']);
  });
});
