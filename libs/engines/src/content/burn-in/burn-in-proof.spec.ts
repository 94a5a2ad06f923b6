import { expect, it } from 'vitest';
import { glyphSizeFor } from '../../burn-in/glyphs.ts';
import type { BurnInPlan } from '../../proxy/plan/proxy-plan.ts';
import { BurnInProof } from './burn-in-proof.ts';

it('a proxy of whose texts nothing was read has no proof', () => {
  const box = { x: 0, y: 0, width: 64, height: 32 };
  const plan = {
    texts: [{ box, cells: ['A'] }],
    size: glyphSizeFor(180),
    ink: 1,
  } as unknown as BurnInPlan;
  const proof = new BurnInProof(plan, (frame) => frame);
  expect(proof.check()).toMatchObject({ actual: { frames: 0, frames_wrong: 0 }, passed: false });
});
