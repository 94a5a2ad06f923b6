import { createHash } from 'node:crypto';
import { basename, parse } from 'node:path';
import { CDL_LIMITS, quoted, type JobCdl } from '@app/jobspec';
import { ClipList, type KnownClip } from '../lists/clip-list.ts';
import { clipTimes, type MediaInfo } from '@app/engines';
import { ListFault, MAX_LIST_BYTES, type ListedClip } from '../lists/listed-clip.ts';
import { readClipList } from '../lists/read-list.ts';
import { CdlFault, readXmlCdls } from '../lists/cdl-xml.ts';
import { errorFact, readWhole } from '@app/storage';
import { misuse } from '../refusal/refusal.ts';

const ADVICE = 'Give --cdl a .cc, .ccc or .cdl, or an ALE or EDL with ASC_SOP and ASC_SAT.';

/** CDL for a clip, `null` if the file has none, or the reason why it is ambiguous. */
export type Correction = { cdl: JobCdl | null } | { conflict: string };

/** CDLs of clips, matched by name, or by reel and timecode. */
export class Corrections {
  private constructor(
    readonly file: string,
    readonly sha256: string,
    private readonly list: ClipList,
    private readonly cdls: ReadonlyMap<ListedClip, JobCdl>,
  ) {}

  /** @throws Refusal with a sentence if the file can't be read or parsed */
  static async read(file: string): Promise<Corrections> {
    try {
      const bytes = await readWhole(file, MAX_LIST_BYTES);
      const lines = linesOf(bytes, parse(file).name);
      const cdls = new Map<ListedClip, JobCdl>();
      for (const line of lines) {
        const cdl = cdlOf(line);
        if (cdl !== null) cdls.set(line, cdl);
      }
      if (cdls.size === 0) throw new CdlFault('holds no CDL');
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      return new Corrections(file, sha256, new ClipList([...cdls.keys()]), cdls);
    } catch (error) {
      const isKnown = error instanceof CdlFault || error instanceof ListFault;
      const fact = isKnown ? error.message : `can't be read: ${errorFact(error)}`;
      throw misuse(`${file} ${fact}. ${ADVICE}`);
    }
  }

  of(clip: KnownClip): Correction {
    const lines = this.list.linesOf(clip);
    const [first, ...others] = lines.map((line) => this.cdls.get(line) ?? null);
    const other = others.findIndex((cdl) => JSON.stringify(cdl) !== JSON.stringify(first));
    if (other < 0) return { cdl: first ?? null };
    const places = [lines[0], lines[other + 1]].map((line) => line?.line ?? 0);
    const conflict = `${this.file} has two CDLs for it that differ, entries ${places.join(' and ')}: leave one`;
    return { conflict };
  }
}

/** Detects the format by its first character. @throws CdlFault, ListFault */
export function linesOf(bytes: Uint8Array, stem: string): ListedClip[] {
  const text = new TextDecoder('utf-8').decode(bytes);
  return text.trimStart().startsWith('<') ? readXmlCdls(text, stem) : readClipList(bytes);
}

/** Facts of a clip that a list can match. */
export function knownClip(path: string, media: MediaInfo | null): KnownClip {
  return { file: basename(path), ...clipTimes(media) };
}

type Triple = JobCdl['slope'];

/** Characters of a decimal number; `Number` accepts others, too. */
const DECIMAL = /^[-+.\de]+$/i;
const SOP = /^\(([^()]*)\)[\s,]*\(([^()]*)\)[\s,]*\(([^()]*)\)$/;
const UNCHANGED: Omit<JobCdl, 'saturation'> = {
  slope: [1, 1, 1],
  offset: [0, 0, 0],
  power: [1, 1, 1],
};

/** Parses the CDL of an entry; `null` if it has none. @throws CdlFault if it is invalid */
export function cdlOf({ sop, saturation, line }: ListedClip): JobCdl | null {
  if (sop === null && saturation === null) return null;
  const numbers = sop === null ? UNCHANGED : readSop(sop, line);
  return { ...numbers, saturation: saturation === null ? 1 : readSaturation(saturation, line) };
}

function readSop(text: string, line: number) {
  const [, ...groups] = SOP.exec(text.trim()) ?? [];
  const [slope, offset, power] = groups;
  if (slope === undefined || offset === undefined || power === undefined)
    throw new CdlFault(
      `has no slope, offset and power in line ${line}: they are three groups of three numbers, such as (1 1 1)(0 0 0)(1 1 1)`,
    );
  return {
    slope: readTriple('slope', slope, line),
    offset: readTriple('offset', offset, line),
    power: readTriple('power', power, line),
  };
}

function readTriple(key: 'slope' | 'offset' | 'power', text: string, line: number): Triple {
  const words = text.split(/[\s,]+/).filter((word) => word !== '');
  if (words.length !== 3)
    throw new CdlFault(
      `has ${words.length} numbers for ${key} in line ${line}, where three belong`,
    );
  return words.map((word) => readNumber(key, word, line)) as unknown as Triple;
}

function readSaturation(text: string, line: number): number {
  return readNumber('saturation', text.trim(), line);
}

function readNumber(key: keyof typeof CDL_LIMITS, word: string, line: number): number {
  const { least, most } = CDL_LIMITS[key];
  const value = Number(word);
  if (!DECIMAL.test(word) || !(value >= least && value <= most))
    throw new CdlFault(
      `has ${quoted(word)} for ${key} in line ${line}, which must be a number from ${least} to ${most}`,
    );
  return value;
}
