import type { ExpressionSpecification, FilterSpecification, LayerSpecification, SourceSpecification, StyleSpecification } from 'maplibre-gl';
import type { Bbox, Layer } from '../api';
import { HEAT, houseNumberField, nameField, namesOf, iconOf, shapeOf, streetClassField, type Look } from './look';

/** The map's colours, read from the token file, so that page and map change together. */
export interface MapColors {
  [token: string]: string;
}
export interface Overlay {
  layer: Layer;
  look: Look;
  opacity: number;
  /** Everything inside the city that the layer does not reach; drawn as a hatch. Null where the reach is unknown. */
  unreached: GeoJSON.Geometry | null;
  /** The day as of which it is drawn. */
  asOf?: string | null;
}
/** What a screen draws over the map by itself. */
export interface Sheet {
  sources: Record<string, SourceSpecification>;
  layers: LayerSpecification[];
}
export interface Scene {
  origin: string;
  layers: Layer[];
  overlays: Overlay[];
  colors: MapColors;
  dark: boolean;
  cityName: string;
  bbox: Bbox | null;
  world: { far: string | null; near: string | null };
  countries: GeoJSON.FeatureCollection | null;
  at: [number, number] | null;
  selected: GeoJSON.Geometry | null;
  /** How often missing tiles were asked for again. */
  attempt: number;
  sheet?: Sheet | null;
}

type Expression = ExpressionSpecification;
const MEDIUM = ['Alegreya Map Medium'];
const BOLD = ['Alegreya Map Bold'];
const ITALIC = ['Alegreya Map Medium Italic'];

const zooms = (base: number, ...stops: (number | Expression)[]): Expression => ['interpolate', ['exponential', base], ['zoom'], ...stops] as unknown as Expression;
const isShape = (shape: 'Polygon' | 'LineString' | 'Point'): FilterSpecification => ['==', ['geometry-type'], shape];
const both = (...filters: FilterSpecification[]): FilterSpecification => ['all', ...filters] as unknown as FilterSpecification;

/** Standards that make the base map, and so are always there, quietly. */
const BASE = new Set(['adm.alcaldia', 'adm.colonia', 'ref.manzana', 'ref.vialidad', 'ref.domicilio', 'cat.predio', 'cat.construccion', 'agua.rio', 'amb.area_verde', 'amb.anp', 'eq.salud', 'eq.educ', 'eq.cultura', 'eq.mercado', 'eq.panteon', 'eq.segur', 'mov.tp']);
export const isBase = (layer: Layer): boolean => layer.standard !== null && BASE.has(layer.standard) && layer.tiles !== null;

