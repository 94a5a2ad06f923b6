import { posix } from 'node:path';
import { spannedPart } from '@app/storage';
import type { CardNeighbour, CardRule } from './card-layouts.ts';
import { cardAt } from './card-root.ts';
import type { Leftover, Neighbours } from './leftover.ts';
import type { Finding } from '@app/jobspec';
import { extensionsOf } from '@app/engines';

/**
 * Returns the kind of a file that gets no proxy, by its absolute path with slashes; `null` for a possible clip, which
 * only probing can settle.
 */
export function leftoverOf(path: string, neighbours: Neighbours): Leftover | null {
  const card = cardAt(path);
  const holds = ([, , pattern, neighbour]: CardRule, of: string) =>
    pattern.test(of) && (neighbour === undefined || hasNeighbour(neighbour, path, neighbours));
  const [kind] =
    card?.layout.leftovers.find((rule) => holds(rule, path.slice(card.start))) ??
    ANY_CARD.find((rule) => holds(rule, path)) ??
    [];
  if (kind !== undefined) return kind;
  const spanned = spannedPart(posix.basename(path));
  const isLater = spanned !== null && spanned.part !== 1;
  return isLater && neighbours.folder.has(spanned.nameOf(1).toUpperCase()) ? 'part' : null;
}

/** True if the file is named like a clip, so that it is reported if no engine takes it. */
export function isNamedLikeClip(path: string): boolean {
  return CLIP_EXTENSIONS.includes(posix.extname(path).toLowerCase());
}

function hasNeighbour(
  { where, name, without, extensions }: CardNeighbour,
  path: string,
  neighbours: Neighbours,
): boolean {
  const names = neighbours[where];
  if (name === 'any')
    return [...names].some((one) => extensions.includes(posix.extname(one).toLowerCase()));
  const stem = posix.parse(path).name.replace(without ?? '', '');
  return extensions.some((extension) => names.has((stem + extension).toUpperCase()));
}

/** Extensions of clips in unsupported containers. */
const UNSUPPORTED = '.m2v .wmv .flv .cine .mlv .rmf .krw'.split(' ');

/** Clip extensions. An unsupported file with one of them is reported; any other file that can't be opened isn't a clip. */
export const CLIP_EXTENSIONS: readonly string[] = [...extensionsOf('clip'), ...UNSUPPORTED];

/** Clip next to the file, with the same name apart from the suffix. */
const twin = (extensions: readonly string[], without?: RegExp) =>
  ({ where: 'folder', name: 'same', extensions, ...(without && { without }) }) as const;

/** Rules for every card and for other folders, after the rules of the card's own layout. */
export const ANY_CARD: readonly CardRule[] = [
  ['mhl', '`.mhl`, `ascmhl`', /\.mhl$|\/ascmhl\//],
  ['proxy', '`.LRV`, `.LRF`', /\.(lrv|lrf)$/i],
  ['proxy', '`.MP4` beside a `.NEV` or `.R3D` of its name', /\.mp4$/i, twin(['.nev', '.r3d'])],
  ['proxy', '`…_CANON_001_Proxy.MP4`', /_CANON(_\d+)?_Proxy\.(mxf|mp4|mov)$/i],
  [
    'proxy',
    '`…_Proxy.MP4` beside the clip that it is named after',
    /_Proxy\.(mxf|mp4|mov)$/i,
    twin(CLIP_EXTENSIONS, /_Proxy$/i),
  ],
  [
    'proxy',
    '`C0001S03.MP4` beside `C0001.MP4` or `.MXF` (Sony)',
    /S\d{2}\.mp4$/i,
    twin(['.mp4', '.mxf'], /S\d{2}$/i),
  ],
  ['proxy', '`LRV_….insv` (Insta360)', /\/LRV_\d{8}_[^/]+\.(insv|mp4)$/i],
  [
    'proxy',
    'in a folder `Proxy`, under the name of a clip beside that folder',
    /\/prox(y|ies)\/[^/]+$/i,
    { where: 'parent', name: 'same', extensions: CLIP_EXTENSIONS },
  ],
  [
    'proxy',
    '`Proxy/C001_mov.mov` beside `C001.mov`, where several clips have one name',
    /\/prox(y|ies)\/[^/]+$/i,
    {
      where: 'parent',
      name: 'same',
      extensions: CLIP_EXTENSIONS,
      without: /_[a-z0-9]+(_Proxy)?$/i,
    },
  ],
  ['thumbnail', '`.THM`, `.SCR`', /\.(thm|scr)$/i],
  ['still', 'photos, `.DNG` in `DCIM` too', /\/DCIM\/.*\.dng$/i],
  ['still', extensionExamples('still'), extensionIn(extensionsOf('still'))],
  ['still', '`.HIF`, `.GPR`, `.NDF`', /\.(hif|gpr|ndf|srw|pef|3fr|iiq|ico)$/i],
  ['sound', extensionExamples('no_picture'), extensionIn(extensionsOf('no_picture'))],
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

function extensionExamples(kind: Finding): string {
  const [first = '', second = ''] = extensionsOf(kind);
  return `\`${first}\`, \`${second}\` and the like`;
}

function extensionIn(extensions: readonly string[]): RegExp {
  return new RegExp(`\\.(${extensions.map((extension) => extension.slice(1)).join('|')})$`, 'i');
}
