import { describe, expect, it } from 'vitest';
import { readRequestFor } from './for-editors.ts';

const read = (
  ...args: Parameters<typeof readRequestFor> extends [unknown, infer F] ? [F] : never
) => readRequestFor(['/card'], ...args);

describe('proxies for several editing systems', () => {
  it('are one set where kinds and names agree, in the place that one of them needs', async () => {
    const { kinds, naming, place, editor } = await read({ for: ['resolve', 'fcp', 'resolve'] });
    expect(kinds).toEqual([{ codec: 'prores_proxy', container: 'mov' }]);
    expect({ naming, place }).toEqual({
      naming: '{source_name}',
      place: { how: 'beside', name: 'Proxy' },
    });
    // Resolve finds them; Final Cut has to be told.
    expect(editor).toBe('fcp');
  });

  it('are refused where they disagree', async () => {
    await expect(read({ for: ['resolve', 'avid'] })).rejects.toThrow(
      "One set of proxies can't serve both: resolve wants prores_proxy in mov, named {source_name}; avid wants dnxhr in mxf, named {source_name}.",
    );
    await expect(read({ for: ['resolve', 'premiere'] })).rejects.toThrow(
      'named {source_name}_Proxy',
    );
  });

  it('are one set where flags settle it', async () => {
    const { naming } = await read({ for: ['resolve', 'premiere'], naming: '{source_name}' });
    expect(naming).toBe('{source_name}');
  });

  it('need no editing system', async () => {
    const { editor } = await read({ codec: ['h264'], output: '/proxies' });
    expect(editor).toBeNull();
  });
});
