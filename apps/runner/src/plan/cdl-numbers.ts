import { CDL_LIMITS, shown, type JobCdl } from '@app/jobspec';
import { isDecimal, type ListedClip } from '@app/engines';
import { CdlFault } from '../cdl/cdl-fault.ts';

type Triple = JobCdl['slope'];

const SOP = /^\(([^()]*)\)[\s,]*\(([^()]*)\)[\s,]*\(([^()]*)\)$/;
const UNCHANGED: Omit<JobCdl, 'saturation'> = {
  slope: [1, 1, 1],
  offset: [0, 0, 0],
  power: [1, 1, 1],
};

/** The colours of a line, as numbers; `null` where it tells none. @throws CdlFault for what is no CDL. */
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
  if (!isDecimal(word) || value < least || value > most)
    throw new CdlFault(
      `has ${shown(word)} for ${key} in line ${line}, which must be a number from ${least} to ${most}`,
    );
  return value;
}
