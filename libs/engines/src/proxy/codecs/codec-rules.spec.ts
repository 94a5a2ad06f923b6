import { CODECS } from '@app/jobspec';
import { kindOf } from '@app/jobspec/ledger';
import { expect, it } from 'vitest';
import { CODEC_RULES } from './codec-rules.ts';

it('two names of one codec ask for one proxy, and two codecs for two', () => {
  const kind = (codec: string) =>
    kindOf({ codec, container: 'mov', resolution: 'half', fps: null, looks: [] });
  for (const one of CODECS)
    for (const other of CODECS)
      expect(kind(one) === kind(other)).toBe(CODEC_RULES[one] === CODEC_RULES[other]);
});
