import { beforeAll, describe, expect, it } from 'vitest';
import { useTemporaryFolder } from '../support/temporary-folder.ts';
import { useSharedWatchFolder } from '../support/watch-folder.ts';
import { DAMAGES } from './damages.ts';
import { damageVerdicts, eachDamageOnce, everyCase, type Verdict } from './verdicts.ts';

const sources = useTemporaryFolder();

/** What holds of the runner's verdicts on some cases. */
function holdsOf(casesOf: Parameters<typeof damageVerdicts>[2]) {
  const folder = useSharedWatchFolder();
  let verdicts: Verdict[] = [];

  beforeAll(async () => {
    verdicts = await damageVerdicts(sources.path, folder(), casesOf);
  }, 1_800_000);

  /** What is wrong with the runner's verdicts, by clip; nothing, if all is well. */
  function wrong(of: (verdict: Verdict) => boolean, isWrong: (verdict: Verdict) => boolean) {
    const found = verdicts.filter(of);
    if (found.length === 0) throw new Error('Expected verdicts');
    return found.filter(isWrong).map(({ clip, result }) => [clip, result.failure_reason]);
  }

  it('a healthy clip raises no alarm', () => {
    const isHealthy = ({ damage }: Verdict) => damage === null;
    expect(wrong(isHealthy, ({ isComplete }) => !isComplete)).toEqual([]);
  });

  describe.each(DAMAGES)('$name', ({ name, hopeless }) => {
    const isThis = ({ damage }: Verdict) => damage?.name === name;
    const isSuccess = ({ result }: Verdict) => result.final_status === 'COMPLETED';

    it('is never called a success, unless every frame and all sound is there', () => {
      const isFalse = (verdict: Verdict) =>
        isSuccess(verdict) && (hopeless === true || !verdict.isComplete);
      expect(wrong(isThis, isFalse)).toEqual([]);
    });

    it('is told in a sentence where it is no success', () => {
      const isUnexplained = (verdict: Verdict) =>
        !isSuccess(verdict) && !/^[A-Z].*\S$/.test(verdict.result.failure_reason ?? '');
      expect(wrong(isThis, isUnexplained)).toEqual([]);
    });
  });
}

describe('each damage, to a clip of one format', () => {
  holdsOf(eachDamageOnce);
});

describe('every damage, to clips of all formats', { tags: ['night'] }, () => {
  holdsOf(everyCase);
});
