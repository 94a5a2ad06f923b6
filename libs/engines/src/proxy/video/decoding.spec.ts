import { describe, expect, it } from 'vitest';
import { video } from '../../../testing/clips.ts';
import { dynamicWarnings, planViews } from './plan-video.ts';
import { planScan } from './scan.ts';

const stereo = (type: string) =>
  video({ sideData: [{ side_data_type: 'Stereo 3D', type, view: 'packed' }] });

describe('the two views of a stereoscopic picture', () => {
  it('are one in the proxy of a phone’s spatial video, which says so', () => {
    const { value, warnings } = planViews('mov', stereo('unspecified'));
    expect([value, warnings.join()]).toEqual([true, expect.stringContaining('one eye')]);
  });

  it('stay where a picture holds both, and its container has a name for it', () => {
    expect(planViews('mov', stereo('side by side'))).toEqual({ value: false, warnings: [] });
    expect(planViews('webm', stereo('frame alternate')).value).toBe(true);
    expect(planViews('mov', video({}))).toEqual({ value: false, warnings: [] });
  });
});

describe('metadata of HDR that no proxy keeps', () => {
  const record = { side_data_type: 'DOVI configuration record', dv_profile: 8 };

  it.each([
    ['by its record', { sideData: [record] }, ['Dolby Vision (profile 8)']],
    ['by its pictures', { carries: ['Dolby Vision RPU Data'] }, ['Dolby Vision']],
    ['HDR10+', { carries: ['HDR Dynamic Metadata SMPTE2094-40 (HDR10+)'] }, ['HDR10+']],
    ['none', { carries: ['3x3 displaymatrix'] }, []],
  ])('%s', (_, facts, names) => {
    const said = dynamicWarnings(video(facts));
    expect(said.map((warning) => warning.split(' metadata')[0])).toEqual(names);
  });
});

describe('fields', () => {
  const head = (topFieldFirst: boolean | null) => ({
    seconds: [],
    firstStored: null,
    topFieldFirst,
  });
  const scan = (fieldOrder: string | null, topFieldFirst: boolean | null) =>
    planScan(video({ fieldOrder, head: head(topFieldFirst) }), null, false);

  it('are those of the pictures where the header says nothing', () => {
    const { value, warnings } = scan(null, false);
    expect([value.order, warnings.join()]).toEqual([
      'bottom-first',
      expect.stringContaining('says nothing of fields'),
    ]);
  });

  it('are none where the header says so, or not all pictures have them', () => {
    expect(scan('progressive', true)).toMatchObject({
      value: { order: 'progressive' },
      warnings: [],
    });
    expect(scan(null, null)).toMatchObject({ value: { order: 'progressive' }, warnings: [] });
  });
});
