import { describe, expect, it } from 'vitest';
import { causeKeyOf, CAUSES } from './causes.ts';
import { FAILURE_TYPES } from './failure-types.ts';
import { JobFailure } from './job-failure.ts';
import { DIFFERENCE_CAUSES, type DifferenceCause } from './proxy-causes.ts';

describe('causes', () => {
  it('are there for every type of failure', () => {
    const types = new Set(Object.values(CAUSES).map(({ type }) => type));
    expect(FAILURE_TYPES.filter((type) => !types.has(type))).toEqual([]);
  });

  it('are data, and the source that is to blame with them', () => {
    const violations = [{ path: 'sources[3]', message: 'Missing source file: /a.mov' }];
    const facts = { sources: ['/a.mov'], advice: '' };
    const failure = new JobFailure('sources_missing', facts, { violations });
    expect(failure).toMatchObject({ type: 'MissingSourcesError', finalStatus: 'PARTIAL' });
    expect(failure.facts).toMatchObject({
      code: 'sources_missing',
      arguments: facts,
      source_index: 3,
      advice: expect.stringContaining('Put the clips where the JobSpec says') as string,
    });
  });

  it('of the machine may go away by themselves, those of JobSpec and source not', () => {
    const isRetryable = (failure: JobFailure) => failure.facts.retryable;
    const exited = { exit_code: 1, signal: null, said: null };
    expect(isRetryable(new JobFailure('no_space', { directory: '/proxies' }))).toBe(true);
    expect(isRetryable(new JobFailure('machine_refused', exited))).toBe(true);
    expect(isRetryable(new JobFailure('source_damaged', exited))).toBe(false);
    expect(isRetryable(new JobFailure('output_exists', { paths: [] }))).toBe(false);
  });

  it('of a proxy that differs come out the same again, but for one that can’t be read back', () => {
    const facts = { checks: [], difference: 'it has 239 frames', remedy: '' };
    const codes = Object.keys(DIFFERENCE_CAUSES) as DifferenceCause[];
    const again = codes.filter((code) => new JobFailure(code, facts).facts.retryable);
    expect(again).toEqual(['output_undecodable']);
  });

  it('that would come out the same again don’t say to submit the same job again', () => {
    const same = Object.entries(CAUSES).filter(([, { retryable }]) => retryable === false);
    const told = same.filter(([, { advice }]) => /(?:^|\. )Submit the job again/.test(advice));
    expect(told.map(([code]) => code)).toEqual([]);
  });

  it('of a program that was killed may go away, those of one that gave up not', () => {
    const ended = (exit_code: number | null, signal: string | null) =>
      new JobFailure('encoder_exited', { exit_code, signal, said: null }).facts.retryable;
    expect([ended(null, 'SIGKILL'), ended(1, null)]).toEqual([true, false]);
  });

  it('are bounded, whatever the input', () => {
    const sources = Array.from({ length: 10_000 }, () => 'x'.repeat(5000));
    const { facts } = new JobFailure('sources_missing', { sources, advice: '' });
    expect(JSON.stringify(facts).length).toBeLessThan(20_000);
  });

  it('are one for failures that differ by names, places and lengths only', () => {
    const keyOf = (path: string, seconds: number) =>
      causeKeyOf(new JobFailure('probe_stalled', { path, seconds }).facts);
    expect(keyOf('/a.mov', 5)).toBe(keyOf('/b.mov', 7));
  });

  it('are two where the exit code differs, or what was said', () => {
    const keyOf = (exit_code: number, said: string | null) =>
      causeKeyOf(new JobFailure('encoder_exited', { exit_code, signal: null, said }).facts);
    expect(new Set([keyOf(1, null), keyOf(2, null), keyOf(1, 'it is cut')]).size).toBe(3);
  });

  it('are two where other checks failed', () => {
    const keyOf = (...checks: string[]) =>
      causeKeyOf(new JobFailure('output_differs', { checks, difference: '', remedy: '' }).facts);
    expect(keyOf('size')).not.toBe(keyOf('start_timecode'));
  });

  it('of newer runners have keys, too', () => {
    expect(causeKeyOf({ code: 'constructor', arguments: {} })).toContain('constructor');
  });
});
