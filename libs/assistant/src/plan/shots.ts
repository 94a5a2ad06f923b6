import { dirname, join, parse } from 'node:path';
import { joinedStreams } from '../cards/avchd-playlist.ts';
import { readdir, readWhole, severalAtOnce } from '@app/storage';
import { slashed } from './walk.ts';

/** `…/CONTENTS/VIDEO/0001AB.MXF`, described by `…/CONTENTS/CLIP/0001AB.XML`. */
const P2 = /^(?<card>.*\/CONTENTS\/)(?:VIDEO|AVCLIP)\/(?<name>[^/]+)\.\w+$/i;
/** A description of P2 that names the clip before it. */
const GOES_ON = /<Previous>\s*<GlobalClipID>\s*[^<\s]/;
/** `…/BDMV/STREAM/00000.MTS`, in the order of `…/BDMV/PLAYLIST/*.MPL`. */
const AVCHD = /\/BDMV\/STREAM\/\d{5}\.\w+$/i;
const PLAYLIST = /\.mpls?$/i;
/** No camera's list is larger, in bytes. */
const MOST_BYTES = 1024 * 1024;

/**
 * Clips that go on from another one by the list of their own camera, P2's or AVCHD's. A list that can't be read tells nothing.
 *
 * @param paths of clips, absolute.
 */
export async function joinedClips(paths: readonly string[]): Promise<string[]> {
  const cards = new Set(paths.filter((path) => AVCHD.test(slashed(path))).map(dirname));
  const streams = new Set((await severalAtOnce([...cards], joinedOn)).flat());
  const isJoined = await severalAtOnce(paths, async (path) => {
    const { card, name } = P2.exec(slashed(path))?.groups ?? {};
    if (card === undefined) return streams.has(join(dirname(path), parse(path).name));
    return GOES_ON.test((await bytesOf(`${card}CLIP/${name}.XML`)).toString());
  });
  return paths.filter((_, index) => isJoined[index]);
}

/** Paths without extension of streams in a folder that go on from another. */
async function joinedOn(folder: string): Promise<string[]> {
  const playlists = join(dirname(folder), 'PLAYLIST');
  const names = await readdir(playlists).catch(() => []);
  const lists = names.filter((name) => PLAYLIST.test(name)).map((name) => join(playlists, name));
  const joined = (await severalAtOnce(lists, bytesOf)).flatMap(joinedStreams);
  return joined.map((name) => join(folder, name));
}

function bytesOf(path: string): Promise<Buffer> {
  return readWhole(path, MOST_BYTES).catch(() => Buffer.alloc(0));
}
