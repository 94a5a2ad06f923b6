import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MediaInfo } from '@app/engines';
import { readCamera } from './camera.ts';
import { GAMMA_KEYS, GAMMAS } from './gammas.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wfr-camera-'));
});
afterAll(() => rm(folder, { recursive: true }));

const clip = () => join(folder, 'C0001.MP4');
const media = (tags: Record<string, string>, colorTransfer: string | null = 'bt709') =>
  ({ tags, streams: [{ kind: 'video', tags: {}, colorTransfer }] }) as unknown as MediaInfo;

/** Sony's sidecar of a clip, shortened. */
const sony = (gamma: string, model = 'ILME-FX3') =>
  `<?xml version="1.0" encoding="UTF-8"?>
<NonRealTimeMeta xmlns="urn:schemas-professionalDisc:nonRealTimeMeta:ver.2.20" xmlns:lib="urn:schemas-professionalDisc:lib:ver.2.10" lastUpdate="2026-01-01T10:00:00+01:00">
  <Duration value="390"/>
  <Device manufacturer="Sony" modelName="${model}" serialNo="4294967295"/>
  <AcquisitionRecord>
    <Group name="CameraUnitMetadataSet">
      <Item name="CaptureGammaEquation" value="${gamma}"/>
      <Item name="CaptureColorPrimaries" value="s-gamut3-cine"/>
      <Item name="CodingEquations" value="rec709"/>
    </Group>
    <ChangeTable name="Gyroscope"><Event frameCount="0" status="start"/></ChangeTable>
  </AcquisitionRecord>
</NonRealTimeMeta>`;

/** Panasonic's metadata in a MOV, shortened. */
const panasonic = (gamma: string, model = 'DC-GH6') =>
  `<?xml version="1.0" encoding="UTF-8" standalone="no" ?>
<ClipMain xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns="urn:schemas-Professional-Plug-in:Semi-Pro:ClipMetadata:v1.0">
  <ClipContent>
    <ClipMetadata><Device><Manufacturer>Panasonic</Manufacturer><ModelName>${model}</ModelName></Device></ClipMetadata>
  </ClipContent>
  <UserArea>
    <AcquisitionMetadata xmlns="urn:schemas-Professional-Plug-in:P2:CameraMetadata:v1.2">
      <CameraUnitMetadata>
        <Gamma><CaptureGamma>${gamma}</CaptureGamma></Gamma>
        <Gamut><CaptureGamut>V-Gamut</CaptureGamut></Gamut>
      </CameraUnitMetadata>
    </AcquisitionMetadata>
  </UserArea>
</ClipMain>`;
const pana = (xml: string) => media({ 'com.panasonic.semi-pro.metadata.xml': xml });

async function withSidecar(text: string, told: MediaInfo | null = media({})) {
  const sidecar = join(folder, 'C0001M01.XML');
  await writeFile(sidecar, text);
  return readCamera(clip(), told).finally(() => rm(sidecar));
}

describe('the gamma of a clip', () => {
  it.each([
    ['s-log3-cine', 'slog3-cine'],
    ['s-log3', 'slog3'],
    ['s-log2', 'slog2'],
    ['s-cinetone', 'scinetone'],
    ['rec709', 'rec709'],
    ['rec709-xvycc', null],
  ])("stands in Sony's file beside it: %s", async (gamma, word) => {
    expect(await withSidecar(sony(gamma))).toEqual({
      recorded: { gamma, camera: 'ILME-FX3' },
      gamma: word,
    });
    expect(await withSidecar(sony(gamma), null)).toEqual({
      recorded: { gamma, camera: 'ILME-FX3' },
      gamma: word,
    });
  });

  it.each([
    ['V-Log', 'vlog'],
    ['V-LogL', 'vlog'],
    ['CINELIKE_D2', null],
  ])("stands in Panasonic's metadata: %s", async (gamma, word) => {
    const told = pana(panasonic(gamma));
    expect(await readCamera(clip(), told)).toEqual({
      recorded: { gamma, camera: 'DC-GH6' },
      gamma: word,
    });
  });

  it.each([
    [
      { 'com.arri.camera.colorgammasxs': 'LOG-C', 'com.arri.camera.cameramodel': 'ALEXA Mini' },
      'logc3',
    ],
    [
      { 'com.arri.camera.colorgammasxs': 'REC-709', 'com.arri.camera.cameramodel': 'AMIRA' },
      'rec709',
    ],
    [{ 'com.dji.camera.colorgammasxs': 'D-Log', 'com.dji.camera.cameramodel': 'PP-041' }, 'dlog'],
    [{ 'com.dji.camera.colorgammasxs': 'D-Log2', 'com.dji.camera.cameramodel': 'PP-041' }, 'dlog2'],
    [
      { 'com.dji.camera.colorgammasxs': 'Rec.709', 'com.dji.camera.cameramodel': 'PP-041' },
      'rec709',
    ],
    [
      {
        'com.apple.proapps.customgamma': 'com.apple.rec2020.apple-log',
        'com.apple.quicktime.model': 'iPhone 15 Pro Max',
      },
      'applelog',
    ],
    [
      { 'com.dji.camera.colorgammasxs': 'Rec.2100 HLG', 'com.dji.camera.cameramodel': 'PP-041' },
      'hlg',
    ],
    [{ 'com.atomos.hdr.gamma': 'VLog' }, 'vlog'],
  ])('stands in the tags of its container: %o', async (tags, word) => {
    const [gamma, camera] = Object.values(tags);
    expect(await readCamera(clip(), media(tags))).toEqual({
      recorded: { gamma, camera },
      gamma: word,
    });
  });

  it('is that of a header only where no log can be meant', async () => {
    const none = { recorded: {}, gamma: null };
    for (const transfer of ['bt709', 'bt2020-10', 'linear', null])
      expect(await readCamera(clip(), media({}, transfer))).toEqual(none);
    expect(await readCamera(clip(), media({}, 'arib-std-b67'))).toMatchObject({ gamma: 'hlg' });
    expect(await readCamera(clip(), media({}, 'smpte2084'))).toMatchObject({ gamma: 'pq' });
  });

  it('is not known where two places differ', async () => {
    const both = await withSidecar(sony('s-log3'), media({}, 'arib-std-b67'));
    expect(both).toEqual({
      recorded: { gamma: 's-log3, arib-std-b67', camera: 'ILME-FX3' },
      gamma: null,
    });
    const unknown = await withSidecar(sony('s-log9'), media({}, 'arib-std-b67'));
    expect(unknown.gamma).toBeNull();
  });
});

