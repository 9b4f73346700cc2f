import { folder } from 'virtual:editor';
import type { Bbox, Layer } from '../../api';
import type { Lang } from '../../words';
import type { Element, Kind } from './osm-change';

/** iD, as far as this page speaks with it. Its own types stay its own. */
export interface Editor {
  context: Context;
  library: Library;
}
/** A node, way or relation as iD holds it; `version` is undefined for what is new. */
export interface Entity {
  id: string;
  type: Kind;
  version?: string;
  visible?: boolean;
  tags: Record<string, string>;
  loc?: [number, number];
  nodes?: string[];
  members?: { id: string; type: Kind; role: string }[];
  update(changes: Partial<Entity>): Entity;
  osmId(): string;
}
export interface Graph {
  hasEntity(id: string): Entity | undefined;
  replace(entity: Entity): Graph;
  remove(entity: Entity): Graph;
}
export interface Changes {
  created: Entity[];
  modified: Entity[];
  deleted: Entity[];
}
interface History {
  on(event: string, listener: (...told: never[]) => void): void;
  changes(): Changes;
  hasChanges(): boolean;
  merge(entities: Entity[]): void;
}
interface Context {
  connection(): Connection;
  preauth(options: { url: string; apiUrl: string; access_token: string }): Context;
  assetPath(path: string): Context;
  locale(code: string): Context;
  embed(embedded: boolean): Context;
  setsDocumentTitle(sets: boolean): Context;
  containerNode(node: HTMLElement): Context;
  theme(theme: 'dark' | 'light'): Context;
  init(): Context;
  history(): History;
  graph(): Graph;
  uploader(): { on(event: string, listener: (...told: never[]) => void): void };
  perform(action: (graph: Graph) => Graph, annotation: string): void;
  defaultChangesetComment(text: string): Context;
  defaultChangesetHashtags(text: string): Context;
  defaultChangesetSource(text: string): Context;
  ui(): { ensureLoaded(): Promise<void>; onResize(): void };
  map(): { centerZoom(at: [number, number], zoom: number): void; center(): [number, number]; zoom(): number; extent(): { rectangle(): Bbox } };
  layers(): { layer(id: string): { geojson(area: GeoJSON.Feature, source?: string): void; fitZoom(): void } };
  background(): { findSource(id: string): unknown; baseLayerSource(source: unknown): void };
}
interface Connection {
  apiConnections(list: unknown[]): Connection;
  loadMultiple(ids: string[], done: (problem: unknown, found?: { data: Entity[] }) => void): void;
}
interface Library {
  coreContext(): Context;
  fileFetcher: { cache(): Record<string, unknown>; get(which: string): Promise<unknown>; fileMap(): Record<string, string>; assetPath(path: string): unknown };
  services: Record<string, unknown>;
  prefs(key: string, value: string | null): void;
  osmNode: new (facts: object) => Entity;
  osmWay: new (facts: object) => Entity;
  osmRelation: new (facts: object) => Entity;
}

/** Services of the wide world that iD would ask by itself; the city's page asks nobody else. */
const OF_OTHERS = ['geocoder', 'osmose', 'mapillary', 'nsi', 'kartaview', 'vegbilder', 'osmWikibase', 'streetside', 'taginfo', 'wikidata', 'wikipedia', 'mapilio', 'panoramax'];
const LOCALE: Record<Lang, string> = { es: 'es', pt: 'pt-BR', en: 'en' };
const TOKEN = 'oauth2_access_token';

/** Presets and fields in iD's shape, with their words in one language. */
export interface Presets {
  presets: Record<string, object>;
  fields: Record<string, object>;
  strings: { presets: Record<string, object>; fields: Record<string, object> };
}
export interface Settings {
  node: HTMLElement;
  lang: Lang;
  dark: boolean;
  token: string;
  layers: Layer[];
  cityMap: string;
  presets: Presets;
  comment: string;
  hashtags: string;
}

let loading: Promise<Library> | undefined;
/** Fetches iD's script and styles, once. */
function library(): Promise<Library> {
  loading ??= new Promise((done, failed) => {
    const style = document.createElement('link');
    style.rel = 'stylesheet';
    style.href = `${folder}iD.css`;
    const script = document.createElement('script');
    script.src = `${folder}iD.min.js`;
    script.onload = () => done((globalThis as unknown as { iD: Library }).iD);
    script.onerror = () => {
      loading = undefined;
      failed(new Error('the editor did not come'));
    };
    document.head.append(style, script);
  });
  return loading;
}