/** The whole picture as one MapLibre style: the same scene always gives the same style, and MapLibre works out what changed. */
export function styleOf(scene: Scene): StyleSpecification {
  const sources: Record<string, SourceSpecification> = {};
  const bottom: LayerSpecification[] = [];
  const areas: LayerSpecification[] = [];
  const lines: LayerSpecification[] = [];
  const points: LayerSpecification[] = [];
  const labels: LayerSpecification[] = [];
  const c = scene.colors;
  const color = (token: string): string => c[token] ?? '#888888';

  const tiles = (layer: Layer, maxzoom = layer.maxZoom, asOf: string | null = null): string => {
    const id = [layer.id, maxzoom === layer.maxZoom ? null : maxzoom, asOf].filter((part) => part !== null).join('@');
    sources[id] ??= {
      type: 'vector',
      tiles: [scene.origin + layer.tiles + (asOf ? `?asOf=${asOf}` : '')],
      minzoom: Math.min(layer.minZoom, maxzoom),
      maxzoom: Math.min(maxzoom, layer.maxZoom),
      ...(layer.bbox ? { bounds: layer.bbox } : {}),
      // MapLibre never asks again for a tile that failed; a source that differs in anything is a new source to it
      ...(scene.attempt ? { volatile: scene.attempt % 2 === 1 } : {}),
    };
    return id;
  };
  const base = (standard: string): Layer[] => {
    const all = scene.layers.filter((layer) => layer.standard === standard && isBase(layer));
    // departments each send their own copy of the boundaries, some of the whole country; the base map takes the fullest one of the city
    return standard.startsWith('adm.') ? all.filter((layer) => !scene.bbox || !layer.bbox || sizeOf(layer.bbox) <= 2.5 * sizeOf(scene.bbox)).sort((a, b) => b.count - a.count || Number(nameField(b) !== null) - Number(nameField(a) !== null)).slice(0, 1) : all;
  };
  const on = (layer: Layer, maxzoom?: number, asOf?: string | null) => ({ source: tiles(layer, maxzoom, asOf), 'source-layer': layer.id });

  const ground = base('adm.alcaldia').length ? 'adm.alcaldia' : 'adm.colonia';
  backdrop(scene, sources, bottom, labels, color, base(ground).length ? 'around' : 'city');
  for (const layer of base(ground)) bottom.push({ id: `${layer.id}/ground`, type: 'fill', ...on(layer), filter: isShape('Polygon'), paint: { 'fill-color': color('city'), 'fill-antialias': false } });

  for (const layer of base('adm.alcaldia')) {
    lines.push({ id: `${layer.id}/limit`, type: 'line', ...on(layer), paint: { 'line-color': color('limit'), 'line-width': zooms(1.4, 8, 0.8, 14, 2), 'line-dasharray': [5, 2, 1, 2] } });
    if (layer.count > 1 && nameField(layer)) labels.push({ ...areaName(layer, on(layer, 8), 9, color('label-soft'), color('halo'), BOLD, 12), maxzoom: 12.5 } as LayerSpecification);
  }
  for (const layer of base('amb.anp')) {
    bottom.push({ id: `${layer.id}/reserve`, type: 'fill', ...on(layer), filter: isShape('Polygon'), paint: { 'fill-color': color('reserve'), 'fill-opacity': zooms(1, 9, 0.9, 15, 0.75) } });
    labels.push(areaName(layer, on(layer, 11), 10, color('label-green'), color('halo'), ITALIC, 12));
  }
  for (const layer of base('ref.manzana')) {
    bottom.push({ id: `${layer.id}/block`, type: 'fill', ...on(layer), minzoom: 12, filter: isShape('Polygon'), paint: { 'fill-color': color('block'), 'fill-opacity': zooms(1, 12, 0, 13.5, 1) } });
  }
  for (const layer of base('amb.area_verde')) {
    bottom.push({ id: `${layer.id}/green`, type: 'fill', ...on(layer), filter: isShape('Polygon'), paint: { 'fill-color': color('green') } });
    labels.push(areaName(layer, on(layer, 14), 14, color('label-green'), color('halo'), ITALIC, 12));
  }
  for (const layer of base('agua.rio').filter((one) => !drowns(one, scene.bbox))) {
    bottom.push({ id: `${layer.id}/water`, type: 'fill', ...on(layer), filter: isShape('Polygon'), paint: { 'fill-color': color('water') } });
    bottom.push({ id: `${layer.id}/stream`, type: 'line', ...on(layer), filter: isShape('LineString'), layout: { 'line-cap': 'round', 'line-join': 'round' }, paint: { 'line-color': color('water'), 'line-width': zooms(1.5, 9, 0.8, 13, 2.4, 18, 9) } });
    const name = nameField(layer);
    if (name) {
      labels.push({
        id: `${layer.id}/water-name`, type: 'symbol', ...on(layer), minzoom: 12, filter: isShape('LineString'),
        layout: { 'text-field': ['to-string', ['get', name]], 'text-font': ITALIC, 'text-size': zooms(1, 12, 12, 17, 16), 'symbol-placement': 'line', 'symbol-spacing': 420, 'text-letter-spacing': 0.06, 'text-max-angle': 30 },
        paint: { 'text-color': color('label-water'), 'text-halo-color': color('halo'), 'text-halo-width': 1.4 },
      });
    }
  }
  for (const layer of base('cat.predio')) {
    bottom.push({ id: `${layer.id}/parcel`, type: 'line', ...on(layer), minzoom: 16, paint: { 'line-color': color('parcel'), 'line-width': zooms(1, 16, 0.4, 19, 1.1), 'line-opacity': zooms(1, 16, 0, 16.6, 1) } });
  }
  for (const layer of base('cat.construccion')) {
    bottom.push({ id: `${layer.id}/building`, type: 'fill', ...on(layer), minzoom: 15, filter: isShape('Polygon'), paint: { 'fill-color': color('building'), 'fill-outline-color': color('building-line'), 'fill-opacity': zooms(1, 15, 0, 15.7, 1) } });
  }
  const ways = base('ref.vialidad');
  const rails = ways.filter((layer) => /ferr|rail|tren|trilho/i.test(`${layer.id} ${layer.title}`));
  const roads = ways.filter((layer) => !rails.includes(layer));
  // rules about some avenues are often filed as streets; the network itself is the long list
  const longest = Math.max(0, ...roads.map((layer) => layer.count));
  for (const layer of roads.filter((one) => one.count >= longest / 5)) streets(layer, on, lines, labels, color);
  for (const layer of rails) {
    lines.push({ id: `${layer.id}/rail`, type: 'line', ...on(layer), minzoom: 11, paint: { 'line-color': color('label-soft'), 'line-width': zooms(1.3, 11, 0.6, 16, 1.8), 'line-opacity': 0.7 } });
    lines.push({ id: `${layer.id}/sleepers`, type: 'line', ...on(layer), minzoom: 13, paint: { 'line-color': color('label-soft'), 'line-width': zooms(1.3, 13, 2.4, 16, 7), 'line-dasharray': [0.25, 3], 'line-opacity': 0.7 } });
  }
  for (const layer of base('adm.colonia')) {
    lines.push({ id: `${layer.id}/colonia`, type: 'line', ...on(layer), minzoom: ground === 'adm.colonia' ? 9 : 12, paint: { 'line-color': color('limit'), 'line-width': 0.8, 'line-opacity': 0.5, 'line-dasharray': [3, 3] } });
    const name = nameField(layer);
    if (name) {
      labels.push({
        id: `${layer.id}/colonia-name`, type: 'symbol', ...on(layer, 12), minzoom: ground === 'adm.colonia' ? 10 : 11, maxzoom: 16, filter: isShape('Polygon'),
        layout: { 'text-field': ['to-string', ['get', name]], 'text-font': BOLD, 'text-size': zooms(1, 11, 11, 13, 13.5, 16, 18), 'text-max-width': 7, 'text-letter-spacing': 0.03, 'text-padding': 12 },
        paint: { 'text-color': color('label'), 'text-halo-color': color('halo'), 'text-halo-width': 1.8, 'text-opacity': zooms(1, 15.4, 1, 16, 0) },
      });
    }
  }
  for (const layer of base('ref.domicilio')) {
    const field = houseNumberField(layer);
    if (field) {
      labels.push({
        id: `${layer.id}/number`, type: 'symbol', ...on(layer), minzoom: 17, filter: isShape('Point'),
        layout: { 'text-field': ['to-string', ['get', field]], 'text-font': MEDIUM, 'text-size': zooms(1, 17, 10.5, 19, 13), 'text-padding': 3 },
        paint: { 'text-color': color('label-soft'), 'text-halo-color': color('halo'), 'text-halo-width': 1.2 },
      });
    }
  }
  const switchedOn = new Set(scene.overlays.map((overlay) => overlay.layer.id));
  const importance = ['eq.salud', 'mov.tp', 'eq.mercado', 'eq.segur', 'eq.cultura', 'eq.panteon', 'eq.educ'];
  for (const standard of [...importance].reverse()) {
    for (const layer of base(standard)) if (!switchedOn.has(layer.id) && isFacility(layer)) labels.push(facility(layer, on(layer, shapeOf(layer) === 'area' ? 14 : undefined), iconOf(layer) ?? 'marker', importance.indexOf(standard) < 3 ? 14 : 15, color));
  }

  const hatch: LayerSpecification[] = [];
  for (const overlay of scene.overlays) drawOverlay(overlay, sources, (layer, maxzoom) => on(layer, maxzoom, overlay.asOf), { hatch, areas, lines, points, labels }, color);
  const chosen = selection(scene, sources, color);
  const { sheet } = scene;
  return {
    version: 8,
    name: 'Tequio',
    sources: { ...sources, ...sheet?.sources },
    layers: [...bottom, ...hatch, ...areas, ...lines, ...chosen.under, ...points, ...labels, ...(sheet?.layers ?? []), ...chosen.over],
    transition: { duration: 120, delay: 0 },
  };
}

