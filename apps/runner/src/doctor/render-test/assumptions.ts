import { faultOf, hasPassed, hasStopped, type CaseResult } from './case-report.ts';
import type { CaseName } from './render-cases.ts';

type Results = ReadonlyMap<CaseName, CaseResult>;

/** What the engine rests on, each with how the results tell; `null` where they don't. */
const ASSUMPTIONS: readonly [says: string, holds: (results: Results) => boolean | null][] = [
  ['Resolve makes the clips of the usual kind as asked', (all) => isMade(all, 'first', 'mono')],
  ['it makes ProRes', (all) => isMade(all, 'plain')],
  ['it renders into folders whose names begin with a dot', (all) => isMade(all, 'first')],
  ['it imports and renders camera RAW of this user', (all) => isMade(all, 'own')],
  ['one kept project can be emptied between clips', (all) => never(all, 'project_emptied')],
  ['it can be saved', (all) => never(all, 'save_project_refused')],
  ['it takes the rate of a clip that is in it', (all) => never(all, 'rate_locked')],
  [
    'another rate is made, in that project or one of its own',
    (all) => isMade(all, 'ntsc', 'narrow'),
  ],
  ['it takes an upright size', (all) => never(all, 'size_by_timeline', 'upright')],
  ['an upright picture is whole', (all) => isMade(all, 'upright')],
  [
    'all settings of project and render are kept',
    (all) => everyJob(all, (job) => job.refused_settings.length === 0),
  ],
  [
    'colour is not managed',
    (all) => everyJob(all, (job) => job.colour?.['colorScienceMode'] === 'davinciYRGB'),
  ],
  ['a render is queued at the first try', (all) => never(all, 'add_job_refused')],
  ['the answer to a start is true', (all) => never(all, 'start_says_no')],
  ['the start timecode gets into MOV', (all) => passes(all, 'first', 'start_timecode')],
  ['drop-frame timecode gets into MOV', (all) => passes(all, 'dropFrame', 'start_timecode')],
  ['timecode gets into MXF', (all) => passes(all, 'mxf', 'start_timecode')],
  ['timecode gets into MP4', (all) => passes(all, 'mp4', 'start_timecode')],
  ['timecode gets into MKV', (all) => passes(all, 'mkv', 'start_timecode')],
  ['one file keeps all of 8 channels', (all) => keepsAudio(all, 'eight')],
  ['an individual clip keeps all of 8 channels', (all) => keepsAudio(all, 'individual')],
  ['an individual clip keeps its timecode', (all) => passes(all, 'individual', 'start_timecode')],
  ['an individual clip keeps its rate', (all) => passes(all, 'individual', 'frame_rate')],
  ['a render that is cancelled stops within 8 s', (all) => ends(all, 'cancelled')],
  ['the clip after that is made', (all) => isMade(all, 'afterwards')],
  ['a damaged clip ends its render or is found out', (all) => isMade(all, 'damaged')],
];

/** One line for each assumption. */
export function assumptionLines(results: readonly CaseResult[]): string[] {
  const all: Results = new Map(results.map((result) => [result.name, result]));
  return ASSUMPTIONS.map(([says, holds]) => {
    const found = holds(all);
    const verdict = found === null ? 'NOT SEEN' : found ? 'holds' : 'DOES NOT HOLD';
    return `${verdict}: ${says}`;
  });
}

function isMade(all: Results, ...names: CaseName[]): boolean | null {
  const seen = names.flatMap((name) => all.get(name) ?? []);
  return seen.length === 0 ? null : seen.every((result) => faultOf(result) === null);
}

function passes(all: Results, name: CaseName, check: string): boolean | null {
  const result = all.get(name);
  return result === undefined ? null : hasPassed(result, check);
}

/** Whether nothing of this was observed in any clip, or in one, that came as far as its timeline. */
function never(all: Results, what: string, name?: CaseName): boolean | null {
  return everyJob(all, ({ observed }) => !(what in observed), name);
}

function everyJob(all: Results, holds: (job: Job) => boolean, name?: CaseName): boolean | null {
  const jobs = [...all.values()]
    .filter((result) => name === undefined || result.name === name)
    .flatMap(({ outcome }) => outcome.resolve_job ?? [])
    .filter((job) => job.timeline !== null);
  return jobs.length === 0 ? null : jobs.every(holds);
}

type Job = NonNullable<CaseResult['outcome']['resolve_job']>;

function keepsAudio(all: Results, name: CaseName): boolean | null {
  const audio = all.get(name)?.outcome.resolve_job?.sound ?? null;
  return audio && audio.proxy_tracks.reduce((sum, count) => sum + count, 0) >= audio.clip_channels;
}

function ends(all: Results, name: CaseName): boolean | null {
  const result = all.get(name);
  return result === undefined ? null : hasStopped(result.outcome);
}
