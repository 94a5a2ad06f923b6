import { describe, expect, it } from 'vitest';
import { clipped, clippedSentence, visibleLine, visibleText } from './visible-text.ts';

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

  it.each([
    ['One is missing. Copy it again. Then retry.', 34, 'One is missing. Copy it again. …'],
    ['One is missing. Copy it again.', 30, 'One is missing. Copy it again.'],
    [`So. ${'x'.repeat(80)}`, 20, `So. ${'x'.repeat(16)}… (64 more characters)`],
    ['Install DaVinci Resolve Studio', 20, 'Install DaVinci …'],
    ['See /opt/a.b/c, then call', 22, 'See /opt/a.b/c, then …'],
    ['x'.repeat(80), 20, `${'x'.repeat(20)}… (60 more characters)`],
  ])('of %s ends with a sentence, or a word', (text, limit, shown) => {
    expect(clippedSentence(text, limit)).toBe(shown);
  });
});
