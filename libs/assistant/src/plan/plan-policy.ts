import { draftsOf, type Draft, type JobDocument } from './documents.ts';
import type { KnownNames } from './equal-names.ts';
import type { Clip } from './examine.ts';
import type { Findings } from './findings.ts';
import type { walkMedia } from './media.ts';
import type { PlanRequest, ProxyKind } from './plan-request.ts';
import { knownNames, removeMade, removeRequested, type Pass, type Remaining } from './remaining.ts';
import { noClipRefusal } from './report.ts';
import type { Source } from './sources.ts';
import type { Walk } from './walk.ts';

/** What a plan that is made once and one that is repeated do differently. */
export interface PlanPolicy {
  /** Stops a pass. */
  readonly signal?: AbortSignal;
  /** Time limit in seconds for examining clips before submitting those already examined. */
  readonly examineSeconds: number;
  /** True if a JobSpec is submitted though a job of its name has ended. */
  readonly ignoresEnded: boolean;
  /** Keeps an unusable medium from stopping the others. */
  readonly onRefused?: Parameters<typeof walkMedia>[2];
  /** Called if there is nothing to plan. @throws Refusal if that is an error */
  refuseNothing(walk: Walk, request: PlanRequest): void;
  /** True if the sources are to be looked at again after the settle time. */
  looksAgain(sources: readonly Source[]): boolean;
  /** True if the source was the same at two checks that are far enough apart. */
  isAtRest(source: Source): boolean;
  /** True if a defect of a source is final: nothing writes to it any more. @param quietSeconds of its medium, without changes */
  isFinal(source: Source, quietSeconds: number): boolean;
  /** Reports a clip that changes or hasn't been watched for long enough. */
  defer(source: Source, findings: Findings): void;
  /** Kinds of proxies that are to be requested. */
  openKinds(
    kinds: readonly ProxyKind[],
    isRequested: (kind: ProxyKind) => boolean,
  ): readonly ProxyKind[];
  draftsOf(
    clips: readonly Clip[],
    request: PlanRequest,
    openKinds: (clip: Clip) => readonly ProxyKind[],
  ): Draft[];
  knownNames(sources: readonly Source[], pass: Pass): KnownNames;
  /** Removes proxies that need no job. */
  remaining(documents: readonly JobDocument[], pass: Pass): Promise<Remaining>;
}

/** Options of a plan that is repeated. */
export interface RepeatOptions {
  pollSeconds: number;
  signal: AbortSignal;
}

/** A plan made once: whatever isn't made is requested. */
export class OncePolicy implements PlanPolicy {
  readonly examineSeconds = Infinity;
  readonly ignoresEnded = false;
  readonly refuseNothing = (walk: Walk, request: PlanRequest) => {
    throw noClipRefusal(walk, request);
  };
  readonly knownNames = (_: readonly Source[], pass: Pass) => knownNames([], pass);
  readonly remaining = removeMade;
  readonly draftsOf = draftsOf;

  /** @param settleSeconds see `Planning` */
  constructor(private readonly settleSeconds: number) {}

  /** Waits rather than leave out what was just copied. */
  looksAgain(sources: readonly Source[]): boolean {
    return sources.some(({ restSeconds }) => restSeconds < this.settleSeconds);
  }

  /** One check is enough if the last change is old. */
  isAtRest(source: Source): boolean {
    return source.restSeconds >= this.settleSeconds || secondsSeen(source) >= this.settleSeconds;
  }

  /** An unreadable file counts as damaged rather than incomplete after 12 settle times without writes. */
  isFinal({ restSeconds }: Source): boolean {
    return restSeconds >= 12 * this.settleSeconds;
  }

  defer(source: Source, findings: Findings): void {
    findings.defer(source, `${beingCopied(source)} Plan again once it is there.`, true);
  }

  openKinds(kinds: readonly ProxyKind[]): readonly ProxyKind[] {
    return kinds;
  }
}

/** A plan that is repeated: a clip and kind is requested once per state of the clip. */
export class FollowPolicy implements PlanPolicy {
  readonly signal: AbortSignal;
  /** A day of cards takes an hour to examine. */
  readonly examineSeconds = 10;
  readonly ignoresEnded = true;
  readonly refuseNothing = () => undefined;
  readonly looksAgain = () => false;
  readonly knownNames = knownNames;
  readonly remaining = removeRequested;
  readonly onRefused: PlanPolicy['onRefused'] = (medium, { message }, walk) =>
    walk.recordUnseen(medium, 'unreadable', message, medium);
  readonly #watchSeconds: number;

  /** @param settleSeconds see `Planning` */
  constructor(
    private readonly settleSeconds: number,
    { pollSeconds, signal }: RepeatOptions,
  ) {
    this.signal = signal;
    this.#watchSeconds = Math.max(settleSeconds, pollSeconds * 0.9);
  }

  isAtRest(source: Source): boolean {
    return source.restSeconds >= this.settleSeconds && secondsSeen(source) >= this.#watchSeconds;
  }

  /** An unreadable file counts as damaged rather than incomplete after 120 settle times without writes to its whole medium. */
  isFinal(_: Source, quietSeconds: number): boolean {
    return quietSeconds >= 120 * this.settleSeconds;
  }

  defer(source: Source, findings: Findings): void {
    if (source.restSeconds < this.settleSeconds) findings.defer(source, beingCopied(source), false);
  }

  openKinds(kinds: readonly ProxyKind[], isRequested: (kind: ProxyKind) => boolean) {
    return kinds.filter((kind) => !isRequested(kind));
  }

  /** The job of each clip is named as if it were alone, as after a restart. */
  draftsOf(
    clips: readonly Clip[],
    request: PlanRequest,
    openKinds: (clip: Clip) => readonly ProxyKind[],
  ): Draft[] {
    return clips.flatMap((clip) => {
      const open = openKinds(clip);
      return draftsOf([clip], request).filter(({ kind }) => open.includes(kind));
    });
  }
}

/** Seconds for which a source has been seen in its current state. */
function secondsSeen({ lastSeen, since }: Source): number {
  return (lastSeen - since) / 1000;
}

function beingCopied({ path }: Source): string {
  return `${path} is still being copied.`;
}
