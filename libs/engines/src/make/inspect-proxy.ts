import { JobFailure } from '@app/jobspec';
import type { MediaInfo } from '../media/index.ts';
import { verifyProxy } from '../verify/verify-proxy.ts';
import type { InspectedProxy, MadeProxy } from './encode-pass.ts';
import type { ClipOutcome, ClipTask } from './engine.ts';
import type { MediaPrograms } from './media-programs.ts';
import { contentVerdict, failedPictures, readContent } from './proxy-content.ts';

export type Verification = Pick<ClipOutcome, 'verification' | 'failure' | 'facts'>;

/**
 * Inspects a finished proxy: reads its header and decodes all of its content once, in parallel.
 *
 * @param readAll decodes all content.
 * @throws the reason of the signal.
 */
export async function inspectProxy(
  { task, pass, capture }: MadeProxy,
  programs: MediaPrograms,
  readAll = readContent,
): Promise<InspectedProxy> {
  const { run, probe, bounds } = programs;
  const { signal, stallSeconds } = bounds;
  const described = describeOutput(task, programs);
  const content = readAll(pass, task, capture.path, run);
  // Files may be removed after this call, so both programs must have ended.
  await Promise.allSettled([described, content]);
  signal.throwIfAborted();
  const header = await orFailure(described, signal);
  if ('failure' in header) return failedProxy([], header.failure);
  const verdict = await contentVerdict(pass, header.proxy, await content, stallSeconds);
  const { thumbnails, frameSizes, soundWarnings } = verdict;
  // Storage that stalled once is not read again.
  if (verdict.failure?.type === 'EngineStalledError') return failedProxy([], verdict.failure);
  // A file that can't be decoded to its end may still list all packets.
  const whole =
    verdict.proxy === null
      ? await orFailure(describeOutput(task, programs, { packets: true }), signal)
      : { proxy: verdict.proxy };
  if ('failure' in whole) return failedProxy([], verdict.failure ?? whole.failure);
  const { source, plan, counts } = pass;
  const counted = verdict.checks.filter(({ check }) => check === 'pictures_compared');
  const finished = { source, sourcePath: task.sourcePath, ...whole, counts, counted };
  const declared = await orFailure<Verification>(
    verifyProxy(plan, finished, probe(task.sourceFile)),
    signal,
  );
  // A fault of the whole file explains differences of frames and audio.
  const cut = declared.failure ?? verdict.failure;
  const facts = declared.facts ? { ...declared.facts, ...verdict.measured } : null;
  if (cut !== null) return { ...failedProxy(declared.verification, cut, thumbnails), facts };
  const verification = [...declared.verification, ...verdict.checks];
  if (verdict.difference !== null) {
    // Stills are only for people; without them the verdict is the same.
    const failed = await failedPictures(pass, task, capture.path, verdict.checks, run).catch(
      () => [],
    );
    signal.throwIfAborted();
    return { ...failedProxy(verification, verdict.difference, [...thumbnails, ...failed]), facts };
  }
  return { verification, failure: null, facts, thumbnails, frameSizes, soundWarnings };
}

/** Inspection of a proxy that failed. */
export function failedProxy(
  verification: Verification['verification'],
  failure: Verification['failure'],
  thumbnails: InspectedProxy['thumbnails'] = [],
): InspectedProxy {
  return { verification, failure, thumbnails, frameSizes: [], soundWarnings: [] };
}

/** Header of a proxy, or why it can't be read. */
export type DescribedOutput = { proxy: MediaInfo } | { failure: JobFailure };

/** Reads the header of the staged file; with `packets`, all packets too, which reads the whole file. */
export async function describeOutput(
  { stagedFile }: Pick<ClipTask, 'stagedFile'>,
  { probe }: Pick<MediaPrograms, 'probe'>,
  { packets = false } = {},
): Promise<DescribedOutput> {
  const file = probe(stagedFile);
  if (!(await file.size())) return { failure: new JobFailure('output_missing', { why: null }) };
  const probed = await (packets ? file.scan() : file.describe());
  if ('media' in probed) return { proxy: probed.media };
  return { failure: new JobFailure('output_unreadable', { error: probed.error }) };
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
