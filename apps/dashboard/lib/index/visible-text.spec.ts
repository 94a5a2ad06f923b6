import { describe, expect, it } from 'vitest';
import { clipped, clippedLines, visibleLine, visibleText } from './visible-text.ts';

describe('visible text', () => {
  it('writes out a right-to-left override instead of obeying it', () => {
    expect(visibleLine('clip\u202Evom.mov')).toBe('clip‹U+202E›vom.mov');
  });

  it('names control characters', () => {
    expect(visibleLine('a\u001B[31mb\nc')).toBe('a‹ESC›[31mb‹LF›c');
  });

  it('keeps line feeds and tabs of a text in several lines', () => {
    expect(visibleText('a\r\n\tb\rc')).toBe('a\n\tb‹CR›c');
  });

  it('leaves ordinary letters of any script and joined emoji alone', () => {
    expect(visibleLine('Łódź 東京 🏳️‍🌈 العربية')).toBe('Łódź 東京 🏳️‍🌈 العربية');
  });

  it('shows invisible tag characters and zero width spaces', () => {
    expect(visibleLine('a\u200Bb\u{E0041}')).toBe('a‹U+200B›b‹U+E0041›');
  });
});

describe('clipped text', () => {
  it('says how much is missing', () => {
    expect(clipped('x'.repeat(1_000_010), 10)).toBe(
      `${'x'.repeat(10)}… (1,000,000 more characters)`,
    );
  });

  it('never cuts a character in two', () => {
    const rest = 'x'.repeat(40);
    expect(clipped(`ab😀${rest}`, 3)).toBe('ab… (42 more characters)');
  });

  it('is no shorter than the note that something is missing', () => {
    const text = `Missing source files: ${'x'.repeat(100)}`;
    expect(clipped(text, 100)).toBe(text);
  });

  it('shortens each line on its own', () => {
    const long = 'a'.repeat(43);
    expect(clippedLines(`${long}\nbb`, 3, 100)).toBe('aaa… (40 more characters)\nbb');
  });
});