function backdrop(scene: Scene, sources: Record<string, SourceSpecification>, bottom: LayerSpecification[], labels: LayerSpecification[], color: (token: string) => string, near: 'around' | 'city'): void {
  // far out the ground is sea with countries on it; near the city it is plain land, because the coarse coast would lie there
  bottom.push({ id: 'ground', type: 'background', paint: { 'background-color': ['interpolate', ['linear'], ['zoom'], 6.5, color('sea'), 8.5, color(near)] as unknown as Expression } });
  const fade = (from: number, to: number) => ['interpolate', ['linear'], ['zoom'], from, 1, to, 0] as unknown as Expression;
  const steps: ['far' | 'near', number, number][] = [['far', 0, 4], ['near', 4, 9]];
  for (const [key, low, high] of steps) {
    const url = scene.world[key];
    if (!url) continue;
    sources[`world-${key}`] = { type: 'geojson', data: url, maxzoom: key === 'far' ? 4 : 8, attribution: 'Natural Earth' };
    bottom.push({ id: `world-${key}/land`, type: 'fill', source: `world-${key}`, minzoom: low, maxzoom: high, filter: ['==', ['get', 'kind'], 'land'], paint: { 'fill-color': color('world'), 'fill-opacity': key === 'near' ? fade(7.5, 9) : 1 } });
    bottom.push({ id: `world-${key}/border`, type: 'line', source: `world-${key}`, minzoom: low, maxzoom: high, filter: ['==', ['get', 'kind'], 'border'], paint: { 'line-color': color('border'), 'line-width': zooms(1, 1, 0.5, 7, 1.4), 'line-opacity': key === 'near' ? fade(7.5, 9) : 1 } });
  }
  if (scene.countries) {
    sources['countries'] = { type: 'geojson', data: scene.countries };
    labels.push({
      id: 'countries/name', type: 'symbol', source: 'countries', maxzoom: 7,
      layout: { 'text-field': ['get', 'name'], 'text-font': MEDIUM, 'text-size': zooms(1, 1, 10, 6, 17), 'text-letter-spacing': 0.08, 'text-max-width': 7 },
      paint: { 'text-color': color('label-soft'), 'text-halo-color': color('world'), 'text-halo-width': 1.5 },
    });
  }
  if (scene.bbox) {
    const [west, south, east, north] = scene.bbox;
    // until the city is some 250 pixels wide its name stands for it
    const until = Math.min(10.5, Math.max(4, Math.log2((250 * 360) / (512 * Math.max(east - west, 1e-6)))));
    sources['city'] = { type: 'geojson', data: { type: 'Feature', properties: { name: scene.cityName }, geometry: { type: 'Point', coordinates: [(west + east) / 2, (south + north) / 2] } } };
    labels.push({
      id: 'city/name', type: 'symbol', source: 'city', maxzoom: until,
      layout: { 'text-field': ['get', 'name'], 'text-font': BOLD, 'text-size': zooms(1, 2, 14, 9, 22), 'icon-image': `pin:circle:${color('accent')}:${color('map-paper')}`, 'icon-size': 0.5, 'text-anchor': 'bottom', 'text-offset': [0, -0.7], 'icon-allow-overlap': true, 'text-allow-overlap': true },
      paint: { 'text-color': color('label'), 'text-halo-color': color('halo'), 'text-halo-width': 2 },
    });
  }
}

