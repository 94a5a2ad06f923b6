import { describe, expect, it } from 'vitest';
import { CODEC_CONTAINERS, CODECS, CONTAINERS, type Codec, type Container } from '@app/jobspec';
import { audio, media, proxyRequest, video } from '../../../testing/clips.ts';
import { ffmpegArguments } from '../../ffmpeg/arguments.ts';
import { planProxy } from '../plan-proxy.ts';
import { writableLanguage } from './container-rules.ts';

const CLIP = media([
  video({ tags: { timecode: '01:00:00:00', reel_name: 'A001' } }),
  audio({ tags: { language: 'eng', title: 'Boom' } }),
]);

function argumentsFor(container: Container): string[] {
  const codec = CODECS.find((name) => holders(name).includes(container)) ?? 'h264';
  const { plan, violations } = planProxy(proxyRequest({ codec, container }), CLIP);
  if (violations) throw new Error(violations.map(({ message }) => message).join(' '));
  return ffmpegArguments(plan, { input: '/in', output: `/out.${container}` });
}

const holders = (codec: Codec): readonly Container[] => CODEC_CONTAINERS[codec];

describe('every container of the contract', () => {
  it.each(CONTAINERS)('%s has a muxer of its own and keeps the start timecode', (container) => {
    const args = argumentsFor(container);
    expect(args[args.lastIndexOf('-f') + 1]).toBe(container === 'mkv' ? 'matroska' : container);
    expect(args).toContain('timecode=01:00:00:00');
  });

  it.each(CONTAINERS)('%s keeps the reel name or says that it is lost', (container) => {
    const written = argumentsFor(container).includes('reel_name=A001');
    expect(written).toBe(container !== 'mp4');
  });

  it.each(CONTAINERS)('%s gets a language only where it keeps it', (container) => {
    expect(argumentsFor(container).includes('language=eng')).toBe(container !== 'mxf');
    expect(writableLanguage('eng', container)).toBe(container === 'mxf' ? null : 'eng');
  });
});

describe('a language that has two codes', () => {
  it('is written into MOV by the one that it keeps', () => {
    expect(writableLanguage('deu', 'mov')).toBe('ger');
    expect(writableLanguage('fre', 'mov')).toBe('fra');
  });

  it('stays as it is elsewhere', () => {
    expect(writableLanguage('deu', 'mkv')).toBe('deu');
  });

  it('is lost in MOV when it keeps neither', () => {
    expect(writableLanguage('tlh', 'mov')).toBeNull();
  });
});
