import { JobFailure } from '@app/jobspec';
import { describe, expect, it } from 'vitest';
import { audio, media, proxyRequest, video } from '../../testing/clips.ts';
import type { QuantiserTrial } from '../ffmpeg/prores/trial.ts';
import { StreamChanges } from '../ffmpeg/stream-changes.ts';
import { PacketCounts, type MediaInfo, type PacketFacts } from '../media/index.ts';
import { planProxy } from '../proxy/plan-proxy.ts';
import type { ClipPlan, ClipRun } from './encode-pass.ts';
import type { ClipOutcome } from './engine.ts';
import { type ClipPrograms, makeByPlans } from './make-proxy.ts';

const CHOSEN: QuantiserTrial = {
  choice: { quantiser: 9, reason: 'It is the finest.', size: 1 },
  tried: [{ fixed: 1000, search: 1000 }],
};
const SOURCE = media([video(), audio({ codecName: 'ac3' })], { formatName: 'mpegts' });

/** Ending of one encode, successful by default. */
interface Ending extends Partial<Omit<ClipRun, 'outcome'>> {
  outcome?: Partial<ClipOutcome>;
  stops?: boolean;
}

const EXITED = new JobFailure('encoder_exited', { exit_code: 1, signal: null, said: null });
const UNLIKE = new JobFailure('output_differs', {
  difference: 'it has other times',
  checks: [],
  remedy: '',
});
const BACK = new JobFailure('pictures_out_of_turn', { exit_code: 1, signal: null, said: null });
const TIMES_OFF = { check: 'frame_times_off_ms', expected: 0, actual: 400, passed: false };
const GOING_BACK = [0, 0.04, 0.02];
const DISORDER = { check: 'frames_in_order', expected: 0, actual: 1, passed: false };

/** Makes a proxy with programs that end as they are told, and tells what was asked of them. */
async function make(
  endings: readonly Ending[],
  { source = SOURCE, request = {}, packets = new Map<number, PacketFacts>() } = {},
) {
  const asked: string[] = [];
  const plans: Required<ClipPlan>[] = [];
  const stop = new AbortController();
  let now = 0;
  const programs: ClipPrograms = {
    tryQuantisers: async () => (asked.push('trial'), CHOSEN),
    scanPackets: async () => (asked.push('scan'), packets),
    encode: async (plan) => {
      asked.push('encode');
      const ending = endings[plans.push(plan) - 1];
      if (ending === undefined) throw new Error('encoded more often than expected');
      if (ending.stops) stop.abort();
      now += 2.5;
      return endedAs(plan, ending);
    },
    now: () => now,
  };
  const first = planOf(source, request);
  const { run, attempts } = await makeByPlans(first, programs, stop.signal);
  return { asked, plans, run, attempts, why: attempts.map(({ why }) => why) };
}

function planOf(source: MediaInfo, facts: Parameters<typeof proxyRequest>[0]): ClipPlan {
  const request = proxyRequest({ codec: 'prores_proxy', container: 'mov', ...facts });
  const { plan } = planProxy(request, source);
  if (!plan) throw new Error('no plan');
  return { request, source, plan };
}

function endedAs(plan: Required<ClipPlan>, { outcome, ...facts }: Ending): ClipRun {
  return {
    ...plan,
    outcome: {
      exit_code: 0,
      stderr: '',
      warnings: [],
      verification: [],
      failure: null,
      ...outcome,
    },
    frameTimes: null,
    frameSizes: [],
    changes: new StreamChanges(),
    ...facts,
  };
}

describe('a clip that is made at once', () => {
  it('is tried, and encoded once', async () => {
    const { asked, attempts, plans } = await make([{}]);
    expect(asked).toEqual(['trial', 'encode']);
    expect(attempts).toEqual([{ why: 'first', exit_code: 0, seconds: 2.5 }]);
    expect(plans[0]?.quantiser).toBe(CHOSEN);
  });

  it('is not made once more for a failure that no plan mends', async () => {
    const { asked, run } = await make([{ outcome: { exit_code: 1, failure: EXITED } }]);
    expect(asked).toEqual(['trial', 'encode']);
    expect(run.outcome.failure).toBe(EXITED);
  });

  it('is not made once more after a stop', async () => {
    const ending = { outcome: { failure: BACK }, frameTimes: GOING_BACK };
    const { why } = await make([{ ...ending, stops: true }]);
    expect(why).toEqual(['first']);
  });
});

describe('audio that begins inside a block', () => {
  const outcome = { exit_code: 183, failure: EXITED };
  const refused = (...before: string[]) => {
    const changes = new StreamChanges();
    const line =
      '[aist#0:1/ac3 @ 0x1] [dec:ac3 @ 0x2] [error] Error submitting packet to decoder: Invalid data found when processing input';
    for (const one of [...before, line]) changes.take(Buffer.from(`${one}\n`));
    return { outcome, changes };
  };

  it('is made without its first packet, once', async () => {
    const { asked, why, plans } = await make([refused(), refused()]);
    expect(asked).toEqual(['trial', 'encode', 'encode']);
    expect(why).toEqual(['first', 'audio_start']);
    expect(plans.map(({ plan }) => plan.audio[0]?.dropsFirstPacket)).toEqual([false, true]);
  });

  it('is damaged where some of it was decoded before', async () => {
    const begun = '[Eval @ 0x1] [warning] 2000000000.000000';
    expect((await make([refused(begun)])).why).toEqual(['first']);
  });

  it('is damaged in a container that keeps its packets whole', async () => {
    const source = { ...SOURCE, formatName: 'matroska,webm' };
    expect((await make([refused()], { source })).why).toEqual(['first']);
  });
});

