import { describe, expect, it } from 'vitest';
import { clipLabel } from './job-names.ts';

describe('the name of a job', () => {
  it.each([
    ['/day4', '/day4/B001/PRIVATE/M4ROOT/CLIP/C0001.MP4', 'B001-C0001'],
    ['/day4/B001', '/day4/B001/PRIVATE/M4ROOT/CLIP/C0001.MP4', 'B001-C0001'],
    [
      '/day4',
      '/day4/A001.RDM/A001_C001_0101AB.RDC/A001_C001_0101AB_001.R3D',
      'A001-A001_C001_0101AB_001',
    ],
    ['/day4', '/day4/HERO/DCIM/101GOPRO/GX010001.MP4', 'HERO-101GOPRO-GX010001'],
    ['/day4', '/day4/P2/CONTENTS/VIDEO/0001AB.MXF', 'P2-0001AB'],
    ['/day4', '/day4/EX/BPAV/CLPR/123_0001_01/123_0001_01.MP4', 'EX-123_0001_01'],
    ['/day3', '/day3/A001/C1.mov', 'A001-C1'],
    ['/day3', '/day3/A001/Clips/C1.mov', 'A001-Clips-C1'],
    ['/day3', '/day3/C1.mov', 'day3-C1'],
    ['/day3/C1.mov', '/day3/C1.mov', 'day3-C1'],
    ['/day3', '/day3/A001/Tür an Tür \u{1F3AC}.mov', 'A001-Tur_an_Tur_'],
    ['/day3', '/day3/A001/\u{1F3AC}.mov', 'A001'],
  ])('in %s of %s is %s', (medium, path, label) => {
    expect(clipLabel({ path, medium })).toBe(label);
  });

  it('has room in a job id, however long the names are', () => {
    const path = `/m/${'a1'.repeat(60)}/${'c'.repeat(200)}.mov`;
    const label = clipLabel({ path, medium: '/m' });
    expect(label.length).toBeLessThanOrEqual(101);
    expect(label).toContain('-ccc');
  });
});