/** Places people go to by name; lamp posts and graves of the same department are not signs on a map. */
const isFacility = (layer: Layer): boolean => nameField(layer) !== null && (shapeOf(layer) === 'point' || (shapeOf(layer) === 'area' && layer.count <= 200));

const sizeOf = ([west, south, east, north]: Bbox): number => (east - west) * (north - south);

/** A file of basins that goes by the name of rivers would paint the whole city as water. */
function drowns(layer: Layer, city: Bbox | null): boolean {
  if (!city || !layer.bbox || shapeOf(layer) !== 'area') return false;
  return sizeOf(layer.bbox) / Math.max(1, layer.count) > 0.04 * sizeOf(city);
}

function areaName(layer: Layer, from: { source: string; 'source-layer': string }, minzoom: number, ink: string, halo: string, font: string[], size: number): LayerSpecification {
  return {
    id: `${layer.id}/area-name`, type: 'symbol', ...from, minzoom, filter: isShape('Polygon'),
    layout: { 'text-field': ['to-string', ['get', nameField(layer) ?? '']], 'text-font': font, 'text-size': zooms(1, minzoom, size, minzoom + 4, size + 4), 'text-max-width': 7, 'text-padding': 8 },
    paint: { 'text-color': ink, 'text-halo-color': halo, 'text-halo-width': 1.4 },
  };
}

