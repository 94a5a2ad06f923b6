import type { CardLayout } from './card-layout.ts';

/** One maker, three layouts. */
export const SONY_LAYOUTS: readonly CardLayout[] = [
  {
    title: 'Sony XDROOT',
    cameras: 'VENICE, BURANO, F5, F55, FX9, XDCAM',
    folders: /\/XDROOT\//i,
    clips: '`XDROOT/Clip/*.MXF`',
    leftovers: [
      { kind: 'proxy', what: '`XDROOT/Sub`', path: /\/XDROOT\/Sub\//i },
      { kind: 'thumbnail', what: '`XDROOT/Thmbnl`', path: /\/XDROOT\/Thmbnl\//i },
      {
        kind: 'index',
        what: '`XDROOT/Edit`, `Take`, `General`, `UserData`',
        path: /\/XDROOT\/(Edit|Take|General|UserData)\//i,
      },
    ],
  },
  {
    title: 'Sony M4ROOT',
    cameras: 'Alpha, FX3, FX6, FX30, ZV, XAVC S and HS',
    folders: /\/M4ROOT\//i,
    clips: '`PRIVATE/M4ROOT/CLIP/C0001.MP4`',
    leftovers: [
      { kind: 'proxy', what: '`M4ROOT/SUB`', path: /\/M4ROOT\/SUB\//i },
      { kind: 'thumbnail', what: '`M4ROOT/THMBNL`', path: /\/M4ROOT\/THMBNL\//i },
      { kind: 'index', what: '`M4ROOT/GENERAL`', path: /\/M4ROOT\/GENERAL\//i },
    ],
  },
  {
    title: 'Sony BPAV',
    cameras: 'XDCAM EX, PMW',
    folders: /\/BPAV\//i,
    clips: '`BPAV/CLPR/123_0001_01/123_0001_01.MP4`',
    leftovers: [{ kind: 'index', what: '`BPAV/TAKR`', path: /\/BPAV\/TAKR\//i }],
  },
];
