import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { driverFailure, HINTS, unavailable } from './driver-failure.ts';

const OF_RUNNER = ['PYTHON_MISSING', 'RESOLVE_HUNG', 'DRIVER_CRASHED'];
const hung = { since: '2026-11-24T22:21:44.000Z', phase: 'queue' };

const error = (code: string) => ({ code, phase: 'gate', message: 'It is so' });

async function allCodes(): Promise<string[]> {
  const folder = new URL('driver/', import.meta.url);
  const sources = await Promise.all(
    (await readdir(folder)).map((name) => readFile(new URL(name, folder), 'utf8')),
  );
  const raised = sources.join().matchAll(/(?:Fault\(|code=)"([A-Z_]+)"/g);
  const codes = [...new Set([...raised].map(([, code = '']) => code))];
  expect(codes.length).toBeGreaterThan(20);
  return [...codes, ...OF_RUNNER];
}

describe('every error of the driver', () => {
  it('has a type, its code, and a sentence on what to do', async () => {
    for (const code of await allCodes()) {
      const { type, message } = driverFailure(error(code));
      expect(type).toMatch(/^Engine(?:Unavailable|Stalled)?Error$/);
      expect(message).toContain(code);
      expect(message.replace(/ \[\w+\]$/, '')).toMatch(/It is so( \(.*\))?\. [A-Z].{10,}[.?]$/);
    }
  });

  it('is in the list of the documentation, and nothing else is', async () => {
    const codes = await allCodes();
    const docs = await readFile(new URL('../../../../docs/resolve.md', import.meta.url), 'utf8');
    const rows = docs.split('\n').filter((line) => /^- `[A-Z_]+`/.test(line));
    const told = rows.flatMap((row) => (row.split(': ')[0] ?? '').match(/[A-Z_]{5,}/g) ?? []);
    expect(told.toSorted()).toEqual(codes.toSorted());
    expect(Object.keys(HINTS).toSorted()).toEqual(codes.toSorted());
  });

  it('names the phase where it says something', () => {
    expect(driverFailure(error('START_REFUSED')).message).toMatch(
      /^It is so \(START_REFUSED in phase gate\)\. A dialog may be open/,
    );
  });
});

it('a Resolve that hung before says when, where, and what must happen', () => {
  expect(unavailable(error('RESOLVE_HUNG'), hung)).toMatchObject({
    type: 'EngineUnavailableError',
    message: expect.stringMatching(
      /^Resolve is required for this media but is not available: It is so in phase gate\. It hung at 2026-11-24T22:21:44\.000Z in phase queue, and gets no more renders until it answers and is idle\. A dialog .*\[RESOLVE_HUNG\]$/,
    ),
  });
});

it('a render that did not stop is not waited for', () => {
  const { message } = unavailable(error('RESOLVE_BUSY'), { ...hung, phase: 'stop' });
  expect(message).toMatch(/is idle\. Quit Resolve \(kill its process if it won't quit\).*BUSY/);
  expect(unavailable(error('RESOLVE_BUSY'), hung).message).toMatch(/when that render has ended/);
});
