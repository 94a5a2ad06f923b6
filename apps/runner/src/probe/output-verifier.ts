import { stat } from '../files/index.ts';
import { Injectable } from '@nestjs/common';
import { JobFailure } from '@app/jobspec';
import {
  completing,
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

export type Verification = Pick<ClipOutcome, 'verification' | 'failure'>;

/** The same of a proxy, and what it says of itself; `null` when it says nothing. */
export interface VerifiedOutput extends Verification {
  proxy: MediaInfo | null;
}

/** Looks into a finished proxy, whichever engine has made it. */
@Injectable()
export class OutputVerifier {
  constructor(
    private readonly prober: FfprobeService,
    private readonly settings: RunnerSettings,
  ) {}

  /** Compares the staged file with what was expected of it. */
  async verify(
    task: ClipTask,
    source: MediaInfo | null,
    expected: ProxyExpectation,
    counts: Omit<RunCounts, 'source'>,
    signal: AbortSignal,
  ): Promise<VerifiedOutput> {
    if (!(await hasBytes(task.stagingPath))) {
      const message = 'Output file does not exist or has zero size';
      const failure = new JobFailure('OutputMissingError', message);
      return { verification: [], failure, proxy: null };
    }
    const probed = await this.prober.scan(task.stagingPath, signal);
    if ('error' in probed) {
      const failure = notVerified(`ffprobe can't read the proxy: ${probed.error}`);
      return { verification: [], failure, proxy: null };
    }
    const isDeclared = expected.declared.frames !== null;
    const first = { ...counts, source: isDeclared ? null : await this.#scan(task, source, signal) };
    let checks = verifyOutput(expected, probed.media, first);
    if (expected.declared.believes !== null && verificationFailure(checks) !== null) {
      const second = { ...counts, source: await this.#scan(task, source, signal) };
      checks = verifyOutput(expected, probed.media, second);
    }
    const formatName = source?.formatName;
    const bounds = { signal, stallSeconds: this.settings.stallTimeoutSeconds };
    const whole =
      formatName === undefined ? [] : [await checkWholeness(task.sourcePath, formatName, bounds)];
    const verification = [...whole, ...checks];
    // Where another program has read the source, what is missing need not be missing there.
    const isRead = formatName !== undefined && counts.pictureTimes !== null;
    const remedy = isRead ? completing(task.sourcePath, formatName) : null;
    const difference = verificationFailure(verification, remedy);
    const failure = difference === null ? null : notVerified(difference);
    return { verification, failure, proxy: probed.media };
  }

  /** Reads a source to its end where its header isn't enough to judge by. */
  async #scan(
    { sourcePath }: ClipTask,
    source: MediaInfo | null,
    signal: AbortSignal,
  ): Promise<MediaInfo | null> {
    const probed = await this.prober.scan(sourcePath, signal);
    return source !== null && 'media' in probed ? withPackets(source, probed.media) : null;
  }
}

export function notVerified(why: string): JobFailure {
  return new JobFailure('OutputVerificationError', `Output verification failed: ${why}`);
}

async function hasBytes(path: string): Promise<boolean> {
  return stat(path).then(
    ({ size }) => size > 0,
    () => false,
  );
}
