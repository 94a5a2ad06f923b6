import { CARD_LAYOUTS, type CardLayout } from '../../libs/assistant/src/cards/card-layouts.ts';
import { LEFTOVER_WORDS } from '../../libs/assistant/src/cards/leftover.ts';
import { markdownTable } from './markdown-table.ts';
import { ANY_CARD } from '../../libs/assistant/src/cards/recognise-file.ts';

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
    `${SPANS}\n`,
  ].join('\n\n');
}

const INTRODUCTION =
  'Written by `npm run capabilities` from the tables in `libs/assistant/src/cards`, which follow the manuals of the makers. ' +
  '[plan](plan.md) uses them. They say only what isn’t a clip. A look inside says which files are clips, and which engine takes them, ' +
  'as in [the runner](ENGINE_CAPABILITIES.md). A folder that isn’t a card is planned as well.';

const LEFT_OUT =
  'Each kind is counted. The rules of a layout hold only on such cards, the others everywhere. Folders and extensions may be in any case. ' +
  'A card in the tree of another one follows its own layout. Three or more `.dpx`, `.exr`, `.cin`, `.tif`, `.png`, `.tga` or `.jp2` images ' +
  'that are numbered alike, outside `DCIM`, are named as a sequence. No proxies are made of it.';

const SPANS =
  'Each file becomes a proxy of its own: files are never joined. The parts of a RED clip (`A001_C001_0101AB_002.R3D`) are the ' +
  'exception: to Resolve they are one clip, and become one proxy. What AVCHD’s playlists (`BDMV/PLAYLIST`) and P2’s ' +
  'descriptions (`CONTENTS/CLIP`) say of files that belong together isn’t read: each file relinks by itself.';

function layoutsTable(): string {
  const rows = CARD_LAYOUTS.map(({ title, cameras, clips }) => [title, cameras, clips]);
  return markdownTable(['Card', 'Cameras, for example', 'Clips'], rows);
}

function leftoversTable(): string {
  const rows = [...CARD_LAYOUTS.map(rowsOf), rowsOf({ title: 'any', leftovers: ANY_CARD })].flat();
  return markdownTable(['Card', 'What', 'Counts as'], rows);
}

function rowsOf({ title, leftovers }: Pick<CardLayout, 'title' | 'leftovers'>): string[][] {
  return leftovers.map(([kind, what]) => [title, what, LEFTOVER_WORDS[kind][0]]);
}
