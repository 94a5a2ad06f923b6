/** @module-tag night */
import { expect, it } from 'vitest';
import { audibility } from '../../apps/runner/src/resolve/rendered-audio.ts';
import { usePrograms } from '../support/programs.ts';

const programs = usePrograms();
const PAIR = { proxyPath: '/proxy.mov', sourcePath: '/clip.mov', isReadable: true };

it('nothing is known of sound whose reading hangs, though FFmpeg goes on reporting', async () => {
  programs.misbehave('same-report');
  expect(await audibility(PAIR, new AbortController().signal, 0.5)).toBeNull();
});