function facility(layer: Layer, from: { source: string; 'source-layer': string }, icon: string, minzoom: number, color: (token: string) => string): LayerSpecification {
  const name = nameField(layer);
  return {
    id: `${layer.id}/facility`, type: 'symbol', ...from, minzoom,
    layout: {
      'icon-image': `pin:${icon}:${color('icon')}:${color('icon-ink')}`, 'icon-size': zooms(1, 14, 0.72, 17, 1), 'icon-padding': 6,
      ...(name ? { 'text-field': ['step', ['zoom'], '', 15.2, ['to-string', ['get', name]]] as unknown as Expression, 'text-font': MEDIUM, 'text-size': zooms(1, 15, 12, 18, 14), 'text-anchor': 'top', 'text-offset': [0, 0.85], 'text-max-width': 8, 'text-optional': true } : {}),
    },
    paint: { 'text-color': color('label'), 'text-halo-color': color('halo'), 'text-halo-width': 1.5 },
  };
}

// From the least to the greatest; a street whose class is not understood is an ordinary street.
const STREETS = [
  { id: 'path', words: ['peaton', 'andador', 'pedestrian', 'footway', 'path', 'steps', 'cicl', 'cycle', 'escalera'], minzoom: 14.5, name: 16, width: [14, 0.6, 16, 1.6, 19, 5], size: [16, 11, 19, 13] },
  { id: 'local', words: null, minzoom: 12.2, name: 15, width: [12, 0.3, 14, 1.4, 16, 6, 19, 34], size: [15, 11, 19, 15] },
  { id: 'secondary', words: ['secundari', 'secondary', 'colector', 'tertiary', 'coletor'], minzoom: 10.5, name: 14, width: [10, 0.4, 12, 1.2, 14, 3.2, 16, 10, 19, 46], size: [14, 11.5, 19, 16] },
  { id: 'primary', words: ['primari', 'primary', 'arterial', 'eje', 'avenida', 'calzada', 'principal', 'metropolitan'], minzoom: 8, name: 13, width: [8, 0.5, 11, 1.4, 13, 3.2, 16, 14, 19, 60], size: [13, 12, 19, 18] },
  { id: 'trunk', words: ['controlad', 'motorway', 'trunk', 'autopista', 'periferic', 'expres', 'rapida', 'nacional', 'regional'], minzoom: 6, name: 12, width: [6, 0.5, 10, 1.6, 13, 4.5, 16, 18, 19, 70], size: [12, 12, 19, 18] },
] as const;

