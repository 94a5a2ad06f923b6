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
import type { Camera } from '../cards/camera.ts';
import { misuse } from '../refusal/refusal.ts';
import { Corrections } from './corrections.ts';

/** Flags for the look of proxies. */
export interface ViewingFlags {
  /** .cube files, as `KIND=FILE` or `FILE`. */
  look?: readonly string[];
  lutRange?: LutRange;
  becomes?: Becomes;
  /** File of CDLs. */
  cdl?: string;
  /** Each as `PLACE=TEXT`. */
  burnIn?: readonly string[];
}

/** Requested LUT. */
interface PlannedLut {
  path: string;
  cube: ShowLut;
}

/** Look that may differ between clips. */
export interface ClipLook {
  cdl: JobCdl | null;
  lut: PlannedLut | null;
}

/** Map key of the default LUT, given without KIND. */
const ANY = '';

/** Requested look of proxies. */
export interface PlannedViewing {
  /** By KIND, in lower case. */
  luts: ReadonlyMap<string, PlannedLut>;
  range: NonNullable<JobLook['lut_range']>;
  /** `null` to keep the colour tags of each source. */
  becomes: NonNullable<JobLook['becomes']> | null;
  corrections: Corrections | null;
  /** Unresolved texts: `{timecode|frame}` stands for the first of the two that a clip has. */
  texts: readonly JobBurnIn[];
}

/** @returns `null` if no look is requested. @throws Refusal with a sentence */
export async function readPlannedViewing(flags: ViewingFlags): Promise<PlannedViewing | null> {
  const { look = [], lutRange, becomes, cdl, burnIn = [] } = flags;
  const hasLook = look.length > 0 || cdl !== undefined;
  if (look.length === 0 && lutRange !== undefined)
    throw misuse('--lut-range needs --look: it sets the levels of that LUT.');
  if (!hasLook && becomes !== undefined) throw misuse('--becomes needs --look or --cdl.');
  if (!hasLook && burnIn.length === 0) return null;
  return {
    luts: await readLuts(look),
    range: lutRange ?? 'video',
    // A CDL is a grade and converts no colour space, so the source's tags are kept.
    becomes: becomes ?? (look.length === 0 ? null : 'bt709'),
    corrections: cdl === undefined ? null : await Corrections.read(cdl),
    texts: textsOf(burnIn),
  };
}

async function readLuts(given: readonly string[]): Promise<Map<string, PlannedLut>> {
  const luts = new Map<string, PlannedLut>();
  for (const one of given) {
    // A path that contains `=` can be written as `./a=b.cube`.
    const [, kind = ANY, file = one] = /^([^/\\=]+)=([^]+)$/.exec(one) ?? [];
    const lut = await readLut(file);
    const before = luts.get(kind.toLowerCase());
    if (before !== undefined) {
      const clips = kind === ANY ? 'without KIND' : `for ${kind}`;
      throw misuse(
        `--look ${clips} is given twice: ${before.path} and ${lut.path}. Give one of them.`,
      );
    }
    luts.set(kind.toLowerCase(), lut);
  }
  return luts;
}

/** LUT for a clip. Tries in order: gamma with gamut, gamma alone, camera model, default. */
export function lutFor({ luts }: PlannedViewing, { gamma, recorded }: Camera): PlannedLut | null {
  const kinds = [gamma, gamma?.split('-')[0], recorded.camera?.toLowerCase(), ANY];
  return luts.get(kinds.find((one) => luts.has(one ?? ANY)) ?? ANY) ?? null;
}

/** True if a clip must be examined to determine its look. */
export function variesByClip(viewing: PlannedViewing | null): boolean {
  if (viewing === null) return false;
  return viewing.corrections !== null || [...viewing.luts.keys()].some((kind) => kind !== ANY);
}

/** Look of clips without a CDL or a LUT of their own. */
export function defaultLook(viewing: PlannedViewing | null): ClipLook {
  return { cdl: null, lut: viewing?.luts.get(ANY) ?? null };
}

async function readLut(file: string): Promise<PlannedLut> {
  const path = resolve(file);
  const cube = await realPathOf(path)
    .then((real) => {
      if (real.fault) throw real.fault;
      return readCube(real);
    })
    .catch((error: unknown) => {
      throw misuse(`${path} can't be read: ${errorFact(error)}. Give --look a .cube file.`);
    });
  if (cube instanceof Error) throw misuse(`${path} can't be used: ${cube.message}.`);
  return { path, cube };
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

/** Resolves each pair of tokens to its first or second one. */
export function withChoice(text: JobBurnIn, choice: 'first' | 'second'): JobBurnIn {
  return { ...text, text: text.text.replaceAll(CHOICE, choice === 'first' ? '{$1}' : '{$2}') };
}

/** JobSpec field for clips that share one LUT, each with its own CDL; `undefined` if nothing is changed. */
export function viewingOf(
  viewing: PlannedViewing | null,
  looks: readonly ClipLook[],
  texts: readonly JobBurnIn[],
): Viewing | undefined {
  if (viewing === null) return undefined;
  const { range, becomes } = viewing;
  const cdls = looks.map((one) => one.cdl);
  const lut = looks[0]?.lut ?? null;
  const cdl = cdls.some((one) => one !== null) ? { cdl: cdls } : {};
  const lutFields = lut && { lut: { path: lut.path, sha256: lut.cube.sha256 }, lut_range: range };
  const look = { ...cdl, ...lutFields, ...(becomes !== null && { becomes }) };
  const hasLook = lut !== null || 'cdl' in look;
  if (!hasLook && texts.length === 0) return undefined;
  return { ...(hasLook && { look }), ...(texts.length > 0 && { burn_in: texts }) };
}

/** Identity of a look for one clip; `null` for none. */
export function keyOfViewing(viewing: PlannedViewing | null, own: ClipLook): string | null {
  if (viewing === null) return null;
  const fields = viewingOf(viewing, [own], viewing.texts);
  // “A LUT was requested but none matched” must not equal “no look requested”.
  const missing = viewing.luts.size > 0 && own.lut === null ? ['no look'] : [];
  if (fields === undefined && missing.length === 0) return null;
  const { look, burn_in } = fields ?? {};
  // A LUT that was moved is still the same.
  const parts = [
    look && { ...look, ...(look.lut && { lut: look.lut.sha256 }) },
    burn_in,
    ...missing,
  ];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16);
}

/** The look of one clip as an engine request. @param name of the clip, without extension */
export function viewingRequest(
  viewing: PlannedViewing | null,
  { cdl, lut }: ClipLook,
  texts: readonly JobBurnIn[],
  name: string,
): Pick<ProxyRequest, 'look' | 'burnIn'> {
  if (viewing === null) return {};
  const { range: levels, becomes } = viewing;
  const look = { cdl, lut: lut?.cube ?? null, levels, becomes, tablesFolder: '' };
  // Placeholders with the length of real job ids and dates.
  const values = { source_name: name, job_id: `${name}-prores_proxy-00000000`, date: '20260101' };
  return {
    ...((cdl !== null || lut !== null) && { look }),
    ...(texts.length > 0 && { burnIn: { texts, values, tablesFolder: '' } }),
  };
}
