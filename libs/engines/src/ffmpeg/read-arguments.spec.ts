import { expect, it } from 'vitest';
import { audio, media, proxyRequest, video } from '../../testing/clips.ts';
import { planProxy } from '../proxy/plan-proxy.ts';
import { readArguments } from './read-arguments.ts';

it.each([
  ['H.264', proxyRequest({ codec: 'h264', container: 'mp4' })],
  ['ProRes', proxyRequest({})],
])('reads each track of %s by one graph, from an input that nothing else reads', (_, request) => {
  const { plan } = planProxy(request, media([video(), audio(), audio({ index: 2, channels: 6 })]));
  if (!plan) throw new Error('no plan');
  const argv = readArguments(plan, '/proxies/a.mp4', '/scratch/frames.nut', [0, 5]);
  const reads = argv.flatMap((word, at) => (argv[at - 1] === '-map' ? word : []));
  const graphs = argv.filter((_word, at) => argv[at - 1] === '-filter_complex');
  expect(argv).not.toContain('-filter:a:0');
  expect(reads.filter((map) => map.startsWith('2:'))).toEqual([]);
  expect(graphs.join(';').match(/\[\d:a:\d\]/g)).toEqual(['[2:a:0]', '[2:a:1]']);
});
