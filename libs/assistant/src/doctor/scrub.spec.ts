import { homedir, hostname, userInfo } from 'node:os';
import { describe, expect, it } from 'vitest';
import { scrub } from './scrub.ts';

describe('a report keeps to itself', () => {
  it.each([
    ['no room in /Volumes/Show/day 1', 'no room in <path>'],
    ['failed: /Volumes/My Film, part 2/day 1 (RENDER', 'failed: <path> (RENDER'],
    ["can't open 'D:\\My Film\\a b.mov' (API", "can't open '<path>' (API"],
    [
      '/mnt/my show/proxies is in none of its storage locations (/Volumes/Film (2), /x) (RENDER_PATH in phase import).',
      '<folder> is in none of its storage locations (<path>) (RENDER_PATH in phase import).',
    ],
    [String.raw`it is at C:\Users\jo\x.mov.`, 'it is at <path>.'],
    ['/mnt/my show/proxies is full', '<folder> is full'],
    [`${homedir()}/x is gone`, '<folder>/x is gone'],
    ['25/1 frames, N/A, 4:3', '25/1 frames, N/A, 4:3'],
    ['send it to https://example.com/issues.', 'send it to https://example.com/issues.'],
  ])('%s', (text, clean) => {
    expect(scrub(text, ['/mnt/my show/proxies'])).toBe(clean);
  });

  it('the names of host and user', () => {
    expect(scrub(`on ${hostname()} as ${userInfo().username}.`, [])).toBe('on <name> as <name>.');
  });
});
