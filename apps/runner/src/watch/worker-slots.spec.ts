import { describe, expect, it, vi } from 'vitest';
import { timestamp } from '../../../../libs/jobspec/src/wording/words.ts';
import { WorkerSlots } from './worker-slots.ts';

const STARTED = '2026-11-25T12:00:00.000+00:00';
const at = (clip: number | null) => ({
  jobId: 'a',
  totalClips: 2,
  clip,
  sourcePath: `/m/${clip}.mov`,
});

describe('what a worker is doing', () => {
  it('says how far the encoder is with the clip being made, and since when', () => {
    const jobs = new WorkerSlots(1);
    const worker = jobs.begin('a.json', STARTED);
    jobs.update(worker, at(1));
    const [begun] = jobs.list();
    expect(begun).toMatchObject({ clip: 1, frames: null, declared_frames: null, speed: null });
    expect(Date.parse(begun?.clip_started_at ?? '')).toBeGreaterThan(Date.parse(STARTED));
    jobs.update(worker, {
      ...at(1),
      encoded: { phase: 'making', frames: 12, declaredFrames: 240, speed: 3.5 },
    });
    expect(jobs.list()).toMatchObject([
      { clip: 1, phase: 'making', frames: 12, declared_frames: 240, speed: 3.5 },
    ]);
  });

  it('says when the last frame came, also while an encoder that stands reports', async () => {
    const jobs = new WorkerSlots(1);
    const worker = jobs.begin('a.json', STARTED);
    const report = () =>
      jobs.update(worker, {
        ...at(1),
        encoded: { phase: 'making', frames: 12, declaredFrames: 240, speed: 3.5 },
      });
    report();
    const [{ frames_at } = { frames_at: null }] = structuredClone(jobs.list());
    expect(Date.parse(frames_at ?? '')).toBeGreaterThan(Date.parse(STARTED));
    await vi.waitUntil(() => timestamp(new Date()) !== frames_at);
    report();
    expect(jobs.list()).toMatchObject([{ frames_at }]);
  });

  it('begins anew with the next clip', () => {
    const jobs = new WorkerSlots(1);
    const worker = jobs.begin('a.json', STARTED);
    jobs.update(worker, {
      ...at(1),
      encoded: { phase: 'making', frames: 240, declaredFrames: 240, speed: 3.5 },
    });
    jobs.update(worker, at(2));
    expect(jobs.list()).toMatchObject([
      { clip: 2, phase: 'reading', frames: null, declared_frames: null, speed: null },
    ]);
  });
});
