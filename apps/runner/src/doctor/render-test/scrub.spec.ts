import { homedir, hostname, userInfo } from 'node:os';
import { describe, expect, it } from 'vitest';
import { scrub } from './scrub.ts';

describe('a report keeps to itself', () => {
  it.each([
    [
      'The project Secret film is open in Resolve. Save it.',
      'The project <project> is open in Resolve. Save it.',
    ],
    ['Resolve is rendering the project Film 2.', 'Resolve is rendering the project <project>.'],
    [
      'Resolve is rendering the project Film v1.2 B. Submit the job again when it has ended.',
      'Resolve is rendering the project <project>. Submit the job again when it has ended.',
    ],
    [
      "The project Secret film has something in it that isn't the runner's.",
      "The project <project> has something in it that isn't the runner's.",
    ],
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
  ])('%s', (text, clean) => {
    expect(scrub(text, ['/mnt/my show/proxies'])).toBe(clean);
  });

  it('the names of host and user', () => {
    expect(scrub(`on ${hostname()} as ${userInfo().username}.`, [])).toBe('on <name> as <name>.');
  });
});