function streets(layer: Layer, on: (layer: Layer) => { source: string; 'source-layer': string }, lines: LayerSpecification[], labels: LayerSpecification[], color: (token: string) => string): void {
  const field = streetClassField(layer);
  const said: Expression = ['downcase', ['to-string', ['get', field ?? '']]] as unknown as Expression;
  const says = (words: readonly string[]): FilterSpecification => ['any', ...words.map((word) => ['in', word, said])] as unknown as FilterSpecification;
  const known = STREETS.flatMap((street) => street.words ?? []);
  const filterOf = (street: (typeof STREETS)[number], index: number): FilterSpecification | null => {
    if (!field) return street.words === null ? isShape('LineString') : null;
    if (street.words === null) return both(isShape('LineString'), ['!', says(known)] as unknown as FilterSpecification);
    const greater = STREETS.slice(index + 1).flatMap((other) => other.words ?? []);
    return both(isShape('LineString'), says(street.words), ...(greater.length ? [['!', says(greater)] as unknown as FilterSpecification] : []));
  };
  const wider = (stops: readonly number[], by: number) => stops.map((value, i) => (i % 2 ? value + by * Math.min(1, value / 2) : value));
  const name = nameField(layer);
  const cap = { 'line-cap': 'round', 'line-join': 'round' } as const;
  const casings: LayerSpecification[] = [];
  const fills: LayerSpecification[] = [];
  STREETS.forEach((street, index) => {
    const filter = filterOf(street, index);
    if (!filter) return;
    const major = street.id === 'primary' || street.id === 'trunk';
    const from = on(layer);
    if (street.id === 'path') {
      fills.push({ id: `${layer.id}/path`, type: 'line', ...from, minzoom: street.minzoom, filter, layout: cap, paint: { 'line-color': color('path'), 'line-width': zooms(1.4, ...street.width), 'line-dasharray': [2, 1.4] } });
    } else {
      casings.push({ id: `${layer.id}/${street.id}-case`, type: 'line', ...from, minzoom: Math.max(street.minzoom, 10), filter, layout: cap, paint: { 'line-color': color(major ? 'road-major-case' : 'road-case'), 'line-width': zooms(1.5, ...wider(street.width, 2)) } });
      fills.push({ id: `${layer.id}/${street.id}`, type: 'line', ...from, minzoom: street.minzoom, filter, layout: cap, paint: { 'line-color': color(street.id === 'trunk' ? 'road-trunk' : major ? 'road-major' : 'road'), 'line-width': zooms(1.5, ...street.width) } });
    }
    if (name) {
      labels.push({
        id: `${layer.id}/${street.id}-name`, type: 'symbol', ...from, minzoom: street.name, filter,
        layout: { 'text-field': ['to-string', ['get', name]], 'text-font': major ? BOLD : MEDIUM, 'text-size': zooms(1, ...street.size), 'symbol-placement': 'line', 'symbol-spacing': 340, 'text-padding': 6, 'text-max-angle': 30 },
        paint: { 'text-color': major ? color('label') : color('label-soft'), 'text-halo-color': color('halo'), 'text-halo-width': 1.5 },
      });
    }
  });
  lines.push(...casings, ...fills);
}

interface Slots {
  hatch: LayerSpecification[];
  areas: LayerSpecification[];
  lines: LayerSpecification[];
  points: LayerSpecification[];
  labels: LayerSpecification[];
}

/** The colour of each thing by its class. */
export function colorBy(look: Look): Expression | string {
  if (!look.field || look.classes.length === 0) return look.color;
  const value: Expression = ['get', look.field] as unknown as Expression;
  if (look.classes[0]!.range) {
    const steps = look.classes.flatMap((one, i) => (i === 0 ? [] : [one.range![0], one.color]));
    return ['case', ['==', ['typeof', value], 'number'], steps.length ? ['step', value, look.classes[0]!.color, ...steps] : look.classes[0]!.color, look.color] as unknown as Expression;
  }
  return ['match', ['to-string', value], ...look.classes.flatMap((one) => [one.values!.map(String), one.color]), look.color] as unknown as Expression;
}

/** The layers of a look alone, over a vector source that goes by the layer's id: what other readers of styles are given. */
export function overlayLayers(layer: Layer, look: Look): LayerSpecification[] {
  const slots: Slots = { hatch: [], areas: [], lines: [], points: [], labels: [] };
  const on = (one: Layer) => ({ source: one.id, 'source-layer': one.id });
  drawOverlay({ layer, look, opacity: 1, unreached: null }, {}, on, slots, (token) => (token === 'label' ? '#35302f' : '#fbf8f3'));
  return [...slots.areas, ...slots.lines, ...slots.points, ...slots.labels];
}

/** Draws one overlay, no farther and no nearer than a steward wished. */
function drawOverlay(overlay: Overlay, sources: Record<string, SourceSpecification>, on: (layer: Layer, maxzoom?: number) => { source: string; 'source-layer': string }, slots: Slots, color: (token: string) => string): void {
  const own: Slots = { hatch: [], areas: [], lines: [], points: [], labels: [] };
  drawLook(overlay, sources, on, own, color);
  const [from, to] = overlay.look.zooms ?? [0, 24];
  const limited = (one: LayerSpecification): LayerSpecification => ({ ...one, minzoom: Math.max(from, one.minzoom ?? 0), maxzoom: Math.min(to >= 20 ? 24 : to, one.maxzoom ?? 24) }) as LayerSpecification;
  for (const slot of Object.keys(own) as (keyof Slots)[]) slots[slot].push(...(overlay.look.zooms ? own[slot].map(limited) : own[slot]));
}

