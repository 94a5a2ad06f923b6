import { stat } from '@app/storage';
import { Injectable } from '@nestjs/common';
import { JobFailure, type VerificationCheck } from '@app/jobspec';
import {
  completing,
  outputFacts,
  packetsOf,
  primaryVideo,
  proxyFacts,
  verificationFailure,
  verifyOutput,
  withPackets,
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
    if (!(await hasBytes(stagedFile))) {
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
    task: ClipTask,
    { source, proxy }: { source: MediaInfo | null; proxy: MediaInfo },
    expected: ProxyExpectation,
    counts: Omit<RunCounts, 'source'>,
    signal: AbortSignal,
    counted: readonly VerificationCheck[] = [],
  ): Promise<Verification> {
    const withSource = (media: MediaInfo | null) =>
      verifyOutput(expected, proxy, { ...counts, source: media });
    const first = withSource(null);
    const isAsPromised = verificationFailure(first) === null && hasFramesOf(first);
    const isKnown = isAsPromised && !(source && primaryVideo(source)?.head?.beginsUndecodable);
    const read = isKnown ? null : await this.#scan(task, source, signal);
    const checks = read === null ? first : withSource(read);
    const formatName = source?.formatName;
    const bounds = { signal, stallSeconds: this.settings.stallTimeoutSeconds };
    const whole =
      formatName === undefined ? [] : [await checkWholeness(task.sourceFile, formatName, bounds)];
    const verification = [...whole, ...checks];
    // Where another program has read the source, what is missing need not be missing there.
    const isRead = formatName !== undefined && counts.frameTimes !== null;
    const rest = isRead ? completing(task.sourcePath, formatName) : null;
    const failure = verificationFailure([...verification, ...counted], rest);
    const facts = proxyFacts(expected, outputFacts(proxy, { ...counts, source: read }));
    return { verification, failure, facts };
  }

  /** Reads a source to its end where its header isn't enough to judge by. */
  async #scan(
    { sourceFile }: ClipTask,
    source: MediaInfo | null,
    signal: AbortSignal,
  ): Promise<MediaInfo | null> {
    if (source === null) return null;
    const probed = await this.prober.scan(sourceFile, signal, source.isProbedDeeper);
    return 'media' in probed ? withPackets(source, packetsOf(probed.media)) : null;
  }
}

/** Whether the header of a source promises as many frames as there are. */
function hasFramesOf(checks: readonly VerificationCheck[]): boolean {
  const count = checks.find(({ check }) => check === 'frame_count');
  return count !== undefined && count.expected === count.actual;
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

async function hasBytes(path: string): Promise<boolean> {
  return stat(path).then(
    ({ size }) => size > 0,
    () => false,
  );
}
