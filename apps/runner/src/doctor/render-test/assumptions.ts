import { channelsIn } from '@app/engines';
import { faultOf, type CaseResult } from './case-report.ts';
import { renderCases, type CaseName } from './render-cases.ts';

/** Whether a result shows what is assumed; `null` where it doesn't tell. */
type Shows = (result: CaseResult) => boolean | null;
/** What is assumed, how a result tells, and which results do; all without a name. */
type Assumption = readonly [says: string, shows: Shows, ...cases: CaseName[]];

const made: Shows = (result) => faultOf(result) === null;
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
const allChannels = job(
  ({ sound }) => sound && channelsIn(sound.proxy_tracks) >= sound.clip_channels,
);

const ASSUMPTIONS: Readonly<Record<string, readonly Assumption[]>> = {
  'What has to hold: Resolve makes a proxy, as it was asked for, of': renderCases(true).map(
    ([name, { title }]) => [title, made, name],
  ),
  'What has to hold, in every clip': [
    ['the kept project can be emptied', never('project_emptied')],
    ['it can be saved', never('save_project_refused')],
    ['all settings of project and render are kept', job((one) => !one.refused_settings.length)],
    ['colour is not managed', job(({ colour }) => colour?.['colorScienceMode'] === 'davinciYRGB')],
  ],
  'What the runner copes with if it does not hold': [
    ['a project takes the rate of a clip that is in it', never('rate_locked')],
    ['a project takes an upright size', never('size_by_timeline'), 'upright'],
    ['a render is queued at the first try', never('add_job_refused')],
    ['the answer to a start is true', never('start_says_no')],
    ['one file keeps all of 8 channels', allChannels, 'eight'],
  ],
  'What individual clips keep; if it is all of this, the runner can use them instead of one file': [
    ['all of 8 channels', allChannels, 'individual'],
    ['the timecode', passes('start_timecode'), 'individual'],
    ['the rate', passes('frame_rate'), 'individual'],
    ['the reel', passes('reel_name'), 'individual'],
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
