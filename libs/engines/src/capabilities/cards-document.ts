import { ANY_CARD } from '../cards/any-card.ts';
import { CARD_LAYOUTS } from '../cards/card-layouts.ts';
import type { CardLayout } from '../cards/card-layout.ts';
import { LEFTOVER_WORDS } from '../cards/leftover.ts';
import { markdownTable } from './markdown-table.ts';

/** `docs/cards.md`, written from the tables that `plan` goes by. */
export function cardsDocument(): string {
  return [
    '# Cards',
    INTRODUCTION,
    '## Layouts',
    layoutsTable(),
    '## What is left out',
    LEFT_OUT,
    leftoversTable(),
    '## Shots in several files',
    SPANS,
    spansTable(),
    INDEXES,
    `${LIMITS}\n`,
  ].join('\n\n');
}

const INTRODUCTION =
  'Written by `npm run capabilities` from the tables in `libs/engines/src/cards`, which follow the manuals of the makers. ' +
  '[plan](plan.md) goes by them. They only say what is no clip: whether a file is one, and which engine takes it, is ' +
  'decided by a look inside, as [the runner decides it](ENGINE_CAPABILITIES.md). A folder that is no card is planned all the same.';

const LEFT_OUT =
  'Each is counted by kind. Rules of a layout hold on such cards only, the others everywhere; folders and extensions may be in any case. ' +
  'A card in the tree of another one follows its own layout. Three or more `.dpx`, `.exr`, `.cin`, `.tif`, `.png`, `.tga` or `.jp2` images ' +
  'that are numbered alike, outside `DCIM`, are told as a sequence, of which no proxies are made.';

const SPANS =
  'Each file becomes a proxy of its own, and `plan` says which belong together: files are never joined silently. The parts of a ' +
  'RED clip (`A001_C001_0101AB_002.R3D`) are the exception: to Resolve they are one clip, and become one proxy.';

const LIMITS =
  'A file that ends just below 4 GiB or 2 GiB was cut by the filesystem of its card: `plan` says that the shot probably goes on ' +
  'in another one, whatever their names.';

const INDEXES =
  'Two kinds of cards say in an index which clips go on from one another, and `plan` reads it: the playlists of AVCHD ' +
  '(`BDMV/PLAYLIST`), and the descriptions of P2 (`CONTENTS/CLIP`), by which a shot is told across cards. A clip of P2 whose other ' +
  "parts aren't there is named. An index that is missing or broken tells nothing.";

function layoutsTable(): string {
  const rows = CARD_LAYOUTS.map(({ title, cameras, clips }) => [title, cameras, clips]);
  return markdownTable(['Card', 'Cameras, for example', 'Clips'], rows);
}

function leftoversTable(): string {
  const rows = [...CARD_LAYOUTS.map(rowsOf), rowsOf({ title: 'any', leftovers: ANY_CARD })].flat();
  return markdownTable(['Card', 'What', 'Counts as'], rows);
}

function rowsOf({ title, leftovers }: Pick<CardLayout, 'title' | 'leftovers'>): string[][] {
  return leftovers.map(({ what, kind }) => [title, what, LEFTOVER_WORDS[kind][0]]);
}

function spansTable(): string {
  const rows = CARD_LAYOUTS.flatMap(({ title, spans }) =>
    spans.map(({ example }) => [title, example]),
  );
  return markdownTable(['Card', 'A further part, for example'], rows);
}
