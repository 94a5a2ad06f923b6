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
import { checkCompleteness } from './source-wholeness.ts';

export type Verification = Pick<ClipOutcome, 'verification' | 'failure' | 'facts'>;

/** Header of a proxy, or why it can't be read. */
export type DescribedOutput = { proxy: MediaInfo } | { failure: JobFailure };

/** Verifies a finished proxy of any engine. */
@Injectable()
export class OutputVerifier {
  constructor(
    private readonly prober: FfprobeService,
    private readonly settings: RunnerSettings,
  ) {}

  /** Reads the header of the staged file; with `packets`, all packets too, which reads the whole file. */
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
   * Compares a staged file with its expectation.
   *
   * @param proxy media info with packets.
   * @param counted checks of the decoded frames, if any. If they show that the proxy lacks frames, the source isn't blamed.
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
      checkCompleteness: (formatName) => checkCompleteness(sourceFile, formatName, bounds),
    });
  }
}

/**
 * Answer of a program about a proxy, or a failed verification if the program gave none: the proxy itself was made.
 *
 * @throws the reason of the signal, and defects.
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
