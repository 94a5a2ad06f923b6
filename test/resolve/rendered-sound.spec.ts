/** @module-tag night */
import { expect, it } from 'vitest';
import { loudestOf } from '../../apps/runner/src/resolve/rendered-audio.ts';
import { usePrograms } from '../support/programs.ts';

const programs = usePrograms();

it('nothing is known of sound whose reading hangs, though FFmpeg goes on reporting', async () => {
  programs.misbehave('same-report');
  expect(await loudestOf('/clip.mov', new AbortController().signal, 0.5)).toBeNull();
});
