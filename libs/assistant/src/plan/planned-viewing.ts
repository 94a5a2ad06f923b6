import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import {
  BURN_IN_PLACES,
  type Becomes,
  type JobBurnIn,
  type JobCdl,
  type JobLook,
  type LutRange,
  type Viewing,
} from '@app/jobspec';
import type { ProxyRequest, ShowLut } from '@app/engines';
import { errorFact, realPathOf, readCube } from '@app/storage';
import { misuse } from '../refusal/refusal.ts';
import { Corrections } from './corrections.ts';

/** The flags that say how proxies shall look. */
export interface ViewingFlags {
  /** A .cube file. */
  look?: string;
  lutRange?: LutRange;
  becomes?: Becomes;
  /** A file of CDLs. */
  cdl?: string;
  /** Each `PLACE=TEXT`. */
  burnIn?: readonly string[];
}

/** How proxies shall look. */
export interface PlannedViewing {
  lut: { path: string; show: ShowLut } | null;
  range: NonNullable<JobLook['lut_range']>;
  /** `null` where the tags of each source stay. */
  becomes: NonNullable<JobLook['becomes']> | null;
  corrections: Corrections | null;
  /** As they were given: `{timecode|frame}` stands for the first of both that a clip has. */
  texts: readonly JobBurnIn[];
}

/** @returns `null` where nothing is asked for. @throws Refusal, a sentence. */
export async function readPlannedViewing(flags: ViewingFlags): Promise<PlannedViewing | null> {
  const { look, lutRange, becomes, cdl, burnIn = [] } = flags;
  const isLooked = look !== undefined || cdl !== undefined;
  if (look === undefined && lutRange !== undefined)
    throw misuse('--lut-range needs --look, whose levels it says.');
  if (!isLooked && becomes !== undefined) throw misuse('--becomes needs --look or --cdl.');
  if (!isLooked && burnIn.length === 0) return null;
  return {
    lut: look === undefined ? null : await readLut(look),
    range: lutRange ?? 'video',
    // A CDL converts nothing.
    becomes: becomes ?? (look === undefined ? null : 'bt709'),
    corrections: cdl === undefined ? null : await Corrections.read(cdl),
    texts: textsOf(burnIn),
  };
}

async function readLut(file: string): Promise<NonNullable<PlannedViewing['lut']>> {
  const path = resolve(file);
  const show = await realPathOf(path)
    .then((real) => {
      if (real.fault) throw real.fault;
      return readCube(real);
    })
    .catch((error: unknown) => {
      throw misuse(`${path} can't be read: ${errorFact(error)}. Give --look a .cube file.`);
    });
  if (show instanceof Error) throw misuse(`${path} can't be used: ${show.message}.`);
  return { path, show };
}

function textsOf(given: readonly string[]): JobBurnIn[] {
  return given.map((one) => {
    const [, place, text = ''] = /^([a-z-]+)=([^]*)$/.exec(one) ?? [];
    const at = BURN_IN_PLACES.find((known) => known === place);
    if (at !== undefined) return { text, at };
    throw misuse(`--burn-in takes PLACE=TEXT, with a PLACE of ${BURN_IN_PLACES.join(', ')}.`);
  });
}

const CHOICE = /\{(\w+)\|(\w+)\}/g;

/** A text with the first, or the second, token of each pair. */
export function withChoice(text: JobBurnIn, choice: 'first' | 'second'): JobBurnIn {
  return { ...text, text: text.text.replaceAll(CHOICE, choice === 'first' ? '{$1}' : '{$2}') };
}

/** What a JobSpec says of clips, each with its CDL; absent where nothing is done to them. */
export function viewingOf(
  viewing: PlannedViewing | null,
  cdls: readonly (JobCdl | null)[],
  texts: readonly JobBurnIn[],
): Viewing | undefined {
  if (viewing === null) return undefined;
  const { lut, range, becomes } = viewing;
  const cdl = cdls.some((one) => one !== null) ? { cdl: cdls } : {};
  const ofLut = lut && { lut: { path: lut.path, sha256: lut.show.sha256 }, lut_range: range };
  const look = { ...cdl, ...ofLut, ...(becomes !== null && { becomes }) };
  const hasLook = lut !== null || 'cdl' in look;
  if (!hasLook && texts.length === 0) return undefined;
  return { ...(hasLook && { look }), ...(texts.length > 0 && { burn_in: texts }) };
}

/** Tells one look from another, for a clip with that CDL; `null` for none at all. */
export function keyOfViewing(viewing: PlannedViewing | null, cdl: JobCdl | null): string | null {
  if (viewing === null) return null;
  const said = viewingOf(viewing, [cdl], viewing.texts);
  if (said === undefined) return null;
  const { look, burn_in } = said;
  // A table that was moved is the same one.
  const parts = [look && { ...look, ...(look.lut && { lut: look.lut.sha256 }) }, burn_in];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16);
}

/** The same as an engine is asked for it, for one clip. @param name of the clip, without extension. */
export function askedOf(
  viewing: PlannedViewing | null,
  cdl: JobCdl | null,
  texts: readonly JobBurnIn[],
  name: string,
): Pick<ProxyRequest, 'look' | 'burnIn'> {
  if (viewing === null) return {};
  const { lut, range: levels, becomes } = viewing;
  const look = { cdl, lut: lut?.show ?? null, levels, becomes, tablesFolder: '' };
  // Names of jobs and days are as long as any.
  const values = { source_name: name, job_id: `${name}-prores_proxy-00000000`, date: '20260101' };
  return {
    ...((cdl !== null || lut !== null) && { look }),
    ...(texts.length > 0 && { burnIn: { texts, values, tablesFolder: '' } }),
  };
}
