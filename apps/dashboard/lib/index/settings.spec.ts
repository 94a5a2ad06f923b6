import { describe, expect, it } from 'vitest';
import { readSettings } from './settings.ts';

const foldersOf = (lines: string) => readSettings({ WFR_DASHBOARD_FOLDERS: lines }).folders;

describe('watch folders in the settings', () => {
  it.each([
    ['/media/watch', 'watch', '/media/watch'],
    ['dailies=/media/watch', 'dailies', '/media/watch'],
    ['Cards Day 3=/media/cards', 'Cards Day 3', '/media/cards'],
    ['Übergabe B=/media/b', 'Übergabe B', '/media/b'],
    ['/media/a=b', 'a=b', '/media/a=b'],
    ['a=/media/b=c', 'a', '/media/b=c'],
  ])('%s', (line, name, path) => {
    expect(foldersOf(line)).toEqual([{ name, path }]);
  });

  it.each([
    ['..=/media', 'The folder "..=/media" needs a name: use NAME=PATH.'],
    ['/', 'The folder "/" needs a name'],
    ['=/media', 'The folder "=/media" needs a name'],
    ['dailies=', 'The folder "dailies=" has no path: expected PATH or NAME=PATH'],
    ['a\u202Eb=/media', 'needs another name: at most 100 characters, all of them visible'],
    ['a\na', 'Two folders are called "a": name them NAME=PATH.'],
    ['', 'No watch folder is set: name one, or set WFR_DASHBOARD_FOLDERS.'],
  ])('refuses %j with a sentence', (line, sentence) => {
    expect(() => foldersOf(line)).toThrow(sentence);
  });
});
