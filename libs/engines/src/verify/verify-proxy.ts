import type { CheckName, JobFailure, ProxyFacts, VerificationCheck } from '@app/jobspec';
import {
  type MediaInfo,
  packetsOf,
  primaryVideo,
  type ProbeResult,
  withoutLast,
  withPackets,
} from '../media/index.ts';
import { completionAdvice } from '../routing/rewrapping.ts';
import { outputFacts, type ProxyExpectation, type RunCounts } from './check.ts';
import { proxyFacts, verificationFailure, verifyOutput } from './verify-output.ts';

/** Finished proxy, its source, and the facts known of both. */
interface FinishedProxy {
  /** Source by its header; `null` for a format that ffprobe can't open. */
  source: MediaInfo | null;
  /** Path shown to people. */
  sourcePath: string;
  /** Proxy by its header, with its packets. */
  proxy: MediaInfo;
  counts: Omit<RunCounts, 'source'>;
  /**
   * Checks of the proxy's frames against the number that was decoded of the source, if it was decoded: if the proxy lacks some of
   * these, the source isn't to blame.
   */
  counted: readonly VerificationCheck[];
}

/** Further reads of the source. */
interface SourceReading {
  /** Reads the source to its end, probing as deeply as at first. */
  scan(deeper?: boolean): Promise<ProbeResult>;
  /** Checks whether the source was cut off. */
  checkCompleteness(formatName: string): Promise<VerificationCheck<CheckName>>;
}

/**
 * Compares a finished proxy with its expectation. Reads the source to its end if its header isn't enough to judge by; rejects
 * as that reading does.
 */
export async function verifyProxy(
  expected: ProxyExpectation,
  { source, sourcePath, proxy, counts, counted }: FinishedProxy,
  reading: SourceReading,
): Promise<{
  verification: VerificationCheck[];
  failure: JobFailure | null;
  facts: ProxyFacts;
}> {
  const first = verifyOutput(expected, proxy, { ...counts, source: null });
  const isAsPromised = verificationFailure(first) === null && hasFramesOf(first);
  const isKnown = isAsPromised && !(source && primaryVideo(source)?.head?.startsUndecodable);
  const read = isKnown || source === null ? null : await readToEnd(source, reading);
  const all = { ...counts, source: read };
  const whole = source === null ? [] : [await reading.checkCompleteness(source.formatName)];
  const verification = [...whole, ...(read === null ? first : verifyOutput(expected, proxy, all))];
  // If FFmpeg hasn't read the source, frames missing in the proxy need not be missing there.
  const isRead = source !== null && counts.frameTimes !== null;
  const rest = isRead ? completionAdvice(sourcePath, source.formatName) : null;
  return {
    verification,
    failure: verificationFailure([...verification, ...counted], rest),
    facts: proxyFacts(expected, outputFacts(proxy, all)),
  };
}

async function readToEnd(source: MediaInfo, reading: SourceReading): Promise<MediaInfo | null> {
  const probed = await reading.scan(source.isProbedDeeper);
  if ('error' in probed) return null;
  const packets = [...packetsOf(probed.media)].map(([index, facts]) => {
    const isWhole = source.whole?.packets[index] === undefined || facts === null;
    return [index, isWhole ? facts : withoutLast(facts)] as const;
  });
  return withPackets(source, new Map(packets));
}

/** True if the source's header promises as many frames as the proxy has. */
function hasFramesOf(checks: readonly VerificationCheck[]): boolean {
  const count = checks.find(({ check }) => check === 'frame_count');
  return count !== undefined && count.expected === count.actual;
}
