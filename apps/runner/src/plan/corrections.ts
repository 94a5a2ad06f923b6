import { createHash } from 'node:crypto';
import { basename, parse } from 'node:path';
import type { JobCdl } from '@app/jobspec';
import {
  ClipList,
  ListFault,
  MAX_LIST_BYTES,
  readClipList,
  primaryVideo,
  sourceRate,
  sourceReel,
  startTimecodes,
  type KnownClip,
  type ListedClip,
  type MediaInfo,
} from '@app/engines';
import { errorFact, readWhole } from '../files/index.ts';
import { PlanRefusal } from './plan-refusal.ts';
import { CdlFault } from '../cdl/cdl-fault.ts';
import { cdlOf } from './cdl-numbers.ts';
import { readXmlCdls } from '../cdl/cdl-xml.ts';

const ADVICE = 'Give --cdl a .cc, .ccc or .cdl, or an ALE or EDL with ASC_SOP and ASC_SAT.';

/** What a file of CDLs says of a clip: its numbers, nothing, or why it can't be told. */
export type Correction = { cdl: JobCdl | null } | { conflict: string };

/** CDLs of clips, each found by its name, or by reel and timecode. */
export class Corrections {
  private constructor(
    readonly file: string,
    readonly sha256: string,
    private readonly list: ClipList,
    private readonly cdls: ReadonlyMap<ListedClip, JobCdl>,
  ) {}

  /** @throws PlanRefusal for a file that can't be read or understood, a sentence. */
  static async read(file: string): Promise<Corrections> {
    if (file === '') throw new PlanRefusal('usage', `--cdl is empty. ${ADVICE}`);
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
      const isOurs = error instanceof CdlFault || error instanceof ListFault;
      const fact = isOurs ? error.message : `can't be read: ${errorFact(error)}`;
      throw new PlanRefusal('usage', `${file} ${fact}. ${ADVICE}`);
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

/** Of whichever kind the file is, its first letter tells. @throws CdlFault, ListFault */
export function linesOf(bytes: Uint8Array, stem: string): ListedClip[] {
  const text = new TextDecoder('utf-8').decode(bytes);
  return text.trimStart().startsWith('<') ? readXmlCdls(text, stem) : readClipList(bytes);
}

/** What a list may know a clip by. */
export function knownBy(path: string, media: MediaInfo | null): KnownClip {
  const file = basename(path);
  const video = media && primaryVideo(media);
  if (media === null || video === null)
    return { file, reel: null, start: null, rate: null, seconds: null };
  return {
    file,
    reel: sourceReel(media, video),
    start: startTimecodes(media, video)[0] ?? null,
    rate: sourceRate(video)?.rate ?? null,
    seconds: media.durationSeconds,
  };
}
