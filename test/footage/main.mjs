// npm run test:footage -- [FOLDER] [--codecs a,b] [--json FILE]: every clip of a folder, or else made ones (odd-clips.mjs), through the runner, each proxy
// compared with its source by a reader that shares nothing with the runner but FFmpeg's decoders.
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { differences } from './compare.mjs';
import { makeOddClips } from './odd-clips.mjs';
import { judgeSource } from './reader.mjs';
import { makeProxy } from './runner.mjs';
import { row, summary } from './table.mjs';

const CONTAINERS = {
  prores_proxy: 'mov',
  prores_lt: 'mov',
  prores_standard: 'mov',
  prores_hq: 'mov',
  prores_4444: 'mov',
  h264: 'mp4',
  h265: 'mp4',
  hevc: 'mkv',
  dnxhd: 'mxf',
  dnxhr: 'mov',
  vp9: 'webm',
  av1: 'mkv',
};
const AT_ONCE = 2;
const usage = `Usage: npm run test:footage -- [FOLDER] [--codecs ${Object.keys(CONTAINERS).join(',')}] [--json FILE]`;

function clipsOf(folder) {
  return readdirSync(folder, { recursive: true })
    .map((name) => join(folder, name))
    .filter((path) => !/(^|\/)\./.test(relative(folder, path)) && !path.endsWith('.json'))
    .filter((path) => statSync(path).isFile())
    .toSorted();
}

async function judge(name, source, { codec, resolution }, work) {
  const { path } = source;
  const made = await makeProxy(path, { codec, resolution, container: CONTAINERS[codec] }, work);
  const base = { name, codec, healthy: source.fault === null, fault: source.fault };
  if (made.proxy === null) return { ...base, verdict: 'refused', why: made.reason };
  const wrong = await differences(source, made);
  rmSync(made.proxy, { force: true });
  if (wrong.length > 0) return { ...base, verdict: 'wrong', why: wrong.join('; ') };
  return { ...base, verdict: 'right', why: made.warnings.join(' ') };
}

async function main() {
  const text = { type: 'string' };
  const options = { codecs: text, json: text, resolution: { ...text, default: 'same' } };
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  const codecs = (values.codecs ?? 'prores_proxy,h264,dnxhr,hevc').split(',');
  const unknown = codecs.filter((codec) => CONTAINERS[codec] === undefined);
  if (positionals.length > 1 || unknown.length > 0) {
    console.error(unknown.length > 0 ? `Unknown codecs: ${unknown.join(', ')}. ${usage}` : usage);
    return 2;
  }
  const work = mkdtempSync(join(tmpdir(), 'footage-'));
  const folder = positionals[0] ? resolve(positionals[0]) : join(work, 'odd');
  const queue = positionals[0] ? clipsOf(folder) : await makeOddClips(folder);
  const results = [];
  const worker = async () => {
    for (let path = queue.shift(); path; path = queue.shift()) {
      const source = await judgeSource(path);
      for (const codec of codecs) {
        const wanted = { codec, resolution: values.resolution };
        const result = await judge(relative(folder, path), source, wanted, work);
        results.push(result);
        console.log(row(result));
      }
    }
  };
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  if (values.json) writeFileSync(values.json, `${JSON.stringify(results, null, 2)}\n`);
  console.log(summary(results));
  const isBad = ({ verdict, healthy }) => verdict === 'wrong' || (verdict === 'refused' && healthy);
  return results.some(isBad) ? 1 : 0;
}

process.exitCode = await main();
