import { CARD_LAYOUTS, type CardLayout } from '../../libs/assistant/src/cards/card-layouts.ts';
import { LEFTOVER_WORDS } from '../../libs/assistant/src/cards/leftover.ts';
import { markdownTable } from './markdown-table.ts';
import { ANY_CARD } from '../../libs/assistant/src/cards/recognise-file.ts';

/** Section of `docs/ENGINE_CAPABILITIES.md` on camera cards, made from the tables that `plan` uses. */
export function cardsSection(): string {
  return [
    '## Cards',
    INTRODUCTION,
    layoutsTable(),
    '### What isn’t a clip',
    LEFT_OUT,
    leftoversTable(),
    '### Shots in several files',
    SPANS,
  ].join('\n\n');
}

const INTRODUCTION =
  '[`plan`](plan.md) knows these layouts from the makers’ manuals. They only say which files aren’t clips. ' +
  'The content of a file decides whether it is a clip, and which engine takes it. A folder that isn’t a card is planned too.';

const LEFT_OUT =
  'Each kind is counted. The rules of a layout apply only to its cards, those for any card apply everywhere. Folders and extensions may be in upper or lower case. ' +
  'A card inside another card follows its own layout. Three or more `.dpx`, `.exr`, `.cin`, `.tif`, `.png`, `.tga` or `.jp2` images ' +
  'with consistent numbers, outside `DCIM`, are reported as a sequence. It gets no proxy.';

const SPANS =
  'Each file gets its own proxy: files are never joined. The exception is a RED clip: its parts (`A001_C001_0101AB_002.R3D`), ' +
  'which are one clip to Resolve, become one proxy. AVCHD’s playlists (`BDMV/PLAYLIST`) and P2’s descriptions ' +
  '(`CONTENTS/CLIP`), which say what belongs together, aren’t read: each file relinks by itself.';

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