/** Starts iD in a node: with the city's pictures, presets and API, and nobody else's. */
export async function startEditor(settings: Settings): Promise<Editor> {
  const iD = await library();
  for (const service of OF_OTHERS) delete iD.services[service];
  iD.prefs('preferences.privacy.thirdpartyicons', 'false');
  iD.prefs('sawSplash', 'true');
  // what was not uploaded is offered by this page, from the device or the server, and once
  iD.prefs('has_saved_history', null);
  iD.fileFetcher.assetPath(folder);
  iD.fileFetcher.cache()['imagery'] = imagery(settings.layers, settings.cityMap);
  await addPresets(iD, LOCALE[settings.lang], settings.presets);
  const context = iD.coreContext();
  context.connection().apiConnections([]);
  context.preauth({ url: location.origin, apiUrl: location.origin, access_token: settings.token });
  context.embed(true).assetPath(folder).locale(LOCALE[settings.lang]).theme(settings.dark ? 'dark' : 'light').setsDocumentTitle(false).containerNode(settings.node);
  context.init();
  context.defaultChangesetComment(settings.comment).defaultChangesetHashtags(settings.hashtags);
  await context.ui().ensureLoaded();
  return { context, library: iD };
}

/** Gives the running editor a fresh token without disturbing what is being drawn: iD reads it before each request. */
export function renewToken(token: string): void {
  localStorage.setItem(location.origin + TOKEN, JSON.stringify(token));
}
/** Leaves no token behind. */
export function forgetToken(): void {
  localStorage.removeItem(location.origin + TOKEN);
}

/** Puts the city's presets among iD's before it reads them, so that they are searched, matched and drawn as its own are. */
async function addPresets(iD: Library, locale: string, city: Presets): Promise<void> {
  const files = iD.fileFetcher;
  const key = `locale_tagging_${locale}`;
  files.fileMap()[key] ??= `schema/dist/translations/${locale}.min.json`;
  const [presets, fields, words] = (await Promise.all([files.get('preset_presets'), files.get('preset_fields'), files.get(key)])) as [Record<string, object>, Record<string, object>, Record<string, { presets: Presets['strings'] }>];
  Object.assign(presets, city.presets);
  Object.assign(fields, city.fields);
  const said = words[locale]?.presets;
  if (said) {
    Object.assign(said.presets, city.strings.presets);
    Object.assign(said.fields, city.strings.fields);
  }
}

/** The city's pictures as backgrounds, and each of its layers to lay over. */
function imagery(layers: Layer[], cityMap: string): object[] {
  const drawn = layers.filter((layer) => layer.tiles && layer.bbox);
  const box = (bbox: Bbox) => {
    const [west, south, east, north] = bbox;
    return [[[west, south], [west, north], [east, north], [east, south], [west, south]]];
  };
  const base = drawn.filter((layer) => layer.standard && BASE.includes(layer.standard)).sort((a, b) => BASE.indexOf(a.standard!) - BASE.indexOf(b.standard!));
  const picture = (names: string[], transparent: boolean) =>
    `${location.origin}/wms?SERVICE=WMS&VERSION=1.3.0&REQUEST=GetMap&FORMAT=image/png&TRANSPARENT=${transparent}&STYLES=&LAYERS=${names.map(encodeURIComponent).join(',')}&CRS={proj}&WIDTH={width}&HEIGHT={height}&BBOX={bbox}`;
  const shared = { type: 'wms', projection: 'EPSG:3857', zoomExtent: [0, 22] };
  return [
    ...(base.length ? [{ ...shared, id: 'tequio-city', name: cityMap, template: picture(base.map((layer) => layer.id), false), best: true, default: true }] : []),
    ...drawn.map((layer) => ({ ...shared, id: `tequio-${layer.id}`, name: layer.title, template: picture([layer.id], true), polygon: box(layer.bbox!), overlay: true })),
  ];
}

/** What a city map is made of, from below upwards. */
const BASE = ['adm.alcaldia', 'amb.anp', 'amb.area_verde', 'ref.manzana', 'cat.construccion', 'agua.rio', 'ref.vialidad'];

/** Reads elements as they are on the server now, also those that were deleted. */
export function readElements({ context }: Editor, ids: string[]): Promise<Map<string, Entity>> {
  const found = new Map<string, Entity>();
  if (ids.length === 0) return Promise.resolve(found);
  const missing = new Set(ids);
  return new Promise((done, failed) => {
    context.connection().loadMultiple(ids, (problem, answer) => {
      if (problem) return failed(new Error('the elements could not be read', { cause: problem }));
      for (const entity of answer?.data ?? []) {
        found.set(entity.id, entity);
        missing.delete(entity.id);
      }
      if (missing.size === 0) done(found);
    });
  });
}

/** An element of a file as iD makes one; without an identifier it is new and gets one. */
export function entityOf({ library: iD }: Editor, element: Element, id?: string): Entity {
  const facts = { ...(id ? { id } : {}), tags: element.tags };
  switch (element.kind) {
    case 'node':
      return new iD.osmNode({ ...facts, loc: element.loc });
    case 'way':
      return new iD.osmWay({ ...facts, nodes: element.nodes });
    case 'relation':
      return new iD.osmRelation({ ...facts, members: element.members });
  }
}
