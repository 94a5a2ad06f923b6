import { DOUBTS, type Cause, type VerificationCheck } from '@app/jobspec';
import { CODEC_RULES } from '../proxy/codecs/codec-rules.ts';
import type { ProxyPlan } from '../proxy/plan/proxy-plan.ts';

/** What may be amiss with a proxy that has passed: some are no better because their codec isn't. */
export function contentDoubts(
  { codec }: Pick<ProxyPlan, 'codec'>,
  checks: readonly VerificationCheck[],
): Cause[] {
  const { keptUsually } = CODEC_RULES[codec].leaves;
  const detail = checks.find(({ check }) => check === 'detail');
  const { kept = 1, frame = 0 } = (detail?.actual ?? {}) as { kept?: number; frame?: number };
  if (!detail?.passed || kept >= keptUsually) return [];
  return [{ code: 'little_detail', arguments: { kept, usually: keptUsually, frame } }];
}

/** The same in sentences. */
export function doubtWarnings(doubts: readonly Cause[]): string[] {
  return doubts.map(({ code, arguments: facts }) => DOUBTS[code as keyof typeof DOUBTS](facts));
}