function drawLook(overlay: Overlay, sources: Record<string, SourceSpecification>, on: (layer: Layer, maxzoom?: number) => { source: string; 'source-layer': string }, slots: Slots, color: (token: string) => string): void {
  const { layer, look } = overlay;
  const opacity = overlay.opacity * (look.opacity ?? 1);
  const shape = shapeOf(layer);
  if (shape === 'none') return;
  const paint = colorBy(look);
  const from = on(layer);
  const fading = (full: number): number => Number((full * opacity).toFixed(3));
  if (overlay.unreached) {
    sources[`${layer.id}~unreached`] = { type: 'geojson', data: { type: 'Feature', properties: {}, geometry: overlay.unreached } };
    slots.hatch.push({ id: `${layer.id}~unreached`, type: 'fill', source: `${layer.id}~unreached`, paint: { 'fill-pattern': `hatch:${color('hatch')}`, 'fill-opacity': fading(0.6) } });
  }
  if (shape === 'area' || shape === 'mixed') {
    const thin = look.classes.length === 0 && (layer.standard === 'cat.predio' || layer.standard === 'ref.manzana' || layer.standard?.startsWith('adm.') === true);
    slots.areas.push({ id: `${layer.id}~area`, type: 'fill', ...from, filter: isShape('Polygon'), paint: { 'fill-color': paint, 'fill-opacity': fading(thin ? 0.12 : look.ordered ? 0.72 : look.classes.length ? 0.55 : 0.3), 'fill-antialias': false } });
    slots.areas.push({ id: `${layer.id}~edge`, type: 'line', ...from, filter: isShape('Polygon'), paint: { 'line-color': paint, 'line-width': zooms(1.3, 10, 0.3, 15, thin ? 1.2 : 1, 18, 2), 'line-opacity': fading(0.9) } });
  }
  if (shape === 'line' || shape === 'mixed') {
    slots.lines.push({ id: `${layer.id}~line-halo`, type: 'line', ...from, filter: isShape('LineString'), layout: { 'line-cap': 'round', 'line-join': 'round' }, paint: { 'line-color': color('halo'), 'line-width': zooms(1.4, 9, 1.6, 14, 5.5, 18, 12), 'line-opacity': fading(0.7) } });
    slots.lines.push({ id: `${layer.id}~line`, type: 'line', ...from, filter: isShape('LineString'), layout: { 'line-cap': 'round', 'line-join': 'round' }, paint: { 'line-color': paint, 'line-width': zooms(1.4, 9, 0.9, 14, 3.2, 18, 7), 'line-opacity': fading(1) } });
  }
  if (look.heat && shape === 'point') {
    slots.points.push({
      id: `${layer.id}~heat`, type: 'heatmap', ...from,
      paint: {
        'heatmap-radius': 18, 'heatmap-intensity': zooms(1, 9, 0.15, 13, 0.5, 17, 1.4), 'heatmap-opacity': fading(0.85),
        'heatmap-color': ['interpolate', ['linear'], ['heatmap-density'], 0, 'rgba(81,18,124,0)', 0.02, 'rgba(81,18,124,0.3)', ...HEAT.flatMap((color, i) => [Math.max(0.1, i / (HEAT.length - 1)), color])] as unknown as Expression,
      },
    });
    return;
  }
  if (shape === 'point' || shape === 'mixed') {
    const many = layer.count > 400;
    slots.points.push({
      id: `${layer.id}~point`, type: 'circle', ...from, filter: isShape('Point'),
      paint: {
        'circle-color': paint, 'circle-radius': many ? (layer.count > 20_000 ? zooms(1.4, 10, 0.5, 13, 0.9, 15, 2, 18, 5.5) : zooms(1.4, 9, 0.9, 12, 1.5, 15, 2.8, 18, 6)) : zooms(1.4, 9, 2.2, 13, 4, 16, 6, 18, 8),
        'circle-stroke-color': color('halo'), 'circle-stroke-width': many ? zooms(1, 13, 0, 15, 0.8) : 1.2, 'circle-opacity': fading(many ? 0.8 : 0.95), 'circle-stroke-opacity': fading(0.9),
      },
    });
    if (look.icon && !many) {
      const name = look.label === undefined ? nameField(layer) : look.label;
      const { size, halo, from: nameFrom } = look.names ?? { size: 12.5, halo: 1.6, from: 14 };
      slots.labels.push({
        id: `${layer.id}~icon`, type: 'symbol', ...from, minzoom: 12, filter: isShape('Point'),
        layout: {
          'icon-image': `pin:${look.icon}:${look.color}:#ffffff`, 'icon-size': zooms(1, 12, 0.85, 16, 1.15), 'icon-padding': 2,
          ...(name ? { 'text-field': ['step', ['zoom'], '', nameFrom, ['to-string', ['get', name]]] as unknown as Expression, 'text-font': BOLD, 'text-size': size, 'text-anchor': 'top', 'text-offset': [0, 1], 'text-max-width': 8, 'text-optional': true } : {}),
        },
        paint: { 'icon-opacity': opacity, 'text-opacity': opacity, 'text-color': color('label'), 'text-halo-color': color('halo'), 'text-halo-width': halo },
      });
    }
  }
  if (look.label && !(look.icon && shape === 'point' && layer.count <= 400)) {
    const { size, halo, from: nameFrom } = namesOf(layer, look);
    slots.labels.push({
      id: `${layer.id}~label`, type: 'symbol', ...from, minzoom: nameFrom,
      layout: { 'text-field': ['to-string', ['get', look.label]], 'text-font': BOLD, 'text-size': size, 'text-max-width': 8, 'symbol-placement': shape === 'line' ? ('line' as const) : ('point' as const), ...(shape === 'point' ? { 'text-anchor': 'top' as const, 'text-offset': [0, 0.7] as [number, number] } : {}) },
      paint: { 'text-opacity': opacity, 'text-color': color('label'), 'text-halo-color': color('halo'), 'text-halo-width': halo },
    });
  } else if (shape === 'area' && look.label === undefined && !isBase(layer)) {
    const name = nameField(layer);
    if (name) slots.labels.push({ ...areaName(layer, on(layer, Math.min(13, layer.maxZoom)), 14, color('label'), color('halo'), BOLD, 12), id: `${layer.id}~name` } as LayerSpecification);
  }
}

