import { Injectable } from '@nestjs/common';
import { JobFailure, type VerificationCheck } from '@app/jobspec';
import {
  contentChecks,
  ffmpegReason,
  PictureComparison,
  readArguments,
  smallPicture,
  type ClipTask,
  type MediaInfo,
  type ProxyPlan,
} from '@app/engines';
import { RunnerSettings } from '../config/settings.ts';
import { stat } from '../files/index.ts';
import { runProcess } from '../process/child-process.ts';
import { pipesTo, traces, type SourceTap } from './source-tap.ts';

/** Reads a finished proxy once and compares each picture and each track with what its source gave. */
@Injectable()
export class ContentVerifier {
  constructor(private readonly settings: RunnerSettings) {}

  /** @throws JobFailure when the proxy can't be read in time; the reason of the signal. */
  async verify(
    task: ClipTask,
    source: MediaInfo,
    plan: ProxyPlan,
    tap: SourceTap,
    signal: AbortSignal,
  ): Promise<VerificationCheck[]> {
    const pictures = new PictureComparison(smallPicture(plan.picture));
    const sound = traces(plan);
    const stallSeconds = this.settings.stallTimeoutSeconds;
    const args = readArguments(plan, task.stagingPath, tap.picturesPath);
    const run = await runProcess(['ffmpeg', ...args], {
      signal,
      stallSeconds,
      onStdout: (chunk) => {
        pictures.take(chunk);
        return true;
      },
      pipes: pipesTo(sound),
    });
    signal.throwIfAborted();
    if (run.stalled) throw stalled(stallSeconds);
    if (run.exitCode !== 0) return [unreadable(ffmpegReason(run.stderr), run.exitCode)];
    const { size: sourceBytes } = await stat(tap.picturesPath);
    const tracks = sound.map((trace, position) => ({
      source: (tap.sound[position] as (typeof sound)[number]).finish(),
      proxy: trace.finish(),
    }));
    return contentChecks(plan, source, { pictures: pictures.finish(), sourceBytes, tracks });
  }
}

function unreadable(reason: string | null, exitCode: number | null): VerificationCheck {
  const actual = reason ?? `FFmpeg ended with ${exitCode}`;
  return { check: 'decodes', expected: 'without an error', actual, passed: false };
}

function stalled(seconds: number): JobFailure {
  return new JobFailure(
    'EngineStalledError',
    `FFmpeg read nothing of the proxy for ${seconds} s and was stopped. Check the storage.`,
  );
}
