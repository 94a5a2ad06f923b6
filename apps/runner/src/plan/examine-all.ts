import { severalAtOnce } from '../process/several-at-once.ts';
import type { Clip, Examiner } from './examine.ts';
import type { Problem } from './found.ts';
import type { Walk } from './walk.ts';

/** What a plan is made with. */
export interface Planning {
  examiner: Examiner;
  /** Told how far it is. */
  show: (text: () => string) => void;
}

/** The clips, in their order; what is none is counted, and what can't be made is a problem. */
export async function examineAll(
  { found, leftovers }: Walk,
  { examiner, show }: Planning,
  problems: Problem[],
): Promise<Clip[]> {
  const examined = await severalAtOnce(
    found,
    (one) => examiner.examine(one),
    (count) => show(() => `${count} of ${found.length} files looked into`),
  );
  const clips: Clip[] = [];
  for (const one of examined) {
    const { path } = one;
    if ('leftover' in one) leftovers.add(one.leftover, path);
    else {
      const { clip, flaw } = one;
      if (flaw !== null) problems.push({ path, ...flaw, ...(clip && { isPlanned: true }) });
      if (clip === null) continue;
      clips.push(clip);
      for (const [{ codec }, sentence] of clip.obstacles)
        problems.push({ path, kind: 'refused', reason: `${path}: no ${codec}. ${sentence}` });
    }
  }
  return clips;
}
