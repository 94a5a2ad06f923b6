import { faultOf, hasStopped, reelOf, type CaseResult } from './case-report.ts';
import { REEL, type CaseName } from './render-cases.ts';

/** Whether a result shows what is assumed; `null` where it doesn't tell. */
type Shows = (result: CaseResult) => boolean | null;
/** What is assumed, how a result tells, and which results do; all without a name. */
type Assumption = readonly [says: string, shows: Shows, ...cases: CaseName[]];

const made: Shows = (result) => faultOf(result) === null;
const stopped: Shows = ({ outcome }) => hasStopped(outcome);
const timecode: Shows = (result) => passes('start_timecode')(result);
const passes =
  (check: string): Shows =>
  ({ outcome }) =>
    outcome.verification.find((one) => one.check === check)?.passed ?? null;
type Job = NonNullable<CaseResult['outcome']['resolve_job']>;
/** Of clips that came as far as their timeline. */
const job =
  (shows: (job: Job) => boolean | null): Shows =>
  ({ outcome: { resolve_job } }) =>
    resolve_job?.timeline ? shows(resolve_job) : null;
const never = (what: string) => job(({ observed }) => !(what in observed));
const total = (sum: number, channels: number) => sum + channels;
const allChannels = job(
  ({ sound }) => sound && sound.proxy_tracks.reduce(total, 0) >= sound.clip_channels,
);
const reel: Shows = ({ proxy }) => proxy && reelOf(proxy) === REEL;

const ASSUMPTIONS: Readonly<Record<string, readonly Assumption[]>> = {
  'What has to hold': [
    ['Resolve makes clips of the usual kind as asked', made, 'first', 'mono', 'afterwards'],
    ['it makes ProRes', made, 'plain'],
    ['it renders into directories whose names begin with a dot', made, 'first'],
    ['it imports and renders your camera RAW', made, 'own'],
    ['another rate is made, in the same project or one of its own', made, 'ntsc', 'narrow'],
    ['an upright picture is whole', made, 'upright'],
    ['one kept project can be emptied between clips', never('project_emptied')],
    ['it can be saved', never('save_project_refused')],
    ['all settings of project and render are kept', job((one) => !one.refused_settings.length)],
    ['colour is not managed', job(({ colour }) => colour?.['colorScienceMode'] === 'davinciYRGB')],
    ['the start timecode gets into MOV', timecode, 'first', 'plain'],
    ['drop-frame timecode gets into MOV', timecode, 'dropFrame'],
    ['timecode gets into MXF', timecode, 'mxf'],
    ['timecode gets into MP4', timecode, 'mp4'],
    ['timecode gets into MKV', timecode, 'mkv'],
    ['a render that is cancelled stops within 8 s', stopped, 'cancelled'],
    ['the clip after that is made', made, 'afterwards'],
    ['a damaged clip ends its render or is found out', made, 'damaged'],
  ],
  'What the runner copes with if it does not hold': [
    ['a project takes the rate of a clip that is in it', never('rate_locked')],
    ['it takes an upright size', never('size_by_timeline'), 'upright'],
    ['a render is queued at the first try', never('add_job_refused')],
    ['the answer to a start is true', never('start_says_no')],
    ['one file keeps all of 8 channels', allChannels, 'eight'],
    ['one file keeps the reel', reel, 'plain'],
  ],
  'What individual clips keep; if it is all of this, the runner can use them instead of one file': [
    ['all of 8 channels', allChannels, 'individual'],
    ['the timecode', timecode, 'individual'],
    ['the rate', passes('frame_rate'), 'individual'],
    ['the reel', reel, 'individual'],
  ],
};

/** A heading for each group, and one line for each assumption. */
export function assumptionLines(results: readonly CaseResult[]): string[] {
  return Object.entries(ASSUMPTIONS).map(([heading, assumptions]) => {
    const lines = assumptions.map(([says, shows, ...cases]) => {
      const seen = results.filter(({ name }) => cases.length === 0 || cases.includes(name));
      const against = seen.filter((one) => shows(one) === false).map(({ name }) => name);
      const where = against.length > 3 ? `${against.length} clips` : against.join(', ');
      if (against.length > 0) return `DOES NOT HOLD: ${says} (see ${where})`;
      return `${seen.some(shows) ? 'holds' : 'NOT SEEN'}: ${says}`;
    });
    return `\n## ${heading}\n${lines.join('\n')}`;
  });
}
