import { describe, expect, it } from 'vitest';
import { jobForSources } from './job-for-rest.ts';

const SPEC = {
  job_id: 'all',
  sources: ['/a.mov', '/b.mov', '/c.mov'],
  naming_template: '{source_name}',
};
const withCdl = (cdl: unknown[]) => ({ ...SPEC, viewing: { look: { cdl, becomes: 'bt709' } } });

describe('a job for what is left', () => {
  it('has the sources at these places, the id, and all else of the other', () => {
    const rest = { ...SPEC, sources: ['/c.mov', '/a.mov'] };
    expect(jobForSources(SPEC, [2, 0], 'all')).toEqual(rest);
    const { job_id, ...nameless } = SPEC;
    expect(jobForSources(nameless, [2, 0], job_id)).toEqual(rest);
  });

  it('takes along the CDL of each source, or the one for all', () => {
    expect(jobForSources(withCdl([1, null, 3]), [2], 'all')).toMatchObject(withCdlOf([3]));
    expect(jobForSources(withCdl([1]), [2, 0], 'all')).toMatchObject(withCdlOf([1]));
  });

  it('has no look where the sources that are left have none, and keeps what else is shown', () => {
    const cdl = [1, null, 3];
    expect(jobForSources(withCdl(cdl), [1], 'all')).not.toHaveProperty('viewing');
    const look = { cdl, becomes: 'bt709' };
    const burn_in = [{ text: '{timecode}', at: 'top-left' }];
    const rest = (viewing: object) => jobForSources({ ...SPEC, viewing }, [1], 'all')?.['viewing'];
    expect(rest({ look, burn_in })).toEqual({ burn_in });
    expect(rest({ look: { ...look, lut: {} } })).toEqual({ look: { lut: {}, becomes: 'bt709' } });
  });

  it('is none for names that count the sources, but for all of them in their order', () => {
    const counted = { ...SPEC, naming_template: '{index}_x' };
    for (const indices of [[0], [2, 1, 0]])
      expect(jobForSources(counted, indices, 'all')).toBeNull();
    expect(jobForSources(counted, [0, 1, 2], 'all')).toEqual(counted);
  });
});

function withCdlOf(cdl: unknown[]) {
  return { viewing: { look: { cdl, becomes: 'bt709' } } };
}
