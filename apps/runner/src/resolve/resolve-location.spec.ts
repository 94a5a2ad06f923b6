import { afterEach, describe, expect, it, vi } from 'vitest';
import { locateResolve } from './resolve-location.ts';

afterEach(() => void vi.unstubAllEnvs());

const MODULE = /Modules.DaVinciResolveScript\.py$/;

describe("Resolve's scripting module is looked for", () => {
  it('where the official variable says, and nowhere else', async () => {
    vi.stubEnv('RESOLVE_SCRIPT_API', '/nowhere');
    expect(await locateResolve()).toMatchObject({
      scriptApi: null,
      candidates: [expect.stringMatching(MODULE)],
    });
  });

  it.each([undefined, ''])('where its installer puts it, with %j for the variable', async (api) => {
    vi.stubEnv('RESOLVE_SCRIPT_API', api);
    const { candidates } = await locateResolve();
    expect(candidates.length).toBeGreaterThan(0);
    for (const path of candidates) {
      expect(path).toMatch(/[Rr]esolve.*Developer.Scripting/);
      expect(path).toMatch(MODULE);
    }
  });
});
