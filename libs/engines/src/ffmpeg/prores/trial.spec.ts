import { describe, expect, it } from 'vitest';
import { media, proxyRequest, video } from '../../../testing/clips.ts';
import { PacketList, type VideoStream } from '../../media/index.ts';
import { planProxy } from '../../proxy/plan-proxy.ts';
import type { ProxyRequest } from '../../proxy/plan/proxy-plan.ts';
import { ffmpegArguments } from '../arguments.ts';
import { withQuantiser } from '../../proxy/codecs/prores.ts';
import { trialArguments, planTrial, trialSizes } from './trial.ts';

const PRORES = { codec: 'prores_proxy' } as const;

function planned(
  facts: Partial<VideoStream> = {},
  request: Partial<ProxyRequest> = PRORES,
  formatName?: string,
) {
  const { plan } = planProxy(
    proxyRequest(request),
    media([video(facts)], formatName ? { formatName } : {}),
  );
  if (!plan) throw new Error('Expected a plan');
  return plan;
}

const lasting = (frames: number) => ({ declaredFrames: frames, durationSeconds: frames / 25 });

describe('the places of a trial', () => {
  it.each([
    [lasting(250), [10 / 6, 5, 50 / 6]],
    [lasting(48), [0.48, 1.44]],
    [lasting(25), [0.5]],
    [lasting(3), []],
    [{ ...lasting(10), width: 320, height: 180 }, []],
  ])('%o', (facts, places) => {
    const found = planTrial(planned(facts))?.places.map((place) => place?.toFixed(3));
    expect(found).toEqual(places.map((place) => place.toFixed(3)));
  });

  it('of a clip without a duration is its start', () => {
    const unknown = { declaredFrames: null, durationSeconds: null };
    expect(planTrial(planned(unknown, PRORES, 'mpegts'))?.places).toEqual([null]);
  });

  it('are none for other codecs', () => {
    expect(planTrial(planned({}, { codec: 'dnxhr' }))).toBeNull();
  });
});

describe('the arguments of a trial', () => {
  const plan = planned(lasting(72), { ...PRORES, resolution: 'half' });
  const trial = { quantisers: [4, 9], places: [0.5, null] };
  const argv = trialArguments(plan, trial, '/in/a b.mov');

  it('seek in an input for each place', () => {
    const words = argv.join(' ');
    expect(words.match(/-i file:\/in\/a b\.mov/g)).toHaveLength(2);
    expect(words.match(/-ss [\d.]+/g)).toEqual(['-ss 0.500000']);
    expect(words.match(/-format_whitelist/g)).toHaveLength(2);
  });

  it("have the plan's own filters, and an encoder for the search and for each quantiser", () => {
    const graph = argv[argv.indexOf('-filter_complex') + 1] ?? '';
    expect(graph).toContain('w=960:h=540');
    expect(graph).toContain('concat=n=2,setpts=N,split=3[out0][out1][out2]');
    expect(argv).not.toContain('-qscale:v:0');
    expect(argv.join(' ')).toContain('-qscale:v:1 4 -qscale:v:2 9');
  });

  it('write nothing but to stdout', () => {
    expect(argv.slice(-3)).toEqual(['-f', 'framecrc', 'pipe:1']);
  });
});

describe('the sizes of a trial', () => {
  const REPORT =
    '#tb 0: 1/25\n#tb 1: 1/25\n0,         -40,   -40,   1,   5468, 0x3d6ca877\n1, 0, 0, 1, 88992, 0xea, S=1, 8\n';

  function sizesOf(report: string, quantisers: number, places: number) {
    const list = new PacketList();
    list.take(Buffer.from(report));
    return trialSizes(list, {
      quantisers: Array.from({ length: quantisers }, () => 1),
      places: Array.from({ length: places }, () => 0),
    });
  }

  it('are those of each encoder', () => {
    expect(sizesOf(REPORT, 1, 1)).toEqual([[5468], [88992]]);
  });

  it.each([
    [1, 2],
    [2, 1],
  ])('are none unless %i quantisers and the search have made %i pictures', (quantisers, places) => {
    expect(sizesOf(REPORT, quantisers, places)).toBeNull();
  });

  it('are none when there are too many', () => {
    const packets = REPORT.slice(REPORT.indexOf('0, '));
    expect(sizesOf(REPORT + packets, 1, 1)).toBeNull();
  });
});

it('a quantiser reaches the encoder of the picture', () => {
  const plan = withQuantiser(planned(), 9);
  const argv = ffmpegArguments(plan, { input: '/in/a.mov', output: '/out/a.mov' });
  expect(argv.join(' ')).toContain('-vendor apl0 -qscale:v:0 9 -flags:v:0 +bitexact');
});
