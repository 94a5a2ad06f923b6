import { stat } from 'node:fs/promises';
import { Injectable } from '@nestjs/common';
import { JobFailure } from '@app/jobspec';
import {
  primaryVideo,
  verificationFailure,
  verifyOutput,
  type ClipOutcome,
  type ClipTask,
  type MediaInfo,
  type ProxyExpectation,
  type RunCounts,
} from '@app/engines';
import { FfprobeService } from './ffprobe.service.ts';
import { checkWholeness } from './source-wholeness.ts';

export type Verification = Pick<ClipOutcome, 'verification' | 'failure'>;

/** Looks into a finished proxy, whichever engine has made it. */
@Injectable()
export class OutputVerifier {
  constructor(private readonly prober: FfprobeService) {}

  /** Compares the staged file with what was expected of it. */
  async verify(
    task: ClipTask,
    source: MediaInfo | null,
    expected: ProxyExpectation,
    counts: Omit<RunCounts, 'sourcePackets'>,
    signal: AbortSignal,
  ): Promise<Verification> {
    if (!(await hasBytes(task.stagingPath))) {
      const message = 'Output file does not exist or has zero size';
      return { verification: [], failure: new JobFailure('OutputMissingError', message) };
    }
    const probed = await this.prober.probe(task.stagingPath, signal, { countPackets: true });
    if ('error' in probed) {
      const failure = notVerified(`ffprobe can't read the proxy: ${probed.error}`);
      return { verification: [], failure };
    }
    const sourcePackets =
      expected.declared.frames === null ? await this.#count(task, signal) : null;
    const checks = verifyOutput(expected, probed.media, { ...counts, sourcePackets });
    const formatName = source?.formatName;
    const whole =
      formatName === undefined ? [] : [await checkWholeness(task.sourcePath, formatName)];
    const verification = [...whole, ...checks];
    const difference = verificationFailure(verification);
    return { verification, failure: difference === null ? null : notVerified(difference) };
  }

  /** Counts what a source holds whose header doesn't say. */
  async #count(task: ClipTask, signal: AbortSignal): Promise<number | null> {
    const probed = await this.prober.probe(task.sourcePath, signal, { countPackets: true });
    return 'media' in probed ? (primaryVideo(probed.media)?.countedPackets ?? null) : null;
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
