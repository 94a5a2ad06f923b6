import { clipped } from '../text/visible-text.ts';
import type { ReadClip } from './narrow-result.ts';

const LIMIT = 128;
/** What FFmpeg's and Resolve's plans say of a reel name that a proxy can't keep. */
const LOST = /^(?:Reel|The reel) name (.+?) is (?:lost|not in the proxy):/u;

/** The reel name of a source, by the check that looks for it in the proxy, or by the warning that the proxy has no place for it. */
export function reelOf({ verification, warnings }: Pick<ReadClip, 'verification' | 'warnings'>) {
  const { expected, actual } = verification.find(({ check }) => check === 'reel_name') ?? {};
  const lost = warnings.flatMap((warning) => LOST.exec(warning)?.[1] ?? []);
  const reel = [expected, actual, ...lost].find((name) => typeof name === 'string' && name !== '');
  return typeof reel === 'string' ? clipped(reel, LIMIT) : null;
}
