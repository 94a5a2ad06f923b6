import { posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cardOf } from './card-root.ts';
import { isNamedLikeClip, leftoverOf } from './recognise-file.ts';

/** What a file is in a tree of these. */
function leftoverIn(tree: readonly string[], path: string) {
  const names = (folder: string) =>
    new Set(
      tree
        .filter((other) => posix.dirname(other) === folder)
        .map((other) => posix.basename(other).toUpperCase()),
    );
  const folder = posix.dirname(path);
  return leftoverOf(path, { folder: names(folder), parent: names(posix.dirname(folder)) });
}

const RDC = '/c/A001.RDM/A001_C001_0101AB.RDC';
const NIKON = '/c/DCIM/100NCZ_9';

describe('the files of a card', () => {
  it.each([
    [`${RDC}/A001_C001_0101AB_001.R3D`, 'RED', null],
    [`${RDC}/A001_C001_0101AB_002.R3D`, 'RED', 'part'],
    [`${RDC}/A001_C001_0101AB_001.mov`, 'RED', 'proxy'],
    ['/c/B001.RDM/B001_C001.RDC/B001_C001_001.mov', 'RED', null],
    ['/c/A001C001_240101_R2EC.mov', 'ARRI', null],
    ['/c/A_0001C001_240101_101010_a1ABC.mxf', 'ARRI', null],
    ['/c/XDROOT/Clip/A001C001.MXF', 'Sony XDROOT', null],
    ['/c/XDROOT/Clip/A001C001M01.XML', 'Sony XDROOT', 'index'],
    ['/c/XDROOT/Sub/A001C001S01.MP4', 'Sony XDROOT', 'proxy'],
    ['/c/private/m4root/sub/C0001S03.MP4', 'Sony M4ROOT', 'proxy'],
    ['/c/PRIVATE/M4ROOT/CLIP/C0001.MP4', 'Sony M4ROOT', null],
    ['/c/CONTENTS/CLIPS001/A1/A001C001_240101AB_CANON_001.CRM', 'Canon', null],
    ['/c/CONTENTS/CLIPS001/A1/A001C001_240101AB_CANON_Proxy.MXF', 'Canon', 'proxy'],
    ['/c/XFVC/REEL_001/A_0001C001X240901_120000AB_CANON_001.MXF', 'Canon', null],
    ['/c/CONTENTS/VIDEO/0001AB.MXF', 'Panasonic P2', null],
    ['/c/CONTENTS/AUDIO/0001AB00.MXF', 'Panasonic P2', 'sound'],
    ['/c/CONTENTS/PROXY/0001AB.MP4', 'Panasonic P2', 'proxy'],
    ['/c/PRIVATE/AVCHD/BDMV/STREAM/00000.MTS', 'AVCHD', null],
    ['/c/PRIVATE/AVCHD/BDMV/PLAYLIST/00000.MPL', 'AVCHD', 'index'],
    ['/c/A001_01010101_C001.braw', 'Blackmagic RAW', null],
    ['/c/Proxy/A001_01010101_C001.mp4', undefined, 'proxy'],
    ['/c/Proxy/ANOTHER.mp4', undefined, null],
    ['/day3/Proxy/C0001_mp4.mov', undefined, 'proxy'],
    ['/day3/Proxy/C0001_mp4_Proxy.mov', undefined, 'proxy'],
    ['/day3/Proxy/C0002_mp4.mov', undefined, null],
    ['/c/DCIM/100GOPRO/GX010001.MP4', 'GoPro', null],
    ['/c/DCIM/100GOPRO/GL010001.LRV', 'GoPro', 'proxy'],
    ['/c/DCIM/DJI_001/DJI_20240101120000_0001_D.LRF', 'DJI', 'proxy'],
    ['/c/DCIM/DJI_001/DJI_20240101120000_0001_D.DNG', 'DJI', 'still'],
    [`${NIKON}/DSC_0001.NEV`, 'Nikon', null],
    [`${NIKON}/DSC_0001.MP4`, 'Nikon', 'proxy'],
    [`${NIKON}/DSC_0002.MOV`, 'Nikon', null],
    [`${NIKON}/DSC_0002.MP4`, 'Nikon', 'proxy'],
    [`${NIKON}/DSC_0003.MP4`, 'Nikon', null],
    ['/c/DCIM/100EOSC/A_0001C001X240901_120000AB_CANON_001_Proxy.MP4', undefined, 'proxy'],
    ['/c/DCIM/100CANON/MVI_0001_Proxy.MP4', undefined, 'proxy'],
    ['/c/DCIM/100CANON/MVI_0002_Proxy.MP4', undefined, null],
    ['/day3/C0001S03.MP4', undefined, 'proxy'],
    ['/day3/C0002S03.MP4', undefined, null],
    ['/day3/LRV_20240101_120000_11_001.insv', undefined, 'proxy'],
    ['/c/XDROOT/Clip/B/DCIM/100GOPRO/GL010001.MP4', 'GoPro', 'proxy'],
    ['/c/XDROOT/Sub/B/DCIM/100GOPRO/GX010001.MP4', 'GoPro', null],
    ['/c/DCIM/100GOPRO/B/PRIVATE/M4ROOT/SUB/C0001S03.MP4', 'Sony M4ROOT', 'proxy'],
    ['/c/XDROOT/Sub/A/XDROOT/Clip/A001C001.MXF', 'Sony XDROOT', null],
    ['/c/CONTENTS/PROXY/A/CONTENTS/VIDEO/0001AB.MXF', 'Panasonic P2', null],
    ['/c/A001.RDM/DCIM/100NZR_1/DSC_0001.R3D', 'Nikon', null],
    ['/day3/talk.wav', undefined, 'sound'],
    ['/day3/ascmhl/0001_day3.mhl', undefined, 'mhl'],
    ['/day3/without-extension', undefined, null],
  ])('%s: %s, %s', (path, card, leftover) => {
    const tree = [
      `${RDC}/A001_C001_0101AB_001.R3D`,
      `${NIKON}/DSC_0001.NEV`,
      `${NIKON}/DSC_0002.MOV`,
      '/c/A001_01010101_C001.braw',
      '/c/DCIM/100CANON/MVI_0001.MP4',
      '/day3/C0001.MP4',
    ];
    expect(cardOf(path)?.title).toBe(card);
    expect(leftoverIn(tree, path)).toBe(leftover);
  });

  it('are missed when they are named like clips', () => {
    expect(isNamedLikeClip('/a/B.MOV')).toBe(true);
    expect(isNamedLikeClip('/a/B')).toBe(false);
  });
});
