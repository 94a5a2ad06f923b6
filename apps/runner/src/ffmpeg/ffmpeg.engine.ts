import { Injectable } from '@nestjs/common';
import {
  ffmpegViolations,
  makeProxy,
  type ClipOutcome,
  type ClipTask,
  type Engine,
} from '@app/engines';
import { RunnerSettings } from '../config/settings.ts';
import { ffmpegVersion, isProved } from './ffmpeg-tools.ts';
import { writeTables } from './look-files.ts';
import { mediaPrograms } from './media-programs.ts';
import { withCapture } from './reference-capture.ts';

/** Engine for everything but camera RAW. */
@Injectable()
export class FfmpegEngine implements Engine {
  readonly name = 'ffmpeg';
  readonly violations = ffmpegViolations;

  constructor(private readonly settings: RunnerSettings) {}

  version(): Promise<string> {
    return ffmpegVersion();
  }

  async make(task: ClipTask, signal: AbortSignal): Promise<ClipOutcome> {
    const { folder, stallTimeoutSeconds: stallSeconds } = this.settings;
    const outcome = await makeProxy(task, mediaPrograms({ signal, stallSeconds }), {
      writeTables,
      withCapture: (bytes, encode) => withCapture(task, bytes, signal, encode),
    });
    const proved = await isProved(folder);
    return { ...outcome, ...(outcome.facts && { facts: { ...outcome.facts, proved } }) };
  }
}
