import type { CheckName, JobFailure, ProxyFacts, VerificationCheck } from '@app/jobspec';
import {
  type MediaInfo,
  packetsOf,
  primaryVideo,
  type ProbeResult,
  withPackets,
} from '../media/index.ts';
import { completionAdvice } from '../routing/rewrapping.ts';
import { outputFacts, type ProxyExpectation, type RunCounts } from './check.ts';
import { proxyFacts, verificationFailure, verifyOutput } from './verify-output.ts';

/** A finished proxy, its source, and what is known of both. */
interface FinishedProxy {
  /** What its header says; `null` for a format that ffprobe can't open. */
  source: MediaInfo | null;
  /** As people know it. */
  sourcePath: string;
  /** What the proxy says of itself, with its packets. */
  proxy: MediaInfo;
  counts: Omit<RunCounts, 'source'>;
  /** How many of its frames its source gave, where they were decoded: a proxy that lacks some doesn't blame its source. */
  counted: readonly VerificationCheck[];
}

/** Further looks into the source. */
interface SourceReading {
  /** Reads it to its end. @param deeper as the one that described it. */
  scan(deeper?: boolean): Promise<ProbeResult>;
  /** Looks whether it was cut off. */
  checkWholeness(formatName: string): Promise<VerificationCheck<CheckName>>;
}

/**
 * Compares a finished proxy with what was expected of it. The source is read to its end where its header isn't enough to judge by.
 * Rejects as its reading does.
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
  const whole = source === null ? [] : [await reading.checkWholeness(source.formatName)];
  const verification = [...whole, ...(read === null ? first : verifyOutput(expected, proxy, all))];
  // Where another program has read the source, what is missing need not be missing there.
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
  return 'media' in probed ? withPackets(source, packetsOf(probed.media)) : null;
}

/** Whether the header of a source promises as many frames as there are. */
function hasFramesOf(checks: readonly VerificationCheck[]): boolean {
  const count = checks.find(({ check }) => check === 'frame_count');
  return count !== undefined && count.expected === count.actual;
}