const recorder = { 'com.apple.proapps.image.{TIFF}.Model': 'ShogunInferno', make: 'Atomos' };
it.each([
  ['the recorder', recorder, undefined],
  ['the recorder and it', { ...recorder, 'com.apple.proapps.modelname': 'ILME-FX3' }, 'ILME-FX3'],
  ['it in a comment', { comment: 'FUJIFILM DIGITAL CAMERA X-T3' }, 'X-T3'],
  ['another comment', { comment: 'DIGITAL CAMERA X-T3' }, undefined],
  ['it as encoder', { encoder: 'DJI OsmoAction3' }, 'DJI OsmoAction3'],
  [
    'it better than as encoder',
    { encoder: 'DJI', 'com.dji.camera.CameraModel': 'PP-041' },
    'PP-041',
  ],
  ['an encoder', { encoder: 'Lavf61.7.103' }, undefined],
])('names the camera of a clip that tells %s', async (_what, tags, camera) => {
  expect((await readCamera(clip(), media(tags))).recorded.camera).toBe(camera);
});

it('names the camera of an MXF where its maker writes it there', async () => {
  const arri = { company_name: 'ARRI', product_name: 'ALEXA 35' };
  expect((await readCamera(clip(), media(arri))).recorded.camera).toBe('ALEXA 35');
  const sdk = { company_name: 'Sony', product_name: 'Mem' };
  expect((await readCamera(clip(), media(sdk))).recorded.camera).toBeUndefined();
});

describe('a document that is no such thing', () => {
  const nothing = { recorded: {}, gamma: null };
  it.each([
    ['text', 'CaptureGammaEquation = s-log3'],
    ['cut short', sony('s-log3').slice(0, 600)],
    ['another root', sony('s-log3').replaceAll('NonRealTimeMeta', 'Other')],
    [
      'entities of its own',
      sony('&x;').replace('<NonReal', '<!DOCTYPE a [<!ENTITY x "s-log3">]><NonReal'),
    ],
    ['more than a camera writes', sony('s-log3') + ' '.repeat(1024 * 1024)],
    ['a word of any length', sony('s-log3'.repeat(100), '')],
  ])('says nothing: %s', async (_what, text) => {
    expect(await withSidecar(text)).toEqual(nothing);
    expect(await readCamera(clip(), pana(text))).toEqual(nothing);
  });

  it('nor does one that a link leads to', async () => {
    await writeFile(join(folder, 'elsewhere.xml'), sony('s-log3'));
    await symlink(join(folder, 'elsewhere.xml'), join(folder, 'C0002M01.XML'));
    expect(await readCamera(join(folder, 'C0002.MP4'), media({}))).toEqual(nothing);
  });
});

it('has its words and places in the document', async () => {
  const document = await readFile('docs/looks.md', 'utf8');
  const rows = GAMMAS.map(
    ([at, said, word]) => `| \`${word}\` | \`${said}\` | ${GAMMA_KEYS[at]} |`,
  );
  const cells = document.replaceAll(/ {2,}/g, ' ');
  expect(rows.filter((row) => !cells.includes(row))).toEqual([]);
  expect(document.match(/^\| `/gm)).toHaveLength(rows.length);
});
