import { parseJobSpec } from '@app/jobspec';
import { describe, expect, it } from 'vitest';
import { bytesOf, documentOf, removeInvalidClips, type Draft } from './documents.ts';
import type { Clip } from './examine.ts';
import type { PlanRequest } from './plan-request.ts';

const REQUEST = { resolution: 'half', naming: '{source_name}', viewing: null } as PlanRequest;
const clip = (path: string): Clip => ({
  path,
  medium: '/media',
  engine: 'ffmpeg',
  obstacles: new Map(),
  warnings: [],
  look: { cdl: null, lut: null },
  camera: null,
  texts: [],
  seconds: null,
});
const draft = (facts: Partial<Draft> = {}): Draft => ({
  clips: [clip('/media/A001.mov'), clip('/media/A002.mov')],
  engine: 'ffmpeg',
  kind: { codec: 'h264', container: 'mp4' },
  directory: '/proxies',
  label: 'A',
  ...facts,
});

describe('a JobSpec of a plan', () => {
  it('honours the contract, with a proxy for each clip in order', () => {
    const document = documentOf(draft(), REQUEST);
    expect(document.outputs).toEqual(['/proxies/A001.mp4', '/proxies/A002.mp4']);
    expect(parseJobSpec(bytesOf(document))).toMatchObject({
      job_id: document.jobId,
      sources: ['/media/A001.mov', '/media/A002.mov'],
      output_directory: '/proxies',
      codec: 'h264',
      container: 'mp4',
      resolution: 'half',
    });
    expect(document.name).toBe(`${document.jobId}.json`);
  });

  it('is the same for the same clips, and another one for anything else that is asked', () => {
    const { jobId } = documentOf(draft(), REQUEST);
    expect(documentOf(draft(), REQUEST).jobId).toBe(jobId);
    const others = [
      documentOf(draft({ clips: [clip('/media/A001.mov')] }), REQUEST),
      documentOf(draft({ kind: { codec: 'h264', container: 'mov' } }), REQUEST),
      documentOf(draft({ kind: { codec: 'hevc', container: 'mp4' } }), REQUEST),
      documentOf(draft({ directory: '/elsewhere' }), REQUEST),
      documentOf(draft(), { ...REQUEST, resolution: 'same' }),
      documentOf(draft(), { ...REQUEST, naming: '{source_name}_p' }),
    ];
    const hashes = [jobId, ...others.map((document) => document.jobId)].map((id) => id.slice(-8));
    expect(new Set(hashes).size).toBe(7);
  });
});

describe('clips that the contract has no words for', () => {
  const long = `/media/${'n'.repeat(255)}.mov`;

  it('are left out with a sentence, and the others are planned', () => {
    const document = documentOf(draft({ clips: [clip(long), clip('/media/A001.mov')] }), REQUEST);
    const { documents, problems } = removeInvalidClips([document], REQUEST);
    expect(documents.map(({ outputs }) => outputs)).toEqual([['/proxies/A001.mp4']]);
    expect(problems).toMatchObject([{ path: long, kind: 'naming' }]);
    expect(problems[0]?.reason).toMatch(/Rename the clip, or give another --naming\.$/);
  });

  it('make no job when they are all', () => {
    const document = documentOf(draft({ clips: [clip(long)] }), REQUEST);
    expect(removeInvalidClips([document], REQUEST).documents).toEqual([]);
  });
});
