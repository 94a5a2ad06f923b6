import { cp, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { makeSource } from './media.ts';
import { makeR3d, makeTaggedMov, makeUnknownMxf } from './raw-fakes.ts';

/** Content of a file: media of a kind, or any bytes. */
type Content =
  'mp4' | 'mov' | 'mxf' | 'mts' | 'r3d' | 'braw' | 'nev' | 'crm' | 'x-ocn' | 'wav' | 'bytes';

/** A card as its maker lays it out, and which files of it are clips, for which engine. */
interface CardTree {
  files: Readonly<Record<string, Content>>;
  ffmpeg?: readonly string[];
  resolve?: readonly string[];
}

const P2 = 'CONTENTS';
const CANON = 'CONTENTS/CLIPS001/A001C001_240101AB_CANON';
const RED = 'A001.RDM/A001_C001_0101AB.RDC';

/** Cards of ten cameras. */
export const CARD_TREES: Readonly<Record<string, CardTree>> = {
  RED: {
    files: {
      [`${RED}/A001_C001_0101AB_001.R3D`]: 'r3d',
      [`${RED}/A001_C001_0101AB_002.R3D`]: 'r3d',
      [`${RED}/A001_C001_0101AB_001.mov`]: 'mov',
      [`${RED}/A001_C001_0101AB.RMD`]: 'bytes',
      'A001.RDM/digital_magazine.bin': 'bytes',
    },
    resolve: [`${RED}/A001_C001_0101AB_001.R3D`],
  },
  ARRI: {
    files: {
      'A001R2EC/A001C001_240101_R2EC.mov': 'mov',
      'A001R2EC/A001C002_240101_R2EC/A001C002_240101_R2EC.0000001.ari': 'bytes',
      'A001R2EC/A001C002_240101_R2EC/A001C002_240101_R2EC.0000002.ari': 'bytes',
      'A001R2EC/A001R2EC_AVID.ale': 'bytes',
    },
    ffmpeg: ['A001R2EC/A001C001_240101_R2EC.mov'],
    resolve: ['A001R2EC/A001C002_240101_R2EC'],
  },
  'Sony XDROOT': {
    files: {
      'XDROOT/Clip/A001C001.MXF': 'x-ocn',
      'XDROOT/Clip/A001C002.MXF': 'mxf',
      'XDROOT/Clip/A001C001M01.XML': 'bytes',
      'XDROOT/Sub/A001C001S01.MP4': 'mp4',
      'XDROOT/Thmbnl/A001C001T01.JPG': 'bytes',
      'XDROOT/MEDIAPRO.XML': 'bytes',
    },
    ffmpeg: ['XDROOT/Clip/A001C002.MXF'],
    resolve: ['XDROOT/Clip/A001C001.MXF'],
  },
  'Sony M4ROOT': {
    files: {
      'PRIVATE/M4ROOT/CLIP/C0001.MP4': 'mp4',
      'PRIVATE/M4ROOT/CLIP/C0001M01.XML': 'bytes',
      'PRIVATE/M4ROOT/SUB/C0001S03.MP4': 'mp4',
      'PRIVATE/M4ROOT/THMBNL/C0001T01.JPG': 'bytes',
      'PRIVATE/M4ROOT/STATUS.BIN': 'bytes',
      'DCIM/100MSDCF/DSC00001.ARW': 'bytes',
    },
    ffmpeg: ['PRIVATE/M4ROOT/CLIP/C0001.MP4'],
  },
  Canon: {
    files: {
      [`${CANON}/A001C001_240101AB_CANON_001.MXF`]: 'mxf',
      [`${CANON}/A001C001_240101AB_CANON_002.MXF`]: 'mxf',
      [`${CANON}/A001C001_240101AB_CANON_001_Proxy.MXF`]: 'mxf',
      [`${CANON}/A001C001_240101AB_CANON.CPF`]: 'bytes',
      'CONTENTS/CLIPS001/AA0001/AA000101.MXF': 'mxf',
      'CONTENTS/CLIPS001/AA0001/AA000101.XML': 'bytes',
      'CONTENTS/CLIPS001/A001C002_240101CD_CANON/A001C002_240101CD_CANON_001.CRM': 'crm',
      'DCIM/100EOSC/A001C003_240101EF_CANON_Proxy.MP4': 'mp4',
    },
    ffmpeg: [
      `${CANON}/A001C001_240101AB_CANON_001.MXF`,
      `${CANON}/A001C001_240101AB_CANON_002.MXF`,
      'CONTENTS/CLIPS001/AA0001/AA000101.MXF',
    ],
    resolve: ['CONTENTS/CLIPS001/A001C002_240101CD_CANON/A001C002_240101CD_CANON_001.CRM'],
  },
  'Panasonic P2': {
    files: {
      [`${P2}/VIDEO/0001AB.MXF`]: 'mxf',
      [`${P2}/AUDIO/0001AB00.MXF`]: 'mxf',
      [`${P2}/CLIP/0001AB.XML`]: 'bytes',
      [`${P2}/ICON/0001AB.BMP`]: 'bytes',
      [`${P2}/PROXY/0001AB.MP4`]: 'mp4',
      [`${P2}/VOICE/0001AB.WAV`]: 'wav',
    },
    ffmpeg: [`${P2}/VIDEO/0001AB.MXF`],
  },
  AVCHD: {
    files: {
      'PRIVATE/AVCHD/BDMV/STREAM/00000.MTS': 'mts',
      'PRIVATE/AVCHD/BDMV/CLIPINF/00000.CPI': 'bytes',
      'PRIVATE/AVCHD/BDMV/PLAYLIST/00000.MPL': 'bytes',
      'PRIVATE/AVCHD/BDMV/INDEX.BDM': 'bytes',
      'PRIVATE/AVCHD/AVCHDTN/THUMB.TDT': 'bytes',
    },
    ffmpeg: ['PRIVATE/AVCHD/BDMV/STREAM/00000.MTS'],
  },
  'Blackmagic RAW': {
    files: {
      'A001_01010101_C001.braw': 'braw',
      'A001_01010101_C001.sidecar': 'bytes',
      'Proxy/A001_01010101_C001.mp4': 'mp4',
    },
    resolve: ['A001_01010101_C001.braw'],
  },
  GoPro: {
    files: {
      'DCIM/100GOPRO/GX010001.MP4': 'mp4',
      'DCIM/100GOPRO/GX020001.MP4': 'mp4',
      'DCIM/100GOPRO/GL010001.LRV': 'mp4',
      'DCIM/100GOPRO/GX010001.THM': 'bytes',
      'DCIM/100GOPRO/GX010001.WAV': 'wav',
    },
    ffmpeg: ['DCIM/100GOPRO/GX010001.MP4', 'DCIM/100GOPRO/GX020001.MP4'],
  },
  DJI: {
    files: {
      'DCIM/DJI_001/DJI_20240101120000_0001_D.MP4': 'mp4',
      'DCIM/DJI_001/DJI_20240101120000_0001_D.LRF': 'mp4',
      'DCIM/DJI_001/DJI_20240101120000_0001_D.SRT': 'bytes',
      'DCIM/DJI_001/DJI_20240101120100_0002_D.DNG': 'bytes',
    },
    ffmpeg: ['DCIM/DJI_001/DJI_20240101120000_0001_D.MP4'],
  },
  Nikon: {
    files: {
      'DCIM/100NCZ_9/DSC_0001.NEV': 'nev',
      'DCIM/100NCZ_9/DSC_0001.MP4': 'mp4',
      'DCIM/100NCZ_9/DSC_0002.MOV': 'mov',
      'DCIM/100NCZ_9/DSC_0003.NEF': 'bytes',
    },
    ffmpeg: ['DCIM/100NCZ_9/DSC_0002.MOV'],
    resolve: ['DCIM/100NCZ_9/DSC_0001.NEV'],
  },
};

const TINY = { width: 64, height: 36, frames: 3 } as const;

/** A maker of cards: each kind of media is made once, and copied. */
export async function cardMaker(
  base: string,
): Promise<(name: string, path: string) => Promise<void>> {
  const media = join(base, 'kinds');
  await mkdir(media, { recursive: true });
  const paths: Readonly<Record<Content, string>> = {
    mp4: await makeSource(media, 'a.mp4', TINY),
    mov: await makeSource(media, 'a.mov', { ...TINY, audioTracks: [2] }),
    mxf: await makeSource(media, 'a.mxf', { ...TINY, codec: 'mpeg2' }),
    mts: await makeSource(media, 'a.mts', { ...TINY, container: 'mpegts' }),
    wav: await makeSource(media, 'a.wav', { codec: null, audioTracks: [1] }),
    r3d: await makeR3d(media, 'a.R3D', 'RED2'),
    braw: await makeTaggedMov(media, 'a.braw', 'brhq'),
    nev: await makeTaggedMov(media, 'a.nev', 'NRAW'),
    crm: await makeTaggedMov(media, 'a.crm', 'CRAW'),
    'x-ocn': await makeUnknownMxf(media, 'x.mxf', 'X-OCN LT'),
    bytes: join(media, 'bytes'),
  };
  await writeFile(paths.bytes, 'not media');
  return async (name, path) => {
    for (const [file, kind] of Object.entries(CARD_TREES[name]?.files ?? {})) {
      const target = join(path, file);
      await mkdir(dirname(target), { recursive: true });
      await cp(paths[kind], target);
    }
  };
}
