import type { Bbox } from '../../api';
import { keyOf, type OsmElement, type Reference } from './osm';

export type ChangeKind = 'added' | 'removed' | 'geometry' | 'attributes' | 'both';
export type Elements = ReadonlyMap<string, OsmElement>;
/** What became of one thing of the map. */
export interface Change {
  key: string;
  kind: ChangeKind;
  before: OsmElement | null;
  after: OsmElement | null;
  fields: { name: string; before: string | null; after: string | null }[];
  /** Who made it what it is, or took it away. */
  user: string | null;
  box: Bbox | null;
}

/** Elements by their names; of several versions of one the last in the list. */
export const byKey = (all: readonly OsmElement[]): Map<string, OsmElement> => new Map(all.map((one) => [keyOf(one), one]));

/** The version that each element had before the first of these changes of it; 0 where that made it. */
export function versionsBefore(changes: readonly Reference[]): Map<string, Reference> {
  const first = new Map<string, Reference>();
  for (const one of changes) {
    const known = first.get(keyOf(one));
    if (!known || one.version < known.version + 1) first.set(keyOf(one), { ...one, version: one.version - 1 });
  }
  return first;
}

const AREA_TAGS = ['building', 'building:part', 'landuse', 'natural', 'leisure', 'amenity', 'area', 'man_made', 'place'];
const there = (element: OsmElement | undefined): element is OsmElement => element !== undefined && element.visible !== false;

/** Where an element lies, among the elements of its time; null where it is nowhere, as a relation or a way whose nodes are not known. */
export function shapeOf(element: OsmElement, among: Elements): GeoJSON.Geometry | null {
  if (element.type === 'node') return element.lon === undefined || element.lat === undefined ? null : { type: 'Point', coordinates: [element.lon, element.lat] };
  if (element.type === 'relation' || !element.nodes) return null;
  const line: GeoJSON.Position[] = [];
  for (const id of element.nodes) {
    const node = among.get(`node/${id}`);
    if (node?.lon !== undefined && node.lat !== undefined) line.push([node.lon, node.lat]);
  }
  if (line.length < 2) return null;
  const closed = element.nodes.length > 3 && element.nodes[0] === element.nodes.at(-1);
  const isArea = closed && element.tags?.['area'] !== 'no' && AREA_TAGS.some((tag) => element.tags?.[tag] !== undefined);
  return isArea && line.length > 3 ? { type: 'Polygon', coordinates: [line] } : { type: 'LineString', coordinates: line };
}

export function boxOf(geometry: GeoJSON.Geometry | null): Bbox | null {
  if (geometry === null || geometry.type === 'GeometryCollection') return null;
  let box: Bbox | null = null;
  const walk = (part: unknown): void => {
    if (!Array.isArray(part)) return;
    const [x, y] = part as unknown[];
    if (typeof x === 'number' && typeof y === 'number') box = box ? [Math.min(box[0], x), Math.min(box[1], y), Math.max(box[2], x), Math.max(box[3], y)] : [x, y, x, y];
    else part.forEach(walk);
  };
  walk(geometry.coordinates);
  return box;
}
const touches = (a: Bbox, b: Bbox): boolean => a[0] <= b[2] && a[2] >= b[0] && a[1] <= b[3] && a[3] >= b[1];

function fieldsOf(before: OsmElement | null, after: OsmElement | null): Change['fields'] {
  const [old, own] = [before?.tags ?? {}, after?.tags ?? {}];
  return [...new Set([...Object.keys(old), ...Object.keys(own)])]
    .filter((name) => old[name] !== own[name])
    .sort()
    .map((name) => ({ name, before: old[name] ?? null, after: own[name] ?? null }));
}

/**
 * What is otherwise now than it was: things with tags, and ways and relations without any; bare nodes are corners of ways and speak through them.
 *
 * @param within of what touches this box, west, south, east, north
 */
export function compare(before: Elements, after: Elements, touched: ReadonlySet<string>, within: Bbox): Change[] {
  const names = new Set(touched);
  // a way whose corner moved has another shape, though nobody wrote the way
  for (const [key, one] of after) if (one.type === 'way' && one.nodes?.some((node) => touched.has(`node/${node}`))) names.add(key);
  const changes: Change[] = [];
  for (const key of names) {
    const [found, now] = [before.get(key), after.get(key)];
    const [old, own] = [there(found) ? found : null, there(now) ? now : null];
    if (old === null && own === null) continue;
    const isBare = (one: OsmElement | null) => one === null || (one.type === 'node' && Object.keys(one.tags ?? {}).length === 0);
    if (isBare(old) && isBare(own)) continue;
    const [was, is] = [old && shapeOf(old, before), own && shapeOf(own, after)];
    const fields = fieldsOf(old, own);
    const moved = JSON.stringify(was ?? old?.members ?? null) !== JSON.stringify(is ?? own?.members ?? null);
    if (old && own && !moved && fields.length === 0) continue;
    const boxes = [boxOf(was), boxOf(is)].filter((one): one is Bbox => one !== null);
    const box = boxes.length ? boxes.reduce((a, b) => [Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[2], b[2]), Math.max(a[3], b[3])]) : null;
    if (box && !touches(box, within)) continue;
    changes.push({ key, kind: old === null ? 'added' : own === null ? 'removed' : moved ? (fields.length ? 'both' : 'geometry') : 'attributes', before: old, after: own, fields, user: (now ?? found)?.user ?? null, box });
  }
  const order: ChangeKind[] = ['removed', 'both', 'geometry', 'attributes', 'added'];
  return changes.sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind) || a.key.localeCompare(b.key));
}

/** The changes as shapes, each side for itself; `n` is the name of the thing. */
export function shapesOf(changes: readonly Change[], before: Elements, after: Elements): GeoJSON.FeatureCollection {
  const features = changes.flatMap(({ key, kind, before: old, after: own }) =>
    ([['before', old && shapeOf(old, before)], ['after', own && shapeOf(own, after)]] as const).flatMap(([side, geometry]): GeoJSON.Feature[] => (geometry ? [{ type: 'Feature', properties: { n: key, kind, side }, geometry }] : [])),
  );
  return { type: 'FeatureCollection', features };
}

/** What was not touched, for what surrounds the changes. */
export function around(elements: Elements, except: ReadonlySet<string>): GeoJSON.FeatureCollection {
  const features = [...elements].flatMap(([key, one]): GeoJSON.Feature[] => {
    if (except.has(key) || !there(one) || (one.type === 'node' && Object.keys(one.tags ?? {}).length === 0)) return [];
    const geometry = shapeOf(one, elements);
    return geometry ? [{ type: 'Feature', properties: {}, geometry }] : [];
  });
  return { type: 'FeatureCollection', features };
}

/** What a thing is, by the tag that says most of it, and its name. */
export function nameOf(element: OsmElement | null): string {
  const tags = element?.tags ?? {};
  const main = ['building', 'highway', 'man_made', 'waterway', 'amenity', 'shop', 'landuse', 'natural', 'leisure', 'barrier', 'power', 'place', 'type'].find((tag) => tags[tag]) ?? Object.keys(tags)[0];
  return [tags['name'], main ? `${main}=${tags[main]}` : null].filter(Boolean).join(' · ');
}
