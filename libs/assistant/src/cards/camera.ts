import { join, parse } from 'node:path';
import type { InventoryClip } from '@app/jobspec/inventory';
import { primaryVideo, type MediaInfo } from '@app/engines';
import { openEntry, readWhole } from '@app/storage';
import { attributeOf, elementsIn, readXml, textOf, type XmlElement } from '../mhl/xml.ts';
import { GAMMA_KEYS, GAMMAS } from './gammas.ts';

/** Recording settings, from a clip or its sidecar file. */
export interface Camera {
  /** Values as recorded, such as `s-log3-cine`. */
  recorded: Pick<InventoryClip, 'gamma' | 'camera'>;
  /** Gamma name of `--look`; `null` if unknown, or if two sources disagree. */
  gamma: string | null;
}

/** Limit on a clip's metadata document, in bytes; no camera writes more. */
const MAX_XML_BYTES = 1024 * 1024;
/** Length limit of a gamma or model name. */
const MAX_VALUE_LENGTH = 128;
/**
 * Camera models: metadata keys, and the part of their values that is the model. `….image.{tiff}.model` is left out,
 * since a recorder writes its own model there. Fujifilm's comment and DJI's encoder are as ffprobe shows them for clips
 * from X-T2, X-T3, X-T4, Mavic 3 and Osmo Action 3.
 */
const MODELS: readonly (readonly [key: RegExp, model: RegExp])[] = [
  [/(^|\.)modelname$|(?<!\})\.(camera)?model$|\.cameratype$/, /.+/],
  [/^comment$/, /(?<=^FUJIFILM DIGITAL CAMERA ).+/],
  [/^encoder$/, /^DJI.+/],
];

type Fact = readonly [key: string | undefined, value: string | null | undefined];

/** Reads the camera settings of a clip. @param media from ffprobe; `null` if it isn't known */
export async function readCamera(path: string, media: MediaInfo | null): Promise<Camera> {
  const video = media && primaryVideo(media);
  const tags: Readonly<Record<string, string>> = { ...video?.tags, ...media?.tags };
  const transfer = video?.colorTransfer;
  const facts: Fact[] = [
    ...factsIn(await readSidecar(path)),
    ...factsIn(tags['com.panasonic.semi-pro.metadata.xml']),
    ...Object.entries(tags),
    // Most transfers say nothing about the camera.
    ['color_transfer', GAMMAS.some(([, known]) => known === transfer) ? transfer : null],
    // In other makers' MXFs, the product name is the application that wrote the file.
    ['modelname', tags['company_name'] === 'ARRI' ? tags['product_name'] : null],
  ];
  return cameraOf(
    facts.flatMap(([key = '', value]) =>
      value && value.length <= MAX_VALUE_LENGTH ? [{ key: key.toLowerCase(), value }] : [],
    ),
  );
}

function cameraOf(facts: readonly { key: string; value: string }[]): Camera {
  const gammas = facts.filter(({ key }) => Object.hasOwn(GAMMA_KEYS, key));
  const words = gammas.map(({ key, value }) =>
    GAMMAS.find(([at, known]) => at === key && known === value.toLowerCase()),
  );
  const [word = null, ...others] = new Set(words.map((row) => row?.[2] ?? null));
  const gamma = [...new Set(gammas.map(({ value }) => value))].join(', ');
  const [camera] = MODELS.flatMap(([at, model]) =>
    facts.flatMap(({ key, value }) => (at.test(key) ? (model.exec(value) ?? []) : [])),
  );
  const recorded = { ...(gamma !== '' && { gamma }), ...(camera !== undefined && { camera }) };
  return { recorded, gamma: others.length === 0 ? word : null };
}

/** Sony's sidecar file of a clip. Links aren't followed, since they may point anywhere. */
function readSidecar(path: string): Promise<string> {
  const { dir, name } = parse(path);
  return readWhole(join(dir, `${name}M01.XML`), MAX_XML_BYTES, openEntry).then(String, () => '');
}

/** Facts of a Sony or Panasonic document; none for any other. */
function factsIn(text = ''): Fact[] {
  if (text === '' || text.length > MAX_XML_BYTES) return [];
  try {
    const root = readXml(text);
    const on = (way: string) => way.split('/').reduce(childrenOf, [root]);
    const unit = 'ClipMain/UserArea/AcquisitionMetadata/CameraUnitMetadata';
    const device = 'ClipMain/ClipContent/ClipMetadata/Device';
    return [
      ...on('NonRealTimeMeta/AcquisitionRecord/Group/Item').map((item): Fact => [
        attributeOf(item, 'name'),
        attributeOf(item, 'value'),
      ]),
      ...on('NonRealTimeMeta/Device').map((it): Fact => [
        'modelname',
        attributeOf(it, 'modelName'),
      ]),
      ...on(`${device}/ModelName`).map((it): Fact => ['modelname', textOf(it)]),
      ...on(`${unit}/Gamma/CaptureGamma`).map((it): Fact => ['capturegamma', textOf(it)]),
    ];
  } catch {
    return [];
  }
}

function childrenOf(parents: readonly XmlElement[], name: string): readonly XmlElement[] {
  return parents.flatMap((one) => elementsIn(one, name));
}
