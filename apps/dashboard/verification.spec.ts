import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { Failure } from './components/job/failure.tsx';
import { Stderr } from './components/job/stderr.tsx';
import { Verification } from './components/job/verification.tsx';
import { said } from './said.ts';

const check = (name: string, passed: boolean, actual: unknown) => {
  return { check: name, expected: { pictures: 0 }, actual, passed };
};

it('shows what failed, and how many checks passed', () => {
  const checks = [
    check('frame_count', true, 24),
    check('pictures_out_of_place', false, { pictures: 1, frame: 640, part_of: ['a', null] }),
  ];
  expect(said(Verification, { checks })).toBe(
    'CheckExpectedActualVerdictpictures out of placepictures 0pictures 1, frame 640, part of a, none✗ differsVerification: 1 check passedCheckExpectedActualVerdictframe countpictures 024✓ passed',
  );
  expect(said(Verification, { checks: [] })).toBe('');
});

it.each([true, false])(
  'the words of an engine stand open where they tell the reason: %s',
  (isReason) => {
    const clip = { stderr: 'moov atom not found', verification: [check('decodes', isReason, 1)] };
    const html = renderToStaticMarkup(createElement(Stderr, { clip }));
    expect(html.includes('<details open="">')).toBe(isReason);
  },
);

it('says that the engine’s words stand below only where they tell the reason', () => {
  const told = (passed: boolean) => {
    const clip = {
      source_path: '/m/a.mov',
      stderr: 'x',
      verification: [check('decodes', passed, 1)],
    };
    const row = { folder: 'f', state: 'failed', name: 'a.json' };
    const result = {
      final_status: 'FAILED',
      failure_reason: 'x',
      failure_type: null,
      violations: [],
    };
    const job = { row, failed: { number: 1, clip } };
    return said(Failure, { job, result: { ...result, total_clips: 1 } });
  };
  expect(told(true)).toContain('What the engine said last is shown there.');
  expect(told(false)).not.toContain('What the engine said');
});
