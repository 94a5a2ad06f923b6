import { cause, joined, stop, type Arguments } from './cause-row.ts';

export interface Driver extends Arguments {
  driver_code: string;
  phase: string;
  said: string;
  /** What to do. */
  hint: string;
}

const inPhase = ({ driver_code, phase, said }: Driver) =>
  `${stop(said)} (${driver_code} in phase ${phase}).`;

/** What the driver says of this Resolve, its machine and this moment, not of the clip. */
const OF_THE_MACHINE: ReadonlySet<string> = new Set([
  'PROJECT_CREATE',
  'MEDIA_OFFLINE',
  'CODEC_UNAVAILABLE',
  'RENDER_PATH',
  'START_REFUSED',
  'CANCELLED',
  'NAME_REPLACED',
  'DRIVER_CRASHED',
]);

/** What DaVinci Resolve, or the program that drives it, does. */
export const RESOLVE_CAUSES = {
  resolve_unavailable: cause<Driver & { since: string | null; hung_in: string | null }>({
    type: 'EngineUnavailableError',
    who: 'engineer',
    retryable: true,
    what: ({ driver_code, phase, said, hint, since, hung_in }) => {
      const where = driver_code === 'RESOLVE_HUNG' ? ` in phase ${phase}` : '';
      const before =
        since !== null &&
        `It hung at ${since} in phase ${hung_in}, and gets no render until it answers and renders nothing.`;
      const why = joined(`${stop(said)}${where}.`, before, hint);
      return `Resolve is required for this media but is not available: ${why} [${driver_code}]`;
    },
    advice: '{hint}',
    isWhole: true,
    apart: ['driver_code'],
  }),
  resolve_failed: cause<Driver>({
    type: 'EngineError',
    who: 'engineer',
    retryable: ({ driver_code }) => OF_THE_MACHINE.has(driver_code),
    what: inPhase,
    advice: '{hint}',
    apart: ['driver_code'],
  }),
  resolve_stalled: cause<Driver>({
    type: 'EngineStalledError',
    who: 'engineer',
    retryable: true,
    what: inPhase,
    advice: '{hint}',
    apart: ['driver_code', 'phase'],
  }),
  resolve_media_offline: cause<{ path: string; frames: number; first: number; hint: string }>({
    type: 'OutputVerificationError',
    who: 'engineer',
    retryable: true,
    what: ({ path, frames, first }) =>
      `Output verification failed: it shows Resolve's red card for media that it can't read, instead of ${path}, in ${frames} ${frames === 1 ? 'frame' : 'frames'}, first in frame ${first}.`,
    advice: '{hint}',
  }),
  resolve_silent: cause<{ path: string }>({
    type: 'OutputVerificationError',
    who: 'engineer',
    retryable: false,
    what: ({ path }) =>
      `Output verification failed: it is silent from start to end, and ${path} is not.`,
    advice: 'Play the clip in Resolve on that machine, and see whether its sound is found there.',
  }),
  resolve_refuses_clip: cause<{ path: string; why: string }>({
    type: 'EngineError',
    who: 'engineer',
    retryable: false,
    what: ({ path, why }) => `${path} can't be rendered. ${why}`,
    advice: 'Open the clip in Resolve on that machine, and see what it says there.',
  }),
};
