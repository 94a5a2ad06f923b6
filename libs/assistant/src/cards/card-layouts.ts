import type { Leftover } from './leftover.ts';

/**
 * File on a card that isn't a clip: its kind, its name in the documentation, and a case-insensitive pattern of its path
 * with slashes. For a card's own rule, the path starts at the card's folders. With a neighbour, the rule only applies
 * if such a clip exists.
 */
export type CardRule = readonly [
  kind: Leftover,
  what: string,
  path: RegExp,
  neighbour?: CardNeighbour,
];

/** Clip in the same folder or its parent. */
export interface CardNeighbour {
  where: 'folder' | 'parent';
  /** `same`: the file's own name, apart from the extension. */
  name: 'same' | 'any';
  /** Suffix of the file's name that the clip's name lacks. */
  without?: RegExp;
  /** Lower case, with the dot. */
  extensions: readonly string[];
}

/** Card layout of a maker's cameras. */
export interface CardLayout {
  title: string;
  cameras: string;
  /** Identifying folders in a file's path, with slashes, case-insensitive. */
  folders?: RegExp;
  /** Identifying pattern of a path without such folders. */
  file?: RegExp;
  /**
   * Card folder, from the start of a path. Default: the parent of `folders`, or the folder that contains the match of
   * `file`.
   */
  root?: RegExp;
  /** Example for the documentation. */
  clips: string;
  leftovers: readonly CardRule[];
}

/**
 * Layouts known by folders or file names, from the makers' manuals. The deepest matching folder wins, then the first
 * matching `file`.
 */
export const CARD_LAYOUTS: readonly CardLayout[] = [
  {
    title: 'RED',
    cameras: 'RED ONE to V-RAPTOR',
    folders: /\.(RDM|RDC)\//i,
    file: /\.R3D$/i,
    root: /^.*\.RDM(?=\/)|^.*(?=\/[^/]*\.RDC\/)/i,
    clips: '`A001.RDM/A001_C001.RDC/A001_C001_001.R3D`: one clip, whatever its parts',
    leftovers: [
      [
        'proxy',
        '`.mov`, `.mxf`, `.mp4` in an `.RDC` beside its `.R3D`',
        /\.RDC\/[^/]+\.(mov|mxf|mp4)$/i,
        { where: 'folder', name: 'any', extensions: ['.r3d'] },
      ],
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
  {
    title: 'Sony XDROOT',
    cameras: 'VENICE, BURANO, F5, F55, FX9, XDCAM',
    folders: /\/XDROOT\//i,
    clips: '`XDROOT/Clip/*.MXF`',
    leftovers: [
      ['proxy', '`XDROOT/Sub`', /\/XDROOT\/Sub\//i],
      ['thumbnail', '`XDROOT/Thmbnl`', /\/XDROOT\/Thmbnl\//i],
      [
        'index',
        '`XDROOT/Edit`, `Take`, `General`, `UserData`',
        /\/XDROOT\/(Edit|Take|General|UserData)\//i,
      ],
    ],
  },
  {
    title: 'Sony M4ROOT',
    cameras: 'Alpha, FX3, FX6, FX30, ZV, XAVC S and HS',
    folders: /\/M4ROOT\//i,
    clips: '`PRIVATE/M4ROOT/CLIP/C0001.MP4`',
    leftovers: [
      ['proxy', '`M4ROOT/SUB`', /\/M4ROOT\/SUB\//i],
      ['thumbnail', '`M4ROOT/THMBNL`', /\/M4ROOT\/THMBNL\//i],
      ['index', '`M4ROOT/GENERAL`', /\/M4ROOT\/GENERAL\//i],
    ],
  },
  {
    title: 'Sony BPAV',
    cameras: 'XDCAM EX, PMW',
    folders: /\/BPAV\//i,
    clips: '`BPAV/CLPR/123_0001_01/123_0001_01.MP4`',
    leftovers: [['index', '`BPAV/TAKR`', /\/BPAV\/TAKR\//i]],
  },
  {
    title: 'Canon',
    cameras: 'Cinema EOS, XF, EOS R5 C',
    folders: /\/(CONTENTS\/CLIPS\d{3}|XFVC)\//i,
    clips: '`CONTENTS/CLIPS001/…/*.MXF`, `.CRM`, `.MP4`; `XFVC/REEL_001`',
    leftovers: [['thumbnail', '`.JPG` beside a clip', /\/CLIPS\d{3}\/.*\.jpg$/i]],
  },
  {
    title: 'Panasonic P2',
    cameras: 'VariCam, AJ, AG',
    folders: /\/CONTENTS\/(VIDEO|AVCLIP|AUDIO|CLIP|ICON|PROXY|VOICE)\//i,
    clips: '`CONTENTS/VIDEO/*.MXF`, `CONTENTS/AVCLIP`; its sound lies in files of its own',
    leftovers: [
      ['sound', '`CONTENTS/AUDIO`, `VOICE`', /\/CONTENTS\/(AUDIO|VOICE)\//i],
      ['proxy', '`CONTENTS/PROXY`', /\/CONTENTS\/PROXY\//i],
      ['thumbnail', '`CONTENTS/ICON`', /\/CONTENTS\/ICON\//i],
      ['index', '`CONTENTS/CLIP`', /\/CONTENTS\/CLIP\//i],
    ],
  },
  {
    title: 'AVCHD',
    cameras: 'Sony, Panasonic, Canon, JVC',
    folders: /\/(BDMV|AVCHDTN|IISVPL)\//i,
    clips: '`PRIVATE/AVCHD/BDMV/STREAM/00000.MTS`',
    leftovers: [
      ['thumbnail', '`AVCHDTN`', /\/AVCHDTN\//i],
      [
        'index',
        '`BDMV/PLAYLIST`, `CLIPINF`, `BACKUP`; `IISVPL`',
        /\/(BDMV\/(PLAYLIST|CLIPINF|BACKUP|META)|IISVPL)\//i,
      ],
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
    leftovers: [['proxy', '`GL*.LRV`, `GL*.MP4`', /\/GL\d{6}\.(lrv|mp4)$/i]],
  },
  {
    title: 'DJI',
    cameras: 'Mavic, Air, Mini, Inspire, Osmo',
    folders: /\/DCIM\/(DJI_\w+|\d{3}MEDIA|\d{3}_\d{4})\//i,
    clips: '`DCIM/DJI_001/DJI_20240101120000_0001_D.MP4`, `DCIM/100MEDIA`',
    leftovers: [['index', '`.SRT`: the flight', /\.srt$/i]],
  },
  {
    title: 'Nikon',
    cameras: 'Z8, Z9, ZR, Z6III',
    folders: /\/DCIM\/\d{3}N\w{4}\//i,
    file: /\.NEV$/i,
    clips: '`DCIM/100NCZ_9/DSC_0001.NEV`, `.MOV`, `.R3D`',
    leftovers: [
      [
        'proxy',
        '`.MP4` beside a `.MOV` of its name',
        /\/DCIM\/\d{3}N\w{4}\/[^/]+\.mp4$/i,
        { where: 'folder', name: 'same', extensions: ['.mov'] },
      ],
    ],
  },
];
