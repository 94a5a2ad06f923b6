import { expect, it } from 'vitest';
import { ffmpegCommands } from './install-ffmpeg.ts';

it.each([
  ['linux', [/^Debian: sudo apt install ffmpeg$/, /^Fedora: sudo dnf install .*rpmfusion/]],
  ['darwin', [/^macOS: brew install ffmpeg$/]],
  ['win32', [/^Windows: winget install /]],
  ['aix', []],
])('what to type for FFmpeg on %s', (platform, wanted) => {
  expect(ffmpegCommands(platform)).toEqual(wanted.map((one) => expect.stringMatching(one)));
});
