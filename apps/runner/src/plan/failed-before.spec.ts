import { describe, expect, it } from 'vitest';
import { foldedName } from '@app/jobspec';
import { documentOf } from './draft.ts';
import type { Outcome } from './ended-clips.ts';
import type { Clip } from './examine.ts';
import { withFailedLast } from './failed-before.ts';
import type { PlanRequest } from './plan-request.ts';
import type { OtherJobs } from './promised.ts';
import { RealNames } from './real-names.ts';

const REQUEST = { resolution: 'half', naming: '{source_name}' } as PlanRequest;
const clip = (name: string) => ({ path: `/media/${name}.mov`, medium: '/media' }) as Clip;
const document = (names: readonly string[], request = REQUEST) =>
  documentOf(
    {
      clips: names.map(clip),
      engine: 'ffmpeg',
      kind: { codec: 'h264', container: 'mp4' },
      directory: '/proxies',
      label: 'A',
    },
    request,
  );

/** Earlier jobs, by the proxies that they failed to make or made. */
function earlier(outcomes: Record<string, boolean>): OtherJobs {
  const known = Object.entries(outcomes).map(([name, hasFailed]): [string, Outcome] => [
    foldedName(`/proxies/${name}.mp4`),
    { source: `/media/${name}.mov`, completedAt: '', hasFailed, bytes: null },
  ]);
  return {
    promised: new Map(),
    ended: new Map(),
    outcomes: new Map(known),
    names: new RealNames(),
  };
}

const sources = (documents: readonly { spec: { sources: readonly string[] } }[]) =>
  documents.map(({ spec }) => spec.sources.map((path) => path.slice('/media/'.length, -4)));

describe('a clip that failed before', () => {
  it('gets a job of its own, after all others', async () => {
    const documents = [document(['a', 'b', 'c']), document(['d'])];
    const planned = await withFailedLast(documents, earlier({ b: true, c: false }), REQUEST);
    expect(sources(planned.documents)).toEqual([['a', 'c'], ['d'], ['b']]);
    expect(planned.failedBefore).toEqual(['/media/b.mov']);
  });

  it('leaves no empty job behind', async () => {
    const planned = await withFailedLast(
      [document(['a', 'b'])],
      earlier({ a: true, b: true }),
      REQUEST,
    );
    expect(sources(planned.documents)).toEqual([['a'], ['b']]);
  });

  it('stays where it is when names hang on the whole job', async () => {
    const request = { ...REQUEST, naming: '{index}' };
    const whole = document(['a', 'b'], request);
    const planned = await withFailedLast([whole], earlier({ a: true }), request);
    expect(planned).toEqual({ documents: [whole], failedBefore: [] });
  });

  it('is looked for by its proxy, whatever the case of its name', async () => {
    const known = earlier({ A: true });
    const planned = await withFailedLast([document(['a', 'b'])], known, REQUEST);
    expect(sources(planned.documents)).toEqual([['b'], ['a']]);
  });
});
