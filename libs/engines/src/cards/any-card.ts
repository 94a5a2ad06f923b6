import { words } from '../media/index.ts';
import { UNSUPPORTED_KINDS, type UnsupportedKind } from '../routing/source-formats.ts';
import { CLIP_EXTENSIONS } from './clip-extensions.ts';
import type { CardRule } from './card-layout.ts';

/** What holds on every card, and in a folder that is none; after the rules of the card's own layout. */
export const ANY_CARD: readonly CardRule[] = [
  { kind: 'mhl', what: '`.mhl`, `ascmhl`', path: /\.mhl$|\/ascmhl\// },
  { kind: 'proxy', what: '`.LRV`, `.LRF`', path: /\.(lrv|lrf)$/i },
  {
    kind: 'proxy',
    what: '`.MP4` beside a `.NEV` or `.R3D` of its name',
    path: /\.mp4$/i,
    beside: { where: 'folder', name: 'same', extensions: ['.nev', '.r3d'] },
  },
  { kind: 'proxy', what: '`…_CANON_001_Proxy.MP4`', path: /_CANON(_\d+)?_Proxy\.(mxf|mp4|mov)$/i },
  {
    kind: 'proxy',
    what: '`…_Proxy.MP4` beside the clip that it is named after',
    path: /_Proxy\.(mxf|mp4|mov)$/i,
    beside: { where: 'folder', name: 'same', without: /_Proxy$/i, extensions: CLIP_EXTENSIONS },
  },
  {
    kind: 'proxy',
    what: '`C0001S03.MP4` beside `C0001.MP4` or `.MXF` (Sony)',
    path: /S\d{2}\.mp4$/i,
    beside: { where: 'folder', name: 'same', without: /S\d{2}$/i, extensions: ['.mp4', '.mxf'] },
  },
  { kind: 'proxy', what: '`LRV_….insv` (Insta360)', path: /\/LRV_\d{8}_[^/]+\.(insv|mp4)$/i },
  {
    kind: 'proxy',
    what: 'in a folder `Proxy`, under the name of a clip beside that folder',
    path: /\/prox(y|ies)\/[^/]+$/i,
    beside: { where: 'parent', name: 'same', extensions: CLIP_EXTENSIONS },
  },
  { kind: 'thumbnail', what: '`.THM`, `.SCR`', path: /\.(thm|scr)$/i },
  { kind: 'still', what: 'photos, `.DNG` in `DCIM` too', path: /\/DCIM\/.*\.dng$/i },
  { kind: 'still', what: extensionsShown('still'), path: extensionIn(extensionsOf('still')) },
  {
    kind: 'still',
    what: '`.HIF`, `.GPR`, `.NDF`',
    path: /\.(hif|gpr|ndf|srw|pef|3fr|iiq|ico)$/i,
  },
  {
    kind: 'sound',
    what: extensionsShown('no_picture'),
    path: extensionIn(extensionsOf('no_picture')),
  },
  {
    kind: 'settings',
    what: '`.sidecar`, `.rmd`, looks',
    path: /\.(sidecar|rmd|cube|look|aml|cdl|cc|ccc|drx|nk3|np3)$/i,
  },
  {
    kind: 'index',
    what: '`.xml`, `.bim`, `.cpf`, `.ale`, `.txt`, `.pdf` and the like',
    path: extensionIn(
      words(
        '.xml .bim .ppn .smi .cpf .cif .sif .bin .dat .sav .dsc .ind .ctg .bdm .bdmv .mpl .cpi .tdt .tid .ale .csv .tsv .txt ' +
          '.md .pdf .html .htm .json .yaml .log .db .ini .url .lnk .md5 .sha1 .sha256 .xxh .zip .doc .docx .xls .xlsx .rtf',
      ),
    ),
  },
  { kind: 'index', what: 'lists of clips', path: extensionIn(extensionsOf('list')) },
];

function extensionsOf(kind: UnsupportedKind['finding']): readonly string[] {
  return UNSUPPORTED_KINDS.filter((row) => row.finding === kind).flatMap((row) => row.extensions);
}

function extensionsShown(kind: UnsupportedKind['finding']): string {
  const [first = '', second = ''] = extensionsOf(kind);
  return `\`${first}\`, \`${second}\` and the like`;
}

function extensionIn(extensions: readonly string[]): RegExp {
  return new RegExp(`\\.(${extensions.map((extension) => extension.slice(1)).join('|')})$`, 'i');
}
