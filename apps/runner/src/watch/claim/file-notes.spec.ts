import { describe, expect, it } from 'vitest';
import { FileNotes, MOST_REMEMBERED } from './file-notes.ts';

describe('FileNotes', () => {
  it('remembers a bounded number, and makes room for the next when one is done', () => {
    const notes = new FileNotes<number>();
    for (let index = 0; index < MOST_REMEMBERED; index++)
      expect(notes.set(`${index}.json`, index)).toBe(true);
    expect(notes.set('next.json', 1)).toBe(false);
    expect(notes.get('next.json')).toBeUndefined();
    expect(notes.set('0.json', 2), 'what is known may change').toBe(true);
    notes.delete('0.json');
    expect(notes.set('next.json', 1)).toBe(true);
  });

  it('forgets what is gone, and says what that was', () => {
    const notes = new FileNotes<number>();
    for (const name of ['a', 'b', 'c']) notes.set(name, 1);
    expect(notes.forget((name) => name !== 'b')).toEqual(['a', 'c']);
    expect(notes.get('b')).toBe(1);
    expect(notes.get('a')).toBeUndefined();
  });
});
