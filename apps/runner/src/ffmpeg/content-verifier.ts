import { Injectable } from '@nestjs/common';
import { JobFailure, type VerificationCheck } from '@app/jobspec';
import {
  contentChecks,
  DetailComparison,
  ffmpegReason,
  JpegCollector,
  linesPath,
  PictureComparison,
  posterFrames,
  posterOf,
  readArguments,
  sampledLines,
  smallPicture,
  type ClipTask,
  type MediaInfo,
  type Poster,
  type ProxyPlan,
} from '@app/engines';
import { RunnerSettings } from '../config/settings.ts';
import { stat } from '../files/index.ts';
import { runProcess } from '../process/child-process.ts';
import { pipesTo, traces, type SourceTap } from './source-tap.ts';

export interface ContentVerdict {
  checks: VerificationCheck[];
  posters: Poster[];
}

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
  ): Promise<ContentVerdict> {
    const form = smallPicture(plan.picture);
    const pictures = new PictureComparison(form);
    const detail = new DetailComparison(sampledLines(plan.picture.size));
    const sound = traces(plan);
    const { size: sourceBytes } = await stat(tap.picturesPath);
    const { size: linesBytes } = await stat(linesPath(tap.picturesPath));
    const frames = task.wantsPosters ? posterFrames(sourceBytes / form.bytes) : [];
    const jpegs = new JpegCollector();
    const stallSeconds = this.settings.stallTimeoutSeconds;
    const args = readArguments(plan, task.stagingPath, tap.picturesPath, frames);
    const run = await runProcess(['ffmpeg', ...args], {
      signal,
      stallSeconds,
      onStdout: (chunk) => {
        pictures.take(chunk);
        return true;
      },
      pipes: [...pipesTo(sound), (chunk) => detail.take(chunk), (chunk) => jpegs.take(chunk)],
    });
    signal.throwIfAborted();
    if (run.stalled) throw stalled(stallSeconds);
    const posters = jpegs.get().map((jpeg, n) => posterOf(plan, frames[n] ?? 0, jpeg));
    if (run.exitCode !== 0)
      return { checks: [unreadable(ffmpegReason(run.stderr), run.exitCode)], posters };
    const tracks = sound.map((trace, position) => ({
      source: (tap.sound[position] as (typeof sound)[number]).finish(),
      proxy: trace.finish(),
    }));
    const facts = {
      pictures: pictures.finish(),
      detail: detail.finish(),
      sourceBytes,
      linesBytes,
      tracks,
    };
    return { checks: contentChecks(plan, source, facts), posters };
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
