import { readFile, writeFile } from 'node:fs/promises';
import { execa } from 'execa';
import { makeSource } from '../proxy/support.ts';
import { LONG_GOP, picture, type Recording, SOUND } from './recording.ts';

/** Files as only other programs write them: FFmpeg's, with some bytes changed. */
export const PATCHED: readonly Recording[] = [
  patched({
    name: 'MXF without an index, of reordered pictures',
    extension: 'mxf',
    parts: `${picture()} ${SOUND} -c:v mpeg2video -bf 2 -g 12 -c:a pcm_s16le`,
    key: Buffer.from('060e2b34025301010d01020101100100', 'hex'),
    change: (segment) => Buffer.from('060e2b34010101020301021001000000', 'hex').copy(segment),
  }),
  patched({
    name: 'QuickTime with a part that it calls clean',
    extension: 'mov',
    parts: `${picture()} -pix_fmt uyvy422 -c:v rawvideo`,
    key: Buffer.from('clap'),
    change: (aperture) => {
      aperture.writeUInt32BE(304, 4);
      aperture.writeUInt32BE(172, 12);
    },
  }),
  patched({
    name: 'fields in another order than the container says',
    extension: 'mov',
    parts: `${picture('50', '720x576')} -vf interlace=scan=tff -flags +ildct+ilme -c:v mpeg2video -b:v 10M`,
    key: Buffer.from('fiel'),
    change: (order) => order.writeUInt8(14, 5),
  }),
  patched({
    name: 'AVI whose header is wrong about the pace of its sound',
    extension: 'avi',
    parts: `${picture()} ${SOUND} ${LONG_GOP} -c:a mp2 -ar 44100`,
    key: Buffer.from('auds'),
    change: (header) => {
      header.writeUInt32LE(8, 20);
      header.writeUInt32LE(30_625, 24);
      header.writeUInt32LE(1, 44);
    },
  }),
  patched({
    name: 'sound of an old encoder, whose first block FFmpeg leaves out',
    extension: 'mp4',
    parts: `${picture()} -f lavfi -i anoisesrc=d=1:r=48000:seed=7 -c:v libx264 -bf 0 -c:a aac -use_editlist 0`,
    key: Buffer.from('Lavc'),
    change: (name) => name.write('\0libfaac 1.26', 'latin1'),
  }),
  {
    name: 'a transport stream whose first block of sound is empty',
    extension: 'ts',
    make: async (path) => {
      const restless = 'aevalsrc=sin(3000*t)*abs(sin(1000*pow(floor(t*60)\\,2))):d=2:s=48000';
      const sound = await readFile(
        await makeSource(`${path}.aac`, `-f lavfi -i ${restless} -c:a aac`),
      );
      const header = Buffer.from(sound.subarray(0, 7));
      // Nine bytes with the header: a filler of none, and the end.
      header.writeUInt8(header.readUInt8(3) & 0xfc, 3);
      header.writeUInt16BE((9 << 5) | 0x1f, 4);
      await writeFile(`${path}.aac`, Buffer.concat([header, Buffer.from([0xc1, 0xc0]), sound]));
      await makeSource(path, `${picture()} -i ${path}.aac ${LONG_GOP} -c:a copy -muxpreload 0`);
    },
  },
  {
    name: 'AVI in which chunks of one byte stand for pictures that were dropped',
    extension: 'avi',
    make: async (path) => {
      const bytes = await readFile(
        await makeSource(path, `${picture()} -c:v mpeg4 -g 1 -vtag QMP4`),
      );
      const pictures = [...chunks(bytes, bytes.indexOf('movi') + 4)].filter(
        ({ name }) => name === '00dc',
      );
      const list = bytes.lastIndexOf('idx1') + 8;
      for (const n of [1, 7, 8]) {
        const { at, size } = pictures[n] ?? { at: Number.NaN, size: 0 };
        bytes.writeUInt32LE(1, at + 4);
        bytes.write('JUNK', at + 10, 'latin1');
        bytes.writeUInt32LE(size - 10, at + 14);
        bytes.writeUInt32LE(1, list + 16 * n + 12);
      }
      await writeFile(path, bytes);
    },
  },
  {
    name: 'AV1 whose header is that of a larger picture',
    extension: 'mp4',
    make: async (path) => {
      const coded = '-c:v libsvtav1 -preset 10';
      const larger = await readFile(
        await makeSource(`${path}.mp4`, `${picture('25', '640x360')} ${coded}`),
      );
      const clip = await readFile(await makeSource(path, `${picture()} ${coded}`));
      // The sizes of the sample entry, and the header of the codec after it.
      const [from, to] = [larger, clip].map((file) => file.indexOf('av01', file.indexOf('stsd')));
      const end = larger.indexOf('av1C') + 4 + 17;
      larger.copy(clip, to, from, end);
      await writeFile(path, clip);
    },
  },
  patched({
    name: 'WebM of one picture that only the file’s length times',
    extension: 'webm',
    parts: '-f lavfi -i testsrc2=d=1:r=1:s=320x180 -c:v libvpx',
    // Its default duration, with its length.
    key: Buffer.from('23e38384', 'hex'),
    change: (duration) => Buffer.from('ec86000000000000', 'hex').copy(duration),
  }),
  {
    name: 'Matroska that names the rate of fields',
    extension: 'mkv',
    make: async (path) => {
      const clip = await makeSource(
        `${path}.mov`,
        `${picture('30')} ${SOUND} ${LONG_GOP} -c:a aac`,
      );
      await execa('mkvmerge', ['-q', '-o', path, clip]);
      const rate = ['--edit', 'track:v1', '--set', 'default-duration=16666666'];
      await execa('mkvpropedit', ['-q', path, ...rate]);
    },
  },
];

/** The chunks of RIFF from a place on. */
function* chunks(
  bytes: Buffer,
  from: number,
): Generator<{ at: number; name: string; size: number }> {
  for (let at = from; at + 8 <= bytes.length;) {
    const size = bytes.readUInt32LE(at + 4);
    yield { at, name: bytes.toString('latin1', at, at + 4), size };
    at += 8 + size + (size % 2);
  }
}

interface Patch {
  name: string;
  extension: string;
  /** FFmpeg's arguments. */
  parts: string;
  key: Buffer;
  change: (fromKey: Buffer) => void;
}

function patched({ name, extension, parts, key, change }: Patch): Recording {
  return {
    name,
    extension,
    make: async (path) => {
      const bytes = await readFile(await makeSource(path, parts));
      const start = bytes.indexOf(key);
      if (start < 0) throw new Error(`${path} has no ${key.toString('hex')}`);
      change(bytes.subarray(start));
      await writeFile(path, bytes);
    },
  };
}
