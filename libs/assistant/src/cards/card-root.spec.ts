import { describe, expect, it } from 'vitest';
import { cardName, cardRootOf } from './card-root.ts';

describe('the card that a source lies on', () => {
  it.each([
    ['/day03/A001/A001C003_261128_R1XY.mov', '/day03/A001'],
    ['/day03/A001/A001C001_240101_R2EC/A001C001_240101_R2EC.0000001.ari', '/day03/A001'],
    ['/day03/A001.RDM/A001_C001_0101AB.RDC/A001_C001_0101AB_001.R3D', '/day03/A001.RDM'],
    ['/day03/A001/A001_C001_0101AB.RDC/A001_C001_0101AB_001.R3D', '/day03/A001'],
    ['/day03/A001_C001_0101AB_001.R3D', '/day03'],
    ['/day03/B001/XDROOT/Clip/C0001.MXF', '/day03/B001'],
    ['/day03/S001/PRIVATE/M4ROOT/CLIP/C0001.MP4', '/day03/S001'],
    ['/day03/S001/private/m4root/clip/C0001.MP4', '/day03/S001'],
    ['/day03/S001/M4ROOT/CLIP/C0001.MP4', '/day03/S001'],
    ['/day03/X001/BPAV/CLPR/123_0001_01/123_0001_01.MP4', '/day03/X001'],
    ['/day03/C001/CONTENTS/CLIPS001/AA0001/AA000101.MXF', '/day03/C001'],
    ['/day03/P001/CONTENTS/VIDEO/0001AB.MXF', '/day03/P001'],
    ['/day03/V001/PRIVATE/AVCHD/BDMV/STREAM/00000.MTS', '/day03/V001'],
    ['/day03/G001/DCIM/100GOPRO/GX010001.MP4', '/day03/G001'],
    ['/day03/D001/DCIM/DJI_001/DJI_20240101120000_0001_D.MP4', '/day03/D001'],
    ['/day03/N001/DCIM/100NCZ_9/DSC_0001.MOV', '/day03/N001'],
    ['/day03/K001/A001_01010101_C001.braw', '/day03/K001'],
    [
      '/day03/A001/XDROOT/Clip/copies/B002/XDROOT/Clip/C0001.MXF',
      '/day03/A001/XDROOT/Clip/copies/B002',
    ],
    ['/day03/odds and ends/interview.mov', '/day03/odds and ends'],
    ['D:\\day03\\A001\\A001C003.mov', 'D:/day03/A001'],
    ['/XDROOT/Clip/C0001.MXF', '/XDROOT/Clip'],
    ['interview.mov', ''],
  ])('%s: %s', (source, card) => {
    expect(cardRootOf(source)).toBe(card);
  });

  it('is called after its folder', () => {
    expect(['/day03/A001.RDM', '/day03/B001', ''].map(cardName)).toEqual(['A001', 'B001', '']);
  });
});
