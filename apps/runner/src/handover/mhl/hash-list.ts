import XMLBuilder from 'fast-xml-builder';
import type { Algorithm } from '../../mhl/algorithms.ts';
import type { Generation } from '../../mhl/chain.ts';

/** A file as a hash list has it. */
export interface ListedFile {
  /** Below the folder of the history, with `/` on every system. */
  path: string;
  bytes: number;
  modifiedAt: Date;
  hashes: readonly ListedHash[];
  hashedAt: Date;
}

/** A hash, and whether it is the one that the history has; `original` for a file that is new to it. */
export interface ListedHash {
  algorithm: Algorithm;
  value: string;
  action: 'original' | 'verified' | 'failed';
}

export interface HashList {
  createdAt: Date;
  hostname: string;
  version: string;
  files: readonly ListedFile[];
}

/** What no list of files speaks of, as the reference implementation has it. */
const IGNORED = ['.DS_Store', 'ascmhl', 'ascmhl/'];

/** The schema has them in this order, and no others. */
const IN_ORDER: readonly Algorithm[] = ['c4', 'md5', 'sha1', 'xxh128', 'xxh3', 'xxh64'];

const builder = new XMLBuilder({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  textNodeName: '#',
  format: true,
  indentBy: '  ',
});

/** A hash list as the schema of ASC MHL 2.0 has it. */
export function hashListXml({ createdAt, hostname, version, files }: HashList): string {
  return document({
    hashlist: {
      '@version': '2.0',
      '@xmlns': 'urn:ASC:MHL:v2.0',
      creatorinfo: {
        creationdate: instant(createdAt),
        hostname,
        tool: { '@version': version, '#': 'watch-folder-runner' },
      },
      processinfo: { process: 'in-place', ignore: { pattern: IGNORED } },
      hashes: { hash: files.map(hashElement) },
    },
  });
}

/** The chain of a history, with all its lists. */
export function chainXml(generations: readonly Generation[]): string {
  return document({
    ascmhldirectory: {
      '@xmlns': 'urn:ASC:MHL:DIRECTORY:v2.0',
      hashlist: generations.map(({ number, name, c4 }) => ({
        '@sequencenr': String(number),
        path: name,
        c4,
      })),
    },
  });
}

/** Says why a path can't stand in XML, which has no words for control characters, or `null` when it can. */
export function refusalOfPath(path: string): string | null {
  return /[\p{Cc}\p{Cs}\uFFFE\uFFFF]/u.test(path) ? 'its name has control characters' : null;
}

function hashElement({ path, bytes, modifiedAt, hashes, hashedAt }: ListedFile) {
  return {
    path: { '@size': String(bytes), '@lastmodificationdate': instant(modifiedAt), '#': path },
    ...Object.fromEntries(
      IN_ORDER.flatMap((name) =>
        hashes
          .filter(({ algorithm }) => algorithm === name)
          .map(({ value, action }) => [
            name,
            { '@action': action, '@hashdate': instant(hashedAt), '#': value },
          ]),
      ),
    ),
  };
}

function document(content: object): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${builder.build(content)}`;
}

/** Whole seconds in UTC. */
function instant(date: Date): string {
  return date.toISOString().replace(/\.\d+Z$/, '+00:00');
}