describe('a recording that ends inside a frame or a block', () => {
  const source = { ...SOURCE, durationSeconds: 60 };
  const failed = { outcome: { exit_code: 183, failure: EXITED }, frameTimes: [0, 58] };
  const facts = (count: number) => Object.assign(new PacketCounts(), { count, end: 5_400_000 });
  const packets = new Map<number, PacketFacts>([
    [0, facts(1500)],
    [1, facts(1875)],
  ]);

  it('is made without the last packet of each stream, once', async () => {
    const { asked, why, plans } = await make([failed, failed], { source, packets });
    expect(asked).toEqual(['trial', 'encode', 'scan', 'encode']);
    expect(why).toEqual(['first', 'cut_end']);
    expect(plans.map(({ plan }) => plan.packetsRead)).toEqual([null, { 0: 1499, 1: 1874 }]);
  });

  it('is made without what its demuxer knows to be incomplete', async () => {
    const cut = new Map([...packets, [1, Object.assign(facts(1875), { corruptFrom: 5_390_000 })]]);
    const { plans } = await make([failed, {}], { source, packets: cut });
    expect(plans[1]?.plan.packetsRead).toEqual({ 0: 1499 });
  });

  it('is damaged where FFmpeg fails before its end', async () => {
    const { asked } = await make([{ ...failed, frameTimes: [0, 40] }], { source, packets });
    expect(asked).toEqual(['trial', 'encode']);
  });

  it('is damaged where something is incomplete before its end', async () => {
    const holed = new Map([...packets, [1, Object.assign(facts(1875), { corruptFrom: 90_000 })]]);
    const { why } = await make([failed], { source, packets: holed });
    expect(why).toEqual(['first']);
  });

  it('is damaged in a container that knows its length', async () => {
    const stored = { ...source, formatName: 'matroska,webm' };
    expect((await make([failed], { source: stored, packets })).why).toEqual(['first']);
  });
});

describe('times that go back', () => {
  const head = { seconds: [0, 0.04], firstStored: 0, topFieldFirst: null };
  const source = media([video({ head })]);

  it.each([
    ['a frame that FFmpeg refuses', { failure: BACK }],
    ['a check', { failure: UNLIKE, verification: [DISORDER] }],
  ])('are put in order, and once, after %s', async (_, outcome) => {
    const ending = { outcome, frameTimes: GOING_BACK };
    const { asked, why, plans } = await make([ending, ending], { source });
    expect(asked).toEqual(['trial', 'encode', 'trial', 'encode']);
    expect(why).toEqual(['first', 'frame_times']);
    const planned = plans.map(({ plan }) => plan.video.clock.enforceMonotonicPts);
    expect(planned).toEqual([false, true]);
  });

  it('are in order from the first encode on, where the first frames have them', async () => {
    const known = media([video({ head: { ...head, goesBack: true } })]);
    const ending = { outcome: { failure: BACK }, frameTimes: GOING_BACK };
    const { why } = await make([ending], { source: known });
    expect(why).toEqual(['first']);
  });
});

describe('times that leave the rate behind the first frames', () => {
  const outcome = { failure: UNLIKE, verification: [TIMES_OFF] };
  const all = Array.from({ length: 250 }, (_, frame) => frame / 25);
  const withStep = all.map((seconds, frame) => (frame < 50 ? seconds : seconds + 0.4));

  it.each([
    ['a check', outcome],
    ['frames that FFmpeg takes for one', { failure: BACK }],
  ])('are kept, and planned once, after %s', async (_, ending) => {
    const run = { outcome: ending, frameTimes: withStep };
    const { why, plans } = await make([run, run]);
    expect(why).toEqual(['first', 'frame_times']);
    expect(plans.map(({ plan }) => plan.video.timing.variable)).toEqual([false, true]);
    expect(plans[1]?.plan.video.clock.enforceMonotonicPts).toBe(false);
  });

  it.each([
    ['that lead to the same plan', all],
    ['that nothing told', null],
  ])('%s are no reason', async (_, frameTimes) => {
    expect((await make([{ outcome, frameTimes }])).why).toEqual(['first']);
  });
});

describe('a quantiser that has made a clip too large', () => {
  const large: Ending = { frameSizes: Array<number>(250).fill(5_000_000) };

  it('leaves it to the search of the encoder, without a trial', async () => {
    const { asked, why, plans } = await make([large, large]);
    expect(asked).toEqual(['trial', 'encode', 'encode']);
    expect(why).toEqual(['first', 'size']);
    expect(plans[1]?.quantiser.choice?.quantiser).toBeNull();
  });

  it('is judged after everything else', async () => {
    const back = { ...large, outcome: { failure: BACK }, frameTimes: GOING_BACK };
    expect((await make([back, large, large])).why).toEqual(['first', 'frame_times', 'size']);
  });

  it('of a proxy that failed says nothing', async () => {
    expect((await make([{ ...large, outcome: { failure: UNLIKE } }])).why).toEqual(['first']);
  });
});
