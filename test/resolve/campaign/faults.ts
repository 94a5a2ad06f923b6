import type { Scenario, StandInResolve } from '../../support/resolve.ts';
import type { RunnerProcess } from '../../support/runner-process.ts';
import type { Random } from '../../crash/random.ts';

/** Fault during a job. */
export interface Fault {
  name: string;
  /** Behaviour of the stand-in from the start. */
  scenario: Scenario;
  /** Action at a moment of the run. */
  strike?: (resolve: StandInResolve, runner: RunnerProcess) => Promise<void>;
}

const REFUSALS: readonly Scenario[] = [
  { create_project: 'none' },
  { create_loads: false },
  { save_project: 'refused' },
  { delete_media: 'refused' },
  { fps_lock: false, clip: { FPS: 25 } },
  { reject_keys: ['FormatWidth'] },
  { reject_keys: ['AudioCodec'] },
  { reject_settings: ['superScale', 'timelinePixelAspectRatio'] },
  { timeline_none: true },
  { refuse_timecode: true },
  { add_job: 'empty' },
  { add_job: 'page' },
  { render: 'cards:3-9' },
  { render: 'stall', stop: 'ignored' },
  { progress_step_s: 1, stop_s: 2 },
  { start: 'false' },
  { start: 'spurious_false' },
  { render: 'fail:GPU memory is full' },
  { render: 'no_file' },
  { render: 'short' },
  { render: 'stall' },
  { render: 'fail_hidden' },
  { clip: null },
  { clip: { 'Online Status': 'Offline' }, locale: 'it' },
  { clip: { Resolution: '360x640' } },
  { clip: { FPS: 23.976 } },
  { ui: 'none' },
];

const HANGS = [
  'Resolve.GetProjectManager',
  'ProjectManager.GetCurrentProject',
  'ProjectManager.CreateProject',
  'ProjectManager.SaveProject',
  'MediaPool.DeleteClips',
  'MediaPool.ImportMedia',
  'Project.SetRenderSettings',
  'Project.AddRenderJob',
  'Project.StartRendering',
  'Project.GetRenderJobStatus',
];

/** The driver of a runner, if it has called already. */
async function killDriver(resolve: StandInResolve): Promise<void> {
  try {
    process.kill(await resolve.driver(), 'SIGKILL');
  } catch {
    // It had not begun, or has ended.
  }
}

/** Every kind is as likely as every other. */
export function pickFault(random: Random): Fault {
  const kinds: (() => Fault)[] = [
    () => ({ name: 'none', scenario: {} }),
    () => ({ name: 'refusal', scenario: random.pick(REFUSALS) }),
    () => ({ name: 'hang', scenario: { modal_at: random.pick(HANGS) } }),
    () => ({
      name: 'dialog',
      scenario: {},
      strike: (resolve) => resolve.ask('Save changes?'),
    }),
    () => ({ name: 'restart of Resolve', scenario: {}, strike: (resolve) => resolve.restart() }),
    () => ({ name: 'kill of the runner', scenario: {}, strike: (_, runner) => runner.kill() }),
    () => ({ name: 'kill of the driver', scenario: {}, strike: killDriver }),
    () => ({
      name: 'kill of both',
      scenario: {},
      strike: async (resolve, runner) => {
        await runner.kill();
        await killDriver(resolve);
      },
    }),
    () => ({
      name: "somebody's project",
      scenario: {},
      strike: (resolve) => resolve.openExisting('Feature film'),
    }),
    () => ({
      name: "somebody's folder at a call",
      scenario: { meanwhile: { [random.pick(HANGS)]: { folder: 'Commercials' } } },
    }),
  ];
  return random.pick(kinds)();
}
