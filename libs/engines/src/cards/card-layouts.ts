import type { CardLayout } from './card-layout.ts';
import { SONY_LAYOUTS } from './sony-layouts.ts';

/** The layouts that are known by folders or names, as their makers' manuals describe them. The deepest folders in a path name it, then the first that holds of its end. */
export const CARD_LAYOUTS: readonly CardLayout[] = [
  {
    title: 'RED',
    cameras: 'RED ONE to V-RAPTOR',
    folders: /\.(RDM|RDC)\//i,
    file: /\.R3D$/i,
    root: /^.*\.RDM(?=\/)|^.*(?=\/[^/]*\.RDC\/)/i,
    clips: '`A001.RDM/A001_C001.RDC/A001_C001_001.R3D`: one clip, whatever its parts',
    leftovers: [
      {
        kind: 'proxy',
        what: '`.mov`, `.mxf`, `.mp4` in an `.RDC` beside its `.R3D`',
        path: /\.RDC\/[^/]+\.(mov|mxf|mp4)$/i,
        beside: { where: 'folder', name: 'any', extensions: ['.r3d'] },
      },
    ],
  },
  {
    title: 'ARRI',
    cameras: 'ALEXA, ALEXA Mini, Mini LF, ALEXA 35, AMIRA',
    file: /\/[A-P](\d{3}C\d{3}_\d{6}_R[0-9A-Z]{3,4}|_\d{4}C\d{3}_\d{6}_\d{6}_[a-p][0-9A-Z]{4,5})(?![0-9A-Z])/i,
    clips:
      '`A001C001_240101_R2EC.mov`, `A_0001C001_240101_101010_a1ABC.mxf`, and folders of `.ari` or `.arx` frames',
    leftovers: [],
  },
  ...SONY_LAYOUTS,
  {
    title: 'Canon',
    cameras: 'Cinema EOS, XF, EOS R5 C',
    folders: /\/(CONTENTS\/CLIPS\d{3}|XFVC)\//i,
    clips: '`CONTENTS/CLIPS001/…/*.MXF`, `.CRM`, `.MP4`; `XFVC/REEL_001`',
    leftovers: [
      { kind: 'thumbnail', what: '`.JPG` beside a clip', path: /\/CLIPS\d{3}\/.*\.jpg$/i },
    ],
  },
  {
    title: 'Panasonic P2',
    cameras: 'VariCam, AJ, AG',
    folders: /\/CONTENTS\/(VIDEO|AVCLIP|AUDIO|CLIP|ICON|PROXY|VOICE)\//i,
    clips: '`CONTENTS/VIDEO/*.MXF`, `CONTENTS/AVCLIP`; its sound lies in files of its own',
    leftovers: [
      { kind: 'sound', what: '`CONTENTS/AUDIO`, `VOICE`', path: /\/CONTENTS\/(AUDIO|VOICE)\//i },
      { kind: 'proxy', what: '`CONTENTS/PROXY`', path: /\/CONTENTS\/PROXY\//i },
      { kind: 'thumbnail', what: '`CONTENTS/ICON`', path: /\/CONTENTS\/ICON\//i },
      { kind: 'index', what: '`CONTENTS/CLIP`', path: /\/CONTENTS\/CLIP\//i },
    ],
  },
  {
    title: 'AVCHD',
    cameras: 'Sony, Panasonic, Canon, JVC',
    folders: /\/(BDMV|AVCHDTN|IISVPL)\//i,
    clips: '`PRIVATE/AVCHD/BDMV/STREAM/00000.MTS`',
    leftovers: [
      { kind: 'thumbnail', what: '`AVCHDTN`', path: /\/AVCHDTN\//i },
      {
        kind: 'index',
        what: '`BDMV/PLAYLIST`, `CLIPINF`, `BACKUP`; `IISVPL`',
        path: /\/(BDMV\/(PLAYLIST|CLIPINF|BACKUP|META)|IISVPL)\//i,
      },
    ],
  },
  {
    title: 'Blackmagic RAW',
    cameras: 'Pocket Cinema Camera, URSA, PYXIS',
    file: /\.(braw|sidecar)$/i,
    clips: '`A001_01010101_C001.braw`; proxies in `Proxy` beside it',
    leftovers: [],
  },
  {
    title: 'GoPro',
    cameras: 'HERO, MAX',
    folders: /\/\d{3}GOPRO\//i,
    clips: '`DCIM/100GOPRO/GX010001.MP4`',
    leftovers: [{ kind: 'proxy', what: '`GL*.LRV`, `GL*.MP4`', path: /\/GL\d{6}\.(lrv|mp4)$/i }],
  },
  {
    title: 'DJI',
    cameras: 'Mavic, Air, Mini, Inspire, Osmo',
    folders: /\/DCIM\/(DJI_\w+|\d{3}MEDIA|\d{3}_\d{4})\//i,
    clips: '`DCIM/DJI_001/DJI_20240101120000_0001_D.MP4`, `DCIM/100MEDIA`',
    leftovers: [{ kind: 'index', what: '`.SRT`: the flight', path: /\.srt$/i }],
  },
  {
    title: 'Nikon',
    cameras: 'Z8, Z9, ZR, Z6III',
    folders: /\/DCIM\/\d{3}N\w{4}\//i,
    file: /\.NEV$/i,
    clips: '`DCIM/100NCZ_9/DSC_0001.NEV`, `.MOV`, `.R3D`',
    leftovers: [
      {
        kind: 'proxy',
        what: '`.MP4` beside a `.MOV` of its name',
        path: /\/DCIM\/\d{3}N\w{4}\/[^/]+\.mp4$/i,
        beside: { where: 'folder', name: 'same', extensions: ['.mov'] },
      },
    ],
  },
];
