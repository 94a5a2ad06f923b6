import { JobFailure } from '@app/jobspec';
import { describe, expect, it } from 'vitest';
import { routeJob } from './route-job.ts';
import type { SourceRefusal, SourceRoute } from './route-source.ts';

const ffmpeg = (codec: string): SourceRoute => source('ffmpeg', codec);
const resolve = (codec: string): SourceRoute => source('resolve', codec);
const refused = (problem: string): SourceRefusal => ({
  engine: null,
  problem,
  finding: 'unreadable',
  remedy: '',
});

function source(engine: SourceRoute['engine'], codec: string): SourceRoute {
  return { engine, codec };
}

const pathsOf = (verdicts: readonly unknown[]) => verdicts.map((_, index) => `/${index}`);

type Verdicts = Parameters<typeof routeJob>[0];

function thrownBy(verdicts: Verdicts): JobFailure {
  try {
    routeJob(verdicts, pathsOf(verdicts));
  } catch (error) {
    if (error instanceof JobFailure) return error;
  }
  throw new Error('the job was not refused');
}

function failureOf(verdicts: Verdicts): Pick<JobFailure, 'type' | 'message'> {
  const { type, message } = thrownBy(verdicts);
  return { type, message };
}

describe('a job of one kind of source', () => {
  it.each([
    [[resolve('redcode')], 'resolve', "Source codec 'redcode' requires DaVinci Resolve"],
    [[ffmpeg('prores')], 'ffmpeg', "Source codec 'prores' is decoded by FFmpeg"],
    [[ffmpeg('h264'), ffmpeg('h264')], 'ffmpeg', "Source codec 'h264' is decoded by FFmpeg"],
    [
      [ffmpeg('prores'), ffmpeg('h264'), ffmpeg('prores')],
      'ffmpeg',
      "Source codecs 'prores', 'h264' are decoded by FFmpeg",
    ],
    [
      [resolve('redcode'), resolve('braw')],
      'resolve',
      "Source codecs 'redcode', 'braw' require DaVinci Resolve",
    ],
  ])('%j goes to %s', (verdicts, engine, reason) => {
    expect(routeJob(verdicts, pathsOf(verdicts))).toEqual({ engine, reason });
  });
});

describe('a job that no engine can make', () => {
  it('of both kinds is refused with the count of each', () => {
    const verdicts = [
      ffmpeg('h264'),
      resolve('braw'),
      ffmpeg('prores'),
      resolve('x'),
      ffmpeg('h264'),
    ];
    expect(failureOf(verdicts)).toEqual({
      type: 'MixedEngineError',
      message:
        'Job contains sources requiring different engines. FFmpeg sources: 3, Resolve sources: 2. ' +
        'Split into separate jobs or transcode RAW files to an intermediate codec. For FFmpeg: /0, /2, /4. For Resolve: /1, /3',
    });
  });

  it('of both kinds is refused with a violation for each source', () => {
    const verdicts = [resolve('braw'), ...Array.from({ length: 100 }, () => ffmpeg('h264'))];
    const { violations } = thrownBy(verdicts);
    expect(violations).toHaveLength(101);
    expect(violations.slice(0, 2)).toEqual([
      { path: 'sources[0]', message: '/0 needs Resolve' },
      { path: 'sources[1]', message: '/1 needs FFmpeg' },
    ]);
  });

  it('names no more than the first few of both', () => {
    const verdicts = [resolve('braw'), ...Array.from({ length: 5 }, () => ffmpeg('h264'))];
    expect(failureOf(verdicts).message).toMatch(
      / codec\. For FFmpeg: \/1, \/2, \/3, and 2 more\. For Resolve: \/0$/,
    );
    const more = [...verdicts, ...Array.from({ length: 6 }, () => resolve('braw'))];
    expect(failureOf(more).message).toMatch(
      /FFmpeg: \/1, \/2, \/3, and 2 more\. For Resolve: \/0, \/6, \/7, and 4 more$/,
    );
  });

  it('names every unsupported source before it speaks of engines', () => {
    const verdicts = [
      ffmpeg('h264'),
      refused('/a is empty.'),
      resolve('braw'),
      refused('/b is text.'),
    ];
    expect(failureOf(verdicts)).toEqual({
      type: 'UnsupportedFormatError',
      message: 'Unsupported format: /a is empty. /b is text.',
    });
  });
});
