import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { shellCommand } from './shell-command.ts';

it('leaves words as they are that need no quotes', () => {
  expect(shellCommand(['ffmpeg', '-i', 'file:/media/A001C003.mov', './x.mkv'])).toBe(
    'ffmpeg -i file:/media/A001C003.mov ./x.mkv',
  );
});

it.each([
  '',
  'a b',
  "it's",
  '$(x)',
  '$HOME "`id`" \\',
  '*?[a]',
  '~',
  '=ls',
  '!x',
  '#x',
  'a;b&c|d>e',
  '-dash',
  'é😀',
  '100 % \\n',
  'new\nline',
  "ends in one, 'quoted', 50 %\n",
  '\u001B[31m\u0001',
  'to the \u202Eleft',
])('is run by a shell with just this word: %j', (word) => {
  const command = shellCommand(['printf', '%s\\0', word]);
  expect(command).not.toMatch(/\p{Cc}|\u202E/u);
  expect(execFileSync('sh', ['-c', command], { encoding: 'utf8' })).toBe(`${word}\0`);
});

it('ends the options before a word that looks like one', () => {
  expect(shellCommand(['retry', '/a'], ['b'])).toBe('retry /a b');
  expect(shellCommand(['retry', '/a'], ['-b'])).toBe('retry /a -- -b');
});
