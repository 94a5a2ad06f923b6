/** How an item of a playlist begins when it goes on from the one before, without a gap in between. */
const GOES_ON = new Set([5, 6]);
/** Where the file says that its list begins, and where the list says how many items it has. */
const LIST_AT = 8;
const COUNT_AT = 6;
const ITEMS_AT = 10;
/** In an item, after its length: the name of the stream, and how it is connected. */
const NAME_LENGTH = 5;
const CONNECTION_AT = 10;

/**
 * The shots of an AVCHD playlist (`PLAYLIST/00000.MPL`, laid out as on Blu-ray discs): the names of their streams, without extension.
 * Other bytes, or those after a cut, tell nothing.
 */
export function shotsInPlaylist(bytes: Buffer): string[][] {
  const shots: string[][] = [];
  if (bytes.toString('latin1', 0, 4) !== 'MPLS' || bytes.length < LIST_AT + 4) return shots;
  const list = bytes.readUInt32BE(LIST_AT);
  if (list + ITEMS_AT > bytes.length) return shots;
  const count = bytes.readUInt16BE(list + COUNT_AT);
  for (let index = 0, at = list + ITEMS_AT; index < count; index++) {
    const item = at + 2;
    if (item + CONNECTION_AT >= bytes.length) break;
    const name = bytes.toString('latin1', item, item + NAME_LENGTH);
    const connection = bytes.readUInt8(item + CONNECTION_AT) & 15;
    const shot = shots.at(-1);
    if (shot !== undefined && GOES_ON.has(connection)) shot.push(name);
    else shots.push([name]);
    at = item + bytes.readUInt16BE(at);
  }
  return shots;
}
