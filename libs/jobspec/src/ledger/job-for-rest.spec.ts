import { describe, expect, it } from 'vitest';
import { jobForSources } from './job-for-rest.ts';

const SPEC = {
  job_id: 'all',
  sources: ['/a.mov', '/b.mov', '/c.mov'],
  naming_template: '{source_name}',
};
const withCdl = (cdl: unknown[]) => ({ ...SPEC, viewing: { look: { cdl, becomes: 'bt709' } } });

describe('a job for what is left', () => {
  it('has the sources at these places and an id of its own, and all else of the other', () => {
    expect(jobForSources(SPEC, [2, 0], 'rest')).toEqual({
      ...SPEC,
      job_id: 'rest',
      sources: ['/c.mov', '/a.mov'],
    });
  });

  it('takes along the CDL of each source, or the one for all', () => {
    expect(jobForSources(withCdl([1, null, 3]), [2], 'rest')).toMatchObject(withCdlOf([3]));
    expect(jobForSources(withCdl([1]), [2, 0], 'rest')).toMatchObject(withCdlOf([1]));
  });

  it('has no look where the sources that are left have none, and keeps what else is shown', () => {
    const cdl = [1, null, 3];
    expect(jobForSources(withCdl(cdl), [1], 'rest')).not.toHaveProperty('viewing');
    const look = { cdl, becomes: 'bt709' };
    const burn_in = [{ text: '{timecode}', at: 'top-left' }];
    const rest = (viewing: object) => jobForSources({ ...SPEC, viewing }, [1], 'rest')?.['viewing'];
    expect(rest({ look, burn_in })).toEqual({ burn_in });
    expect(rest({ look: { ...look, lut: {} } })).toEqual({ look: { lut: {}, becomes: 'bt709' } });
  });

  it.each(['{index}_x', '{source_name}_{job_id}'])('is none for names as %s', (naming_template) => {
    expect(jobForSources({ ...SPEC, naming_template }, [0], 'rest')).toBeNull();
  });
});

function withCdlOf(cdl: unknown[]) {
  return { viewing: { look: { cdl, becomes: 'bt709' } } };
}
