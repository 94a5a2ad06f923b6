import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ProxyRequest } from '@app/engines';
import {
  describeFile,
  failedChecks,
  makeCompared,
  makeProxy,
  probeJson,
  temporaryFolder,
} from '../proxy/support.ts';
import { RECORDINGS } from './recordings.ts';
import { nightUnless } from '../support/night.ts';

const SAME = { resolution: 'same', explicitFps: null };
const PRORES: ProxyRequest = { codec: 'prores_proxy', container: 'mov', ...SAME };
const H264: ProxyRequest = { codec: 'h264', container: 'mp4', ...SAME };

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
beforeAll(async () => (folder = await temporaryFolder()));
afterAll(() => folder.remove());

const path = (name: string, extension: string) =>
  `${folder.path}/${name.replaceAll(/\W+/g, '-')}.${extension}`;

describe.each(RECORDINGS)('$name', (recording) => {
  const { name, extension, make } = recording;
  let source = '';
  beforeAll(async () => {
    source = path(name, extension);
    await make(source);
  });

  const problems = async (request: ProxyRequest) => {
    const output = path(`${name}-${request.codec}`, request.container);
    const made = await makeCompared(request, source, output);
    const [times, pictures] = [made.counts.frameTimes, made.media.streams[0]?.packets?.count];
    const isTimed = times?.length === pictures;
    return [...failedChecks(made), ...(isTimed ? [] : [`${times?.length} times of ${pictures}`])];
  };

  // Every third in the gate: they come in groups that are alike.
  it('becomes verified ProRes', nightUnless(RECORDINGS.indexOf(recording) % 3 === 0), async () => {
    expect(await problems(PRORES)).toEqual([]);
  });

  it('becomes verified H.264', { tags: ['night'] }, async () => {
    expect(await problems(H264)).toEqual([]);
  });
});

/** A proxy of one of the recordings, by name. */
async function proxyOf(name: string, request: Partial<ProxyRequest>, make = makeProxy) {
  const recording = RECORDINGS.find((one) => one.name === name);
  if (!recording) throw new Error(`There is no recording ${name}`);
  const source = path(`again-${name}`, recording.extension);
  await recording.make(source);
  const wanted = { ...PRORES, ...request };
  return make(wanted, source, path(`again-${name}-proxy`, wanted.container));
}

describe('what a proxy is then', { tags: ['night'] }, () => {
  it('in BT.709, where the codec can say nothing else, with a warning', async () => {
    const request = { codec: 'dnxhr', container: 'mov' } as const;
    const made = await proxyOf('standard definition without colour tags', request);
    expect(failedChecks(made)).toEqual([]);
    expect(made.plan.warnings.join()).toContain('from smpte170m to bt709');
  });

  it('in MXF at the standard rate that the source is next to', async () => {
    const request = { codec: 'dnxhr', container: 'mxf' } as const;
    const made = await proxyOf('AVI next to a standard rate', request);
    expect(failedChecks(made)).toEqual([]);
    const [stream] = (await probeJson(made.output)).streams;
    expect(stream).toMatchObject({ r_frame_rate: '30/1', nb_read_packets: '31' });
  });

  it.each([
    ['AVI with slots for pictures that were dropped', 24, 3],
    ['AVI that begins with slots for pictures that were dropped', 25, 0],
    ['a picture that is missing in mkv', 75, 1],
    ['a picture that is missing in mp4', 75, 1],
  ])('in MXF with a picture for every place: %s', async (name, frames, repeated) => {
    const made = await proxyOf(name, { codec: 'dnxhr', container: 'mxf' });
    expect(failedChecks(made)).toEqual([]);
    expect(made.media.streams[0]?.packets?.count).toBe(frames);
    expect(made.counts).toMatchObject({ duplicatedFrames: repeated, droppedFrames: 0 });
  });

  const LATE = 'sound of an old encoder, whose first block FFmpeg leaves out';
  it.each([
    ['mkvmerge at 59.94 a second, with sound that begins first', 'dnxhr', 'mxf'],
    ['a transport stream that begins between key pictures', 'dnxhr', 'mxf'],
    ['short sound beside a picture whose length leaves out its last frame', 'dnxhr', 'mxf'],
    [LATE, 'dnxhr', 'mxf'],
    [LATE, 'vp9', 'webm'],
  ] as const)('with its sound in step: %s, as %s in %s', async (name, codec, container) => {
    const made = await proxyOf(name, { codec, container }, makeCompared);
    expect(failedChecks(made)).toEqual([]);
  });

  it('without what WebM has no name for, with a warning', async () => {
    const request = { codec: 'vp9', container: 'webm' } as const;
    const made = await proxyOf('two views in turn', request);
    expect(failedChecks(made)).toEqual([]);
    expect(made.plan.warnings.join()).toContain('stereoscopic');
  });

  it('spoken in the language of three letters', async () => {
    const made = await proxyOf('a language of two letters', {});
    const { streams } = await describeFile(made.output);
    expect(streams[1]?.tags['language']).toBe('eng');
  });

  it.each([
    ['a transport stream whose sound ends early and whose length is a guess', []],
    [
      'a program stream in which many pictures have no time',
      ['Many pictures of the source have no time: they are shown at 25 per second.'],
    ],
  ])('constant, with or without a time for each picture: %s', async (name, warnings) => {
    const { plan } = await proxyOf(name, {});
    expect([plan.video.timing.variable, plan.warnings]).toEqual([false, warnings]);
  });

  it('in MXF without a repeated picture, whatever rate the header names', async () => {
    const request = { codec: 'dnxhr', container: 'mxf' } as const;
    const made = await proxyOf('Matroska that names the rate of fields', request);
    expect(failedChecks(made)).toEqual([]);
    const [stream] = (await probeJson(made.output)).streams;
    expect(stream).toMatchObject({ r_frame_rate: '30/1', nb_read_packets: '30' });
  });

  it('in fields as the pictures have them, whatever the container says', async () => {
    const made = await proxyOf('fields in another order than the container says', {});
    expect(made.plan.video.scan.order).toBe('top-first');
    expect(made.plan.warnings.join()).toContain('the pictures are believed');
  });

  it('with channels that nothing names, as they were', async () => {
    const made = await proxyOf('four channels that nothing names', {});
    const sound = made.media.streams.find(({ kind }) => kind === 'audio');
    expect(sound).toMatchObject({ channels: 4, channelLayout: null });
  });

  it.each(['Matroska', 'QuickTime'])(
    'whole, from %s that calls a part clean',
    async (container) => {
      const made = await proxyOf(`${container} with a part that it calls clean`, {});
      expect(made.media.streams[0]).toMatchObject({ width: 320, height: 180 });
      expect(made.plan.warnings.join()).toContain('clean aperture');
    },
  );

  it('at zero with its first picture, whatever is stored before it', async () => {
    const made = await proxyOf('AVCHD that begins inside an open group of pictures', {});
    expect(made.media.streams[0]?.startSeconds).toBe(0);
  });
});
