import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { shellCommand, shellQuote } from './shell-quote.ts';

describe('shell quoting', () => {
  it('leaves plain arguments as they are', () => {
    expect(shellCommand(['ffmpeg', '-i', 'file:/media/A001C003.mov'])).toBe(
      'ffmpeg -i file:/media/A001C003.mov',
    );
  });

  it('quotes an empty argument', () => {
    expect(shellQuote('')).toBe("''");
  });

  it('gives Bash back exactly the arguments', () => {
    const command = [
      "it's",
      'a b',
      '$HOME `id` "x"',
      'new\nline',
      "\u001B[31m'\\",
      '-dash',
      'é😀',
      '*?[a]',
      '!x',
      '01\u00012',
    ];
    const script = `printf '%s\\0' ${shellCommand(command)}`;
    const out = execFileSync('bash', ['-c', script], { encoding: 'utf8' });
    expect(out.split('\0').slice(0, -1)).toEqual(command);
  });
});