function selection(scene: Scene, sources: Record<string, SourceSpecification>, color: (token: string) => string): { under: LayerSpecification[]; over: LayerSpecification[] } {
  const under: LayerSpecification[] = [];
  const over: LayerSpecification[] = [];
  if (scene.selected) {
    sources['selected'] = { type: 'geojson', data: { type: 'Feature', properties: {}, geometry: scene.selected } };
    sources['selected~around'] = { type: 'geojson', data: { type: 'Feature', properties: {}, geometry: around(scene.selected) } };
    under.push({ id: 'selected/dim', type: 'fill', source: 'selected~around', minzoom: 15, paint: { 'fill-color': color('dim'), 'fill-opacity': scene.dark ? 0.3 : 0.42 } });
    over.push({ id: 'selected/casing', type: 'line', source: 'selected', layout: { 'line-join': 'round', 'line-cap': 'round' }, paint: { 'line-color': color('halo'), 'line-width': 7 } });
    over.push({ id: 'selected/outline', type: 'line', source: 'selected', layout: { 'line-join': 'round', 'line-cap': 'round' }, paint: { 'line-color': color('accent'), 'line-width': 4 } });
  }
  if (scene.at) {
    sources['at'] = { type: 'geojson', data: { type: 'Feature', properties: {}, geometry: { type: 'Point', coordinates: scene.at } } };
    over.push({ id: 'at/pin', type: 'symbol', source: 'at', layout: { 'icon-image': `drop:${color('accent')}:${color('accent-ink')}`, 'icon-anchor': 'bottom', 'icon-allow-overlap': true, 'icon-ignore-placement': true } });
  }
  return { under, over };
}

const WORLD_RING: GeoJSON.Position[] = [[-180, -85], [180, -85], [180, 85], [-180, 85], [-180, -85]];
const polygonsOf = (geometry: GeoJSON.Geometry): GeoJSON.Position[][][] =>
  geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.type === 'MultiPolygon' ? geometry.coordinates : geometry.type === 'GeometryCollection' ? geometry.geometries.flatMap(polygonsOf) : [];

/** The world but for the areas of a geometry. */
function around(geometry: GeoJSON.Geometry): GeoJSON.MultiPolygon {
  const areas = polygonsOf(geometry);
  return { type: 'MultiPolygon', coordinates: [[WORLD_RING, ...areas.map(([outer]) => outer ?? [])], ...areas.flatMap(([, ...holes]) => holes.map((hole) => [hole]))] };
}
