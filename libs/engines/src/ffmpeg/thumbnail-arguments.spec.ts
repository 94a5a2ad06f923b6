import { describe, expect, it } from 'vitest';
import { planProxy } from '../proxy/plan-proxy.ts';
import { media, proxyRequest, video } from '../../testing/clips.ts';
import { thumbnailOutput } from './read-arguments.ts';

function pictureOf(facts: Parameters<typeof video>[0] = {}) {
  const { plan } = planProxy(proxyRequest({}), media([video(facts)]));
  if (!plan) throw new Error('no plan');
  return plan.video;
}

const filtersOf = (argv: readonly string[]) => argv[argv.indexOf('-filter:v:0') + 1] ?? '';

describe('posterOutput', () => {
  it('chooses frames by their number', () => {
    const argv = thumbnailOutput(pictureOf(), [0, 4, 9], 5);
    expect(filtersOf(argv)).toMatch(/^select=eq\(n\\,0\)\+eq\(n\\,4\)\+eq\(n\\,9\),scale=/);
    expect(argv.at(-1)).toBe('pipe:5');
  });

  it('shows one field of two', () => {
    expect(filtersOf(thumbnailOutput(pictureOf({ fieldOrder: 'tt' }), [0], 3))).toContain(
      ',field=type=top,scale=',
    );
  });
});
