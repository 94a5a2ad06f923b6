import { describe, expect, it } from 'vitest';
import { proxyKeyOf } from '@app/jobspec/ledger';
import { documentOf } from './draft.ts';
import type { Clip } from './examine.ts';
import { isolateFailedClips } from './failed-before.ts';
import type { PlanRequest } from './plan-request.ts';
import type { OtherJobs } from './other-jobs.ts';
import { RealNames } from './real-names.ts';

const REQUEST = { resolution: 'half', naming: '{source_name}', viewing: null } as PlanRequest;
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

/** Earlier jobs that failed at the proxies of these clips. */
function earlier(names: readonly string[], kind = 'h264 mp4 half'): OtherJobs {
  const keys = names.map((name) => proxyKeyOf(`/media/${name}.mov`, kind));
  return {
    pendingOutputs: new Map(),
    ended: new Map(),
    verified: new Map(),
    failed: new Set(keys),
    names: new RealNames(),
  };
}

const sources = (documents: readonly { spec: { sources: readonly string[] } }[]) =>
  documents.map(({ spec }) => spec.sources.map((path) => path.slice('/media/'.length, -4)));

describe('a clip that failed before', () => {
  it('gets a job of its own, after all others', async () => {
    const documents = [document(['a', 'b', 'c']), document(['d'])];
    const planned = await isolateFailedClips(documents, earlier(['b']), REQUEST);
    expect(sources(planned.documents)).toEqual([['a', 'c'], ['d'], ['b']]);
    expect(planned.failedBefore).toEqual(['/media/b.mov']);
  });

  it('leaves no empty job behind', async () => {
    const planned = await isolateFailedClips([document(['a', 'b'])], earlier(['a', 'b']), REQUEST);
    expect(sources(planned.documents)).toEqual([['a'], ['b']]);
  });

  it('stays where it is when names hang on the whole job', async () => {
    const request = { ...REQUEST, naming: '{index}' };
    const whole = document(['a', 'b'], request);
    const planned = await isolateFailedClips([whole], earlier(['a']), request);
    expect(planned).toEqual({ documents: [whole], failedBefore: [] });
  });

  it('in another codec, has not failed in this one', async () => {
    const known = earlier(['a'], 'prores_proxy mov half');
    const planned = await isolateFailedClips([document(['a', 'b'])], known, REQUEST);
    expect(sources(planned.documents)).toEqual([['a', 'b']]);
  });
});
