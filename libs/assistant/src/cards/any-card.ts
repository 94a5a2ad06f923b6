import type { Finding } from '@app/jobspec';
import { extensionsOf } from '@app/engines';
import type { CardRule } from './card-layouts.ts';

/** Clips in containers that no source may have. */
const FOREIGN = '.m2v .wmv .flv .cine .mlv .rmf .krw'.split(' ');

/** Extensions that clips have. Such a file that no engine takes is told; another that can't be opened is just no clip. */
export const CLIP_EXTENSIONS: readonly string[] = [...extensionsOf('clip'), ...FOREIGN];

/** A clip beside the file, of the same name but for such an end. */
const beside = (extensions: readonly string[], without?: RegExp) =>
  ({ where: 'folder', name: 'same', extensions, ...(without && { without }) }) as const;

/** What holds on every card, and in a folder that is none; after the rules of the card's own layout. */
export const ANY_CARD: readonly CardRule[] = [
  ['mhl', '`.mhl`, `ascmhl`', /\.mhl$|\/ascmhl\//],
  ['proxy', '`.LRV`, `.LRF`', /\.(lrv|lrf)$/i],
  ['proxy', '`.MP4` beside a `.NEV` or `.R3D` of its name', /\.mp4$/i, beside(['.nev', '.r3d'])],
  ['proxy', '`…_CANON_001_Proxy.MP4`', /_CANON(_\d+)?_Proxy\.(mxf|mp4|mov)$/i],
  [
    'proxy',
    '`…_Proxy.MP4` beside the clip that it is named after',
    /_Proxy\.(mxf|mp4|mov)$/i,
    beside(CLIP_EXTENSIONS, /_Proxy$/i),
  ],
  [
    'proxy',
    '`C0001S03.MP4` beside `C0001.MP4` or `.MXF` (Sony)',
    /S\d{2}\.mp4$/i,
    beside(['.mp4', '.mxf'], /S\d{2}$/i),
  ],
  ['proxy', '`LRV_….insv` (Insta360)', /\/LRV_\d{8}_[^/]+\.(insv|mp4)$/i],
  [
    'proxy',
    'in a folder `Proxy`, under the name of a clip beside that folder',
    /\/prox(y|ies)\/[^/]+$/i,
    { where: 'parent', name: 'same', extensions: CLIP_EXTENSIONS },
  ],
  ['thumbnail', '`.THM`, `.SCR`', /\.(thm|scr)$/i],
  ['still', 'photos, `.DNG` in `DCIM` too', /\/DCIM\/.*\.dng$/i],
  ['still', shownOf('still'), extensionIn(extensionsOf('still'))],
  ['still', '`.HIF`, `.GPR`, `.NDF`', /\.(hif|gpr|ndf|srw|pef|3fr|iiq|ico)$/i],
  ['sound', shownOf('no_picture'), extensionIn(extensionsOf('no_picture'))],
  [
    'settings',
    '`.sidecar`, `.rmd`, looks',
    /\.(sidecar|rmd|cube|look|aml|cdl|cc|ccc|drx|nk3|np3)$/i,
  ],
  [
    'index',
    '`.xml`, `.bim`, `.cpf`, `.ale`, `.txt`, `.pdf` and the like',
    extensionIn(
      (
        '.xml .bim .ppn .smi .cpf .cif .sif .bin .dat .sav .dsc .ind .ctg .bdm .bdmv .mpl .cpi .tdt .tid .ale .csv .tsv .txt ' +
        '.md .pdf .html .htm .json .yaml .log .db .ini .url .lnk .md5 .sha1 .sha256 .xxh .zip .doc .docx .xls .xlsx .rtf'
      ).split(' '),
    ),
  ],
  ['index', 'lists of clips', extensionIn(extensionsOf('list'))],
];

function shownOf(kind: Finding): string {
  const [first = '', second = ''] = extensionsOf(kind);
  return `\`${first}\`, \`${second}\` and the like`;
}

function extensionIn(extensions: readonly string[]): RegExp {
  return new RegExp(`\\.(${extensions.map((extension) => extension.slice(1)).join('|')})$`, 'i');
}
