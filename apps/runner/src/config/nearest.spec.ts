import { describe, expect, it } from 'vitest';
import { nearest } from './nearest.ts';

const COMMANDS = ['run', 'validate', 'submit', 'doctor', 'schema', 'help'];

describe('nearest', () => {
  it.each([
    ['doctro', 'doctor'],
    ['validat', 'validate'],
    ['submitt', 'submit'],
    ['runn', 'run'],
    ['shcema', 'schema'],
    ['halp', 'help'],
  ])('finds what %j was meant to be', (word, meant) => {
    expect(nearest(word, COMMANDS)).toBe(meant);
  });

  it.each(['status', 'proxies', 'x', ''])('finds nothing where %j is far from all', (word) => {
    expect(nearest(word, COMMANDS)).toBeNull();
  });

  it('finds the nearer one of two', () => {
    expect(nearest('validte', ['valid', 'validate'])).toBe('validate');
  });
});
