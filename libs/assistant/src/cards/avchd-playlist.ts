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
 * Names, without extension, of the streams that go on from the one before by an AVCHD playlist (`PLAYLIST/00000.MPL`, laid out as on
 * Blu-ray discs). Other bytes, or those after a cut, tell nothing.
 */
export function joinedStreams(bytes: Buffer): string[] {
  const joined: string[] = [];
  if (bytes.toString('latin1', 0, 4) !== 'MPLS' || bytes.length < LIST_AT + 4) return joined;
  const list = bytes.readUInt32BE(LIST_AT);
  if (list + ITEMS_AT > bytes.length) return joined;
  const count = bytes.readUInt16BE(list + COUNT_AT);
  for (let index = 0, at = list + ITEMS_AT; index < count; index++) {
    const item = at + 2;
    if (item + CONNECTION_AT >= bytes.length) break;
    const connection = bytes.readUInt8(item + CONNECTION_AT) & 15;
    if (GOES_ON.has(connection)) joined.push(bytes.toString('latin1', item, item + NAME_LENGTH));
    at = item + bytes.readUInt16BE(at);
  }
  return joined;
}
