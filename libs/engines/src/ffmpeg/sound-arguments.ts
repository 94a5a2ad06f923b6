import type { ProxyPlan } from '../proxy/plan/proxy-plan.ts';
import { trackFilters } from './filters.ts';

/** Everything about the audio tracks: encoder, rate, what they are called. */
export function soundArguments(plan: ProxyPlan): string[] {
  return plan.audio.flatMap((track, position) =>
    [
      [`-filter:a:${position}`, trackFilters(track)],
      [`-c:a:${position}`, track.encoder],
      forTrack(track.encoderOptions, position),
      [`-ar:a:${position}`, String(track.sampleRate)],
      [`-flags:a:${position}`, '+bitexact'],
      metadata(position, 'language', track.language),
      metadata(position, 'title', track.title),
    ].flat(),
  );
}

/**
 * The input that sound is read from. It has one of its own where the picture has a clock of its own, and where silence comes
 * before it: FFmpeg 9 lets that wait for the picture, whose packets then wait behind those of the sound, for ever.
 */
export function soundInput({ picture, audio }: Pick<ProxyPlan, 'picture' | 'audio'>): 0 | 1 {
  return picture.clock.reorderDelay > 0 || audio.some(({ offset }) => offset > 0) ? 1 : 0;
}

/** `-b:a` becomes `-b:a:1`, `-mapping_family` becomes `-mapping_family:a:1`. */
function forTrack(options: readonly string[], position: number): string[] {
  return options.map((option) =>
    option.startsWith('-') ? `${option.replace(/:a$/, '')}:a:${position}` : option,
  );
}

function metadata(position: number, key: string, value: string | null): string[] {
  return value === null ? [] : [`-metadata:s:a:${position}`, `${key}=${value}`];
}
