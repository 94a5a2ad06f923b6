import { join } from 'node:path';
import { shotsInPlaylist, type Span } from '@app/engines';
import { readdir, readWhole } from '../files/index.ts';

/** `…/BDMV/STREAM/00000.MTS`. */
const STREAM = /^(?<card>.*\/BDMV\/)(?<folder>STREAM)\/(?<name>\d{5})\.\w+$/i;
const PLAYLIST = /\.mpls?$/i;
/** No camera's playlist is larger, in bytes. */
const MOST_BYTES = 1024 * 1024;

/**
 * Streams that are one shot by the playlists of their cards. A playlist that can't be read tells nothing.
 *
 * @param paths of clips, absolute, with slashes.
 */
export async function avchdShots(paths: readonly string[]): Promise<Span[]> {
  const cards = new Map<string, Map<string, string>>();
  for (const path of paths) {
    const { card, folder, name = '' } = STREAM.exec(path)?.groups ?? {};
    if (card === undefined) continue;
    const playlists = card + (folder === 'STREAM' ? 'PLAYLIST' : 'playlist');
    const streams = cards.get(playlists) ?? new Map<string, string>();
    cards.set(playlists, streams.set(name, path));
  }
  const spans = new Map<string, Span>();
  for (const [playlists, streams] of cards)
    for (const shot of await shotsIn(playlists)) {
      const span = shot.flatMap((name) => streams.get(name) ?? []);
      if (span.length > 1) spans.set(span.join('\n'), span);
    }
  return [...spans.values()];
}

async function shotsIn(playlists: string): Promise<string[][]> {
  const names = await readdir(playlists).catch(() => []);
  const shots: string[][] = [];
  for (const name of names.filter((name) => PLAYLIST.test(name)).sort())
    shots.push(...shotsInPlaylist(await bytesOf(join(playlists, name))));
  return shots;
}

function bytesOf(path: string): Promise<Buffer> {
  return readWhole(path, MOST_BYTES).catch(() => Buffer.alloc(0));
}
