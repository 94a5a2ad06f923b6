/** An AVCHD playlist as cameras write it: which streams it has, in order, and which of them go on from the one before. */
export function avchdPlaylist(items: readonly { clip: string; goesOn: boolean }[]): Buffer {
  const playItems = items.map(({ clip, goesOn }) => {
    const item = Buffer.alloc(82);
    item.writeUInt16BE(item.length - 2, 0);
    item.write(`${clip}M2TS`, 2, 'latin1');
    item.writeUInt8(goesOn ? 6 : 1, 12);
    return item;
  });
  const header = Buffer.alloc(58);
  header.write('MPLS0100', 0, 'latin1');
  header.writeUInt32BE(header.length, 8);
  const list = Buffer.alloc(10);
  list.writeUInt16BE(items.length, 6);
  const playList = Buffer.concat([list, ...playItems]);
  playList.writeUInt32BE(playList.length - 4, 0);
  header.writeUInt32BE(header.length + playList.length, 12);
  const marks = Buffer.alloc(6);
  marks.writeUInt32BE(2, 0);
  return Buffer.concat([header, playList, marks]);
}

/** What P2 cameras write of a clip, as far as it tells which shot the clip belongs to. */
export function p2Clip(id: string, top: string, neighbours: { previous?: string; next?: string }) {
  const link = (name: string, of: string | undefined) =>
    of === undefined ? '' : `<${name}><GlobalClipID>${of}</GlobalClipID></${name}>`;
  const { previous, next } = neighbours;
  const offset = previous === undefined ? 0 : Number(id.slice(-1)) * 100;
  return `<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<P2Main xmlns="urn:schemas-Professional-Plug-in:P2:ClipMetadata:v3.1"><ClipContent>
<ClipName>0001AB</ClipName><GlobalClipID>${id}</GlobalClipID><Duration>100</Duration>
<Relation><OffsetInShot>${offset}</OffsetInShot><GlobalShotID>${top}</GlobalShotID><Connection>
${link('Top', top)}${link('Previous', previous)}${link('Next', next)}
</Connection></Relation></ClipContent></P2Main>`;
}
