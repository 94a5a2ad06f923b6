import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { completionScript } from './completion.command.ts';
import { createProgram } from './program.ts';

const script = (shell: 'bash' | 'zsh') =>
  completionScript(
    createProgram(() => undefined),
    shell,
  );

/** Completions of bash for the last of these words. */
function offered(...words: string[]): string[] {
  const line = ['watch-folder-runner', ...words].map((word) => `'${word}'`).join(' ');
  const ask = `COMP_WORDS=(${line}); COMP_CWORD=${words.length}; _watch_folder_runner; echo "\${COMPREPLY[*]}"`;
  const text = execFileSync('bash', ['-c', `${script('bash')}\n${ask}`], { encoding: 'utf8' });
  return text.trim().split(' ').filter(Boolean);
}

describe('completion of bash', () => {
  it.each([
    [['ma'], ['make']],
    [['s'], ['submit', 'status', 'schema']],
    [['make', '/card', '--for', 'p'], ['premiere']],
    [
      ['make', '/card', '--f'],
      ['--for', '--flat'],
    ],
    [
      ['plan', '--fo'],
      ['--for', '--follow'],
    ],
    [
      ['completion', ''],
      ['bash', 'zsh'],
    ],
    [['status', '/watch', '--max-w'], ['--max-workers']],
    [['plan', '-o', ''], []],
    [['run', ''], []],
  ])('offers for %j: %j', (words, expected) => {
    expect(offered(...words)).toEqual(expected);
  });
});

it.each(['bash', 'zsh'] as const)('a script for %s is short', (shell) => {
  expect(script(shell).split('\n').length).toBeLessThan(80);
});
