import { dirname, basename } from 'node:path';
import { writeFile } from 'node:fs/promises';
import { makeSource } from '../proxy/support.ts';
import { makeReferenceMovie } from '../support/raw-fakes.ts';
import type { Format, Healthy } from './healthy.ts';
import { declareLonger, declareWider, scramble } from './headers.ts';
import { spoilPackets } from './packets.ts';

export interface Damage {
  name: string;
  /** Formats that can have it; all of them when absent. */
  formats?: readonly Format[];
  /** Something that the header declares can't be in any proxy, so no success is true. */
  hopeless?: boolean;
  make: (healthy: Healthy, path: string) => Promise<unknown>;
}

/** Everything that happens to a shoot's only copy. */
export const DAMAGES: readonly Damage[] = [
  ...[10, 50, 99].map((percent) =>
    edited(`cut at ${percent} %`, (bytes) => bytes.subarray(0, oddLength(bytes, percent))),
  ),
  edited('noise in the middle', (bytes) => overwritten(bytes, (at) => (at * 7919 + 13) % 251)),
  edited('zeros in the middle', (bytes) => overwritten(bytes, () => 0)),
  {
    name: 'every fifth frame can’t be decoded',
    make: async (healthy, path) =>
      writeFile(path, await spoilPackets(healthy, (packet) => packet % 5 === 2, 0.5)),
  },
  {
    name: 'picture encrypted, and nothing says so',
    hopeless: true,
    make: async (healthy, path) => writeFile(path, await spoilPackets(healthy, () => true, 1)),
  },
  {
    name: 'picture encrypted',
    formats: ['mov', 'mp4'],
    hopeless: true,
    make: ({ path: healthy }, path) =>
      makeSource(
        path,
        `-i ${healthy} -map 0 -c copy -encryption_scheme cenc-aes-ctr`,
        '-encryption_key 76a6c65c5ea762046bd749a2e632ccbb -encryption_kid a7e61c373e219033c21091fa607bf3b8',
      ),
  },
  { ...edited('picture scrambled', scramble, ['ts']), hopeless: true },
  {
    name: 'reference movie',
    formats: ['mov', 'mp4'],
    hopeless: true,
    make: ({ path: healthy }, path) => makeReferenceMovie(dirname(path), basename(path), healthy),
  },
  declaring('picture ends before its header says', 'picture'),
  declaring('sound ends before its header says', 'sound'),
  {
    name: 'header names another size',
    formats: ['mov', 'mp4', 'mkv', 'avi', 'mxf'],
    make: ({ bytes, format }, path) => writeFile(path, declareWider(bytes, format)),
  },
];

function edited(name: string, edit: (bytes: Buffer) => Buffer, formats?: Format[]): Damage {
  return {
    name,
    ...(formats ? { formats } : {}),
    make: ({ bytes }, path) => writeFile(path, edit(Buffer.from(bytes))),
  };
}

/**
 * An odd number of bytes, so that the cut goes through a packet of a transport stream: one that ends between two packets
 * can't be told from a recording that was stopped there.
 */
function oddLength(bytes: Buffer, percent: number): number {
  return Math.floor((bytes.length * percent) / 100) | 1;
}

/** A transport stream declares no length. */
function declaring(name: string, what: 'picture' | 'sound'): Damage {
  return {
    name,
    formats: ['mov', 'mp4', 'mxf', 'mkv', 'avi'],
    hopeless: true,
    make: ({ bytes, format }, path) => writeFile(path, declareLonger(bytes, format, what)),
  };
}

/** Four kilobytes at 60 % are replaced. */
function overwritten(bytes: Buffer, value: (position: number) => number): Buffer {
  const start = Math.floor(bytes.length * 0.6);
  const end = Math.min(start + 4096, bytes.length);
  for (let position = start; position < end; position += 1) bytes[position] = value(position);
  return bytes;
}
