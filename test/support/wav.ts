/** A WAV of silence as a recorder writes it: 48 kHz, mono, 16 bits, with `bext` and `iXML`. */
export function wav(notes: {
  samples: number;
  /** Samples since midnight. */
  since: number;
  scene: string;
  take: string;
  roll: string;
  /** Without it the notes stand in the description of `bext` alone. */
  hasIxml?: boolean;
}): Buffer {
  const { samples, since, scene, take, roll, hasIxml = true } = notes;
  const format = Buffer.alloc(16);
  format.writeUInt16LE(1, 0);
  format.writeUInt16LE(1, 2);
  format.writeUInt32LE(48_000, 4);
  format.writeUInt32LE(96_000, 8);
  format.writeUInt16LE(2, 12);
  format.writeUInt16LE(16, 14);
  const bext = Buffer.alloc(602);
  if (!hasIxml) bext.write(`sSCENE=${scene}\r\nsTAKE=${take}\r\nsTAPE=${roll}\r\n`);
  bext.writeUInt32LE(since % 2 ** 32, 338);
  bext.writeUInt32LE(Math.floor(since / 2 ** 32), 342);
  const escaped = scene.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  const ixml = `<?xml version="1.0" encoding="UTF-8"?><BWFXML><SCENE>${escaped}</SCENE><TAKE>${take}</TAKE><TAPE>${roll}</TAPE><SPEED><TIMECODE_RATE>24000/1001</TIMECODE_RATE><TIMECODE_FLAG>NDF</TIMECODE_FLAG></SPEED></BWFXML>\0\0`;
  const chunks = [
    chunk('bext', bext),
    chunk('fmt ', format),
    chunk('data', Buffer.alloc(samples * 2)),
    ...(hasIxml ? [chunk('iXML', Buffer.from(ixml))] : []),
  ];
  const body = Buffer.concat([Buffer.from('WAVE'), ...chunks]);
  return chunk('RIFF', body);
}

function chunk(id: string, body: Buffer): Buffer {
  const size = Buffer.alloc(4);
  size.writeUInt32LE(body.length);
  return Buffer.concat([Buffer.from(id), size, body, Buffer.alloc(body.length % 2)]);
}
