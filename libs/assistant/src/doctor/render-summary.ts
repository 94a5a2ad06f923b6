import { reasonOf, type CaseResult } from './case-report.ts';
import { renderCases, type CaseName } from './render-cases.ts';

/** Whether a result shows what is assumed, or in words how far it does; `null` where it doesn't tell. */
type Shows = (result: CaseResult) => boolean | string | null;
/** What is assumed, how a result tells, and which results do; all without a name. */
type Assumption = readonly [says: string, shows: Shows, ...cases: CaseName[]];

type Job = NonNullable<CaseResult['outcome']['resolve_job']>;
/** Of clips that came as far as their timeline. One that failed may say no, and never yes: it didn't come to all of it. */
const job =
  (shows: (job: Job) => ReturnType<Shows>): Shows =>
  ({ outcome: { failure, resolve_job: one } }) =>
    one?.timeline && (failure === null || shows(one) === false) ? shows(one) : null;
const never = (what: string) => job(({ observed }) => !(what in observed));
const channels = job(({ sound }) => {
  const made = (sound?.proxy_tracks ?? []).reduce((sum, track) => sum + track, 0);
  const of = sound?.clip_channels ?? 0;
  return sound && (made >= of || `you get ${made} of ${of} channels`);
});
const made: Shows = (result) => reasonOf(result) === null && (channels(result) ?? true);

const CASES = renderCases(true)
  .filter(([name]) => name !== 'individual')
  .map(([name, { title }]): Assumption => [title, made, name]);
const ALWAYS: readonly Assumption[] = [
  ['the kept project can be emptied', never('project_emptied')],
  ['it can be saved', never('save_project_refused')],
  ['all settings of project and render are kept', job((one) => !one.refused_settings.length)],
  ['colour management is off', job(({ colour }) => colour?.['colorScienceMode'] === 'davinciYRGB')],
];
const COPED_WITH: readonly Assumption[] = [
  ['a project takes the rate of a clip that is in it', never('rate_locked')],
  ['a project takes an upright size', never('size_by_timeline'), 'upright'],
  ['a render is queued at the first try', never('add_job_refused')],
  ['it says yes to a start that it makes', never('start_says_no')],
  ['individual clips keep 8 channels, timecode, rate and reel', made, 'individual'],
];

/**
 * The verdict, and a line for each assumption under the heading of its group.
 *
 * @param impossible what the engine makes on no system like this one.
 */
export function summaryLines(
  results: readonly CaseResult[],
  impossible: readonly CaseName[],
): [verdict: string, ...string[]] {
  const tell = (assumptions: readonly Assumption[], no: string) =>
    assumptions.map(([says, shows, ...cases]) => {
      const seen = results.filter(({ name }) => cases.length === 0 || cases.includes(name));
      const against = seen.filter((one) => shows(one) === false).map(({ name }) => name);
      const where = against.length > 3 ? `${against.length} clips` : against.join(', ');
      const isImpossible = cases.some((name) => impossible.includes(name));
      const found = seen.map(shows).find((one) => one !== null) ?? 'not tried';
      const other = isImpossible ? 'not possible on this system' : found;
      const shown = against.length > 0 ? `${no} (see ${where})` : other;
      return { holds: shown === true, line: `${says}: ${shown === true ? 'yes' : shown}` };
    });
  const cases = tell(CASES, 'NO');
  const always = tell(ALWAYS, 'NO');
  const but = [...cases, ...always].flatMap(({ holds, line }) => (holds ? [] : line)).join('; ');
  const told = (wanted: CaseName) => results.find(({ name }) => name === wanted);
  const judged = told('own') ?? told('first') ?? told('plain');
  const good = judged?.name === 'own' ? `yes${but && `, except ${but}`}` : `not known: ${but}`;
  const why = judged && reasonOf(judged);
  return [
    `Ready for camera RAW: ${why ? `no: ${why}` : good}`,
    '\n## Did each clip of this test come out as it should?',
    ...cases.map(({ line }) => line),
    '\n## Is this so for every clip?',
    ...always.map(({ line }) => line),
    '\n## Does Resolve do this? A "no" harms no proxy: the runner has another way. Its makers want to know',
    ...tell(COPED_WITH, 'no, and the runner copes').map(({ line }) => line),
  ];
}
