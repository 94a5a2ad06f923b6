import { JobFailure } from '@app/jobspec';
import type { DriverError } from './driver-events.ts';
import type { Hang } from './resolve-lock.ts';

/** Possible causes if Resolve can't be connected to; they can't be told apart. */
export const FOUR_REASONS =
  'Resolve is not running, is still starting or is playing; or it is the free edition; or "External scripting using" is not set to Local in Preferences > System > General; or it runs as another user.';

const RESTART = "Quit Resolve (kill its process if it won't quit), then start it again.";
const DIALOG =
  'A dialog may be open in Resolve, it may be playing, or the graphics card may hang: check its window, close the dialog or restart it.';
const PYTHON =
  'Name a Python that fits this Resolve with --resolve-python; 3.10 to 3.12 from python.org is a safe choice.';

const UNAVAILABLE = {
  MODULE_NOT_FOUND:
    'Install DaVinci Resolve Studio on this machine, or set RESOLVE_SCRIPT_API to its scripting folder and RESOLVE_SCRIPT_LIB to its library.',
  PYTHON_MISSING: PYTHON,
  PYTHON_INCOMPATIBLE: PYTHON,
  NOT_CONNECTED: FOUR_REASONS,
  NOT_STUDIO: 'Only DaVinci Resolve Studio can be driven by other programs.',
  VERSION_TOO_OLD: 'Install a newer DaVinci Resolve Studio.',
  RESOLVE_WEDGED: RESTART,
  RESOLVE_BUSY: 'Submit the job again when that render has ended.',
  PROJECT_OPEN:
    'Save and close it there, so that Resolve shows its empty untitled project, and submit the job again.',
};

const STALLED = { RENDER_STALLED: DIALOG, RENDER_STUCK: RESTART, RESOLVE_HUNG: DIALOG };

const FAILED = {
  PROJECT_CREATE: 'Check what is open in Resolve.',
  IMPORT_FAILED:
    'Check that this version of Resolve decodes the format, and that it can read the path.',
  MEDIA_OFFLINE: 'Check that Resolve can read the path.',
  TIMELINE_FAILED: 'Check the clip in Resolve.',
  FPS_UNSUPPORTED: 'Set fps_mode to "explicit" and name another rate.',
  CODEC_UNAVAILABLE:
    'ProRes needs macOS, or Resolve 19.1.4 or newer elsewhere; H.264 and H.265 on Linux need an NVIDIA card, and AV1 has only been seen working with one. DNxHR is available everywhere.',
  SETTINGS_REJECTED: 'Name a smaller resolution, or try another version of Resolve.',
  RENDER_PATH:
    'Either the output directory is in no storage location: add it, or a folder above it, to Preferences > Media Storage in Resolve, written as in the JobSpec. Or a dialog is open in Resolve: close it.',
  NAME_REPLACED: 'Put back what was there, and submit the job again.',
  START_REFUSED: DIALOG,
  RENDER_FAILED: 'Render the clip by hand in Resolve to see more.',
  CANCELLED: 'Submit the job again.',
  API_ERROR: 'Report it, with the version of Resolve and what is in stderr.',
  DRIVER_CRASHED:
    "Somebody ended it, Resolve's library crashed, or memory was short: look into the system's log, then submit the job again.",
};

/** Advice for every code of the driver and of the runner. */
export const HINTS: Readonly<Record<string, string>> = { ...UNAVAILABLE, ...STALLED, ...FAILED };

/** Failure for a driver's error, with its advice. */
export function driverFailure(error: DriverError): JobFailure {
  if (error.code in UNAVAILABLE) return unavailable(error);
  const code = error.code in STALLED ? 'resolve_stalled' : 'resolve_failed';
  return new JobFailure(code, factsOf(error));
}

/**
 * Failure of a job that can't begin, whatever the error's code.
 *
 * @param hang an earlier hang that Resolve hasn't recovered from.
 */
export function unavailable(error: DriverError, hang: Hang | null = null): JobFailure {
  const since = { since: hang?.since ?? null, hung_in: hang?.phase ?? null };
  // A render that can't be stopped won't end by waiting.
  const hint = hang?.phase === 'stop' ? { hint: RESTART } : {};
  return new JobFailure('resolve_unavailable', { ...factsOf(error), ...hint, ...since });
}

function factsOf({ code, phase, message }: DriverError) {
  return { driver_code: code, phase, said: message, hint: HINTS[code] ?? '' };
}
