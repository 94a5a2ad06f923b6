import { sizeOfFile } from '@app/storage';
import { Injectable } from '@nestjs/common';
import { JobFailure, type VerificationCheck } from '@app/jobspec';
import {
  verifyProxy,
  type ClipOutcome,
  type ClipTask,
  type MediaInfo,
  type ProxyExpectation,
  type RunCounts,
} from '@app/engines';
import { RunnerSettings } from '../config/settings.ts';
import { FfprobeService } from './ffprobe.service.ts';
import { checkWholeness } from './source-wholeness.ts';

export type Verification = Pick<ClipOutcome, 'verification' | 'failure' | 'facts'>;

/** What a proxy says of itself, or why it says nothing. */
export type DescribedOutput = { proxy: MediaInfo } | { failure: JobFailure };

/** Looks into a finished proxy, whichever engine has made it. */
@Injectable()
export class OutputVerifier {
  constructor(
    private readonly prober: FfprobeService,
    private readonly settings: RunnerSettings,
  ) {}

  /** What the header of the staged file says; with `packets`, its packets too, which takes reading all of it. */
  async describe(
    { stagedFile }: ClipTask,
    signal: AbortSignal,
    { packets = false } = {},
  ): Promise<DescribedOutput> {
    if (!(await sizeOfFile(stagedFile))) {
      return { failure: new JobFailure('output_missing', { why: null }) };
    }
    const probed = packets
      ? await this.prober.scan(stagedFile, signal)
      : await this.prober.describe(stagedFile, signal);
    if ('media' in probed) return { proxy: probed.media };
    return { failure: new JobFailure('output_unreadable', { error: probed.error }) };
  }

  /**
   * Compares a staged file with what was expected of it.
   *
   * @param proxy what it says of itself, with its packets.
   * @param counted how many of its frames its source gave, where they were decoded: a proxy that lacks some doesn't blame its source.
   */
  async verify(
    { sourceFile, sourcePath }: ClipTask,
    { source, proxy }: { source: MediaInfo | null; proxy: MediaInfo },
    expected: ProxyExpectation,
    counts: Omit<RunCounts, 'source'>,
    signal: AbortSignal,
    counted: readonly VerificationCheck[] = [],
  ): Promise<Verification> {
    const bounds = { signal, stallSeconds: this.settings.stallTimeoutSeconds };
    const finished = { source, sourcePath, proxy, counts, counted };
    return verifyProxy(expected, finished, {
      scan: (deeper) => this.prober.scan(sourceFile, signal, deeper),
      checkWholeness: (formatName) => checkWholeness(sourceFile, formatName, bounds),
    });
  }
}

/**
 * What programs say of a proxy, or why they say nothing: the clip was made all the same.
 *
 * @throws the reason of the signal, and what is a defect of ours.
 */
export async function orFailure<T>(
  answer: Promise<T>,
  signal: AbortSignal,
): Promise<T | (Verification & { failure: JobFailure })> {
  try {
    return await answer;
  } catch (error) {
    if (signal.aborted || !(error instanceof JobFailure)) throw error;
    return { verification: [], failure: error };
  }
}
