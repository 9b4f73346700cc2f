import * as maplibre from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import 'maplibre-gl/dist/maplibre-gl.css';
import type { Bbox, Layer } from '../api';
import { world, countryNames } from './countries';
import { drawImage, IMAGE_SCALE } from './images';
import { styleOf, type MapColors, type Overlay, type Scene, type Sheet } from './style';

maplibre.setWorkerUrl(workerUrl);

export interface View {
  zoom: number;
  lat: number;
  lon: number;
}
/** What the page tells the map to show; the map adds what depends on where it looks. */
export interface Picture {
  layers: Layer[];
  overlays: Overlay[];
  dark: boolean;
  cityName: string;
  bbox: Bbox | null;
  locale: string;
  at: [number, number] | null;
  selected: GeoJSON.Geometry | null;
  sheet?: Sheet | null;
}
export interface Listeners {
  moved(view: View, byKeyboard: boolean): void;
  clicked(lon: number, lat: number): void;
  /** True from a move or a new picture until every tile in view is drawn. */
  busy(busy: boolean): void;
  /** Some of the map did not come; what did is shown. */
  failed(): void;
}

const WORLD_ZOOM = 9.2;
const KEYS = new Set(['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', '+', '=', '-', '_']);

/** The city's map: one MapLibre map that redraws itself from a {@link Picture}. */
export class CityMap {
  readonly #map: maplibre.Map;
  readonly #scale: maplibre.ScaleControl;
  #picture: Picture;
  #far = false;
  #attempt = 0;
  #keyed = false;

  constructor(container: HTMLElement, picture: Picture, view: View | null, listeners: Listeners, label: string) {
    this.#picture = picture;
    const bbox = picture.bbox;
    this.#map = new maplibre.Map({
      container,
      style: styleOf(this.#scene()),
      ...(view ? { center: [view.lon, view.lat] as [number, number], zoom: view.zoom } : bbox ? { bounds: bbox as [number, number, number, number], fitBoundsOptions: { padding: 32 } } : { center: [-80, 5] as [number, number], zoom: 2.4 }),
      minZoom: 1.2,
      maxZoom: 20,
      attributionControl: false,
      // names are taken from low zooms, where an area is whole; cutting those tiles up again would repeat the names
      zoomLevelsToOverscale: undefined,
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
      rollEnabled: false,
      fadeDuration: matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 160,
      reduceMotion: matchMedia('(prefers-reduced-motion: reduce)').matches,
      locale: { 'Map.Title': label },
    });
    this.#map.touchZoomRotate.disableRotation();
    this.#map.keyboard.disableRotation();
    this.#scale = new maplibre.ScaleControl({ maxWidth: 110 });
    this.#map.addControl(this.#scale, 'bottom-right');
    this.#map.on('style.load', () => this.#draw(this.#map.getStyle()));
    this.#map.on('styleimagemissing', (event) => this.#drawOne(event.id));
    const canvas = this.#map.getCanvas();
    canvas.addEventListener('keydown', (event) => {
      if (KEYS.has(event.key)) this.#keyed = true;
      if (event.key === 'Enter') {
        const { lng, lat } = this.#map.getCenter();
        listeners.clicked(lng, lat);
      }
    });
    this.#map.on('moveend', () => {
      this.#lookFar();
      listeners.moved(this.view, this.#keyed);
      this.#keyed = false;
    });
    this.#map.on('click', (event) => listeners.clicked(event.lngLat.lng, event.lngLat.lat));
    this.#map.on('dataloading', () => listeners.busy(true));
    this.#map.on('idle', () => listeners.busy(false));
    this.#map.on('error', () => listeners.failed());
    this.#map.once('load', () => this.#lookFar());
  }

  get view(): View {
    const { lng, lat } = this.#map.getCenter();
    return { zoom: this.#map.getZoom(), lat, lon: lng };
  }

  get bounds(): Bbox {
    const box = this.#map.getBounds();
    return [box.getWest(), box.getSouth(), box.getEast(), box.getNorth()];
  }

  /** What of the map the drawer does not cover. */
  get free(): Bbox {
    const { clientWidth, clientHeight } = this.#map.getCanvas();
    const [from, to] = [this.#map.unproject([0, clientHeight - (this.#map.getPadding().bottom ?? 0)]), this.#map.unproject([clientWidth, 0])];
    return [from.lng, from.lat, to.lng, to.lat];
  }

  /** For the tests: whether everything in view has been drawn. */
  get settled(): boolean {
    return this.#map.loaded() && this.#map.areTilesLoaded() && !this.#map.isMoving();
  }

  /** The map itself, for a screen that lays handles of its own over it. */
  get bare(): maplibre.Map {
    return this.#map;
  }

  /** What it shows. */
  get picture(): Picture {
    return this.#picture;
  }

  show(picture: Picture): void {
    this.#picture = picture;
    this.#redraw();
  }

  /** What of the sheet lies at a place, the topmost first. */
  at(lon: number, lat: number): GeoJSON.Feature[] {
    const { x, y } = this.#map.project([lon, lat]);
    const layers = (this.#picture.sheet?.layers ?? []).map((one) => one.id).filter((id) => this.#map.getLayer(id));
    return layers.length ? this.#map.queryRenderedFeatures([[x - 6, y - 6], [x + 6, y + 6]], { layers }) : [];
  }

  label(text: string): void {
    this.#map.getCanvas().setAttribute('aria-label', text);
  }

  /** Room that the drawer takes from the map, in pixels. */
  inset(bottom: number): void {
    this.#map.setPadding({ top: 0, left: 0, right: 0, bottom });
  }

  jump(view: View): void {
    this.#map.jumpTo({ center: [view.lon, view.lat], zoom: view.zoom });
  }

  go(lon: number, lat: number, zoom: number): void {
    this.#map.easeTo({ center: [lon, lat], zoom: Math.max(zoom, this.#map.getZoom()), duration: 200 });
  }

  /** Brings a place into the free part of the view without moving more than it must. */
  reveal(lon: number, lat: number): void {
    const padding = this.#map.getPadding();
    const canvas = this.#map.getCanvas();
    const { x, y } = this.#map.project([lon, lat]);
    const edge = 48;
    const seen = x > edge && x < canvas.clientWidth - edge && y > edge && y < canvas.clientHeight - (padding.bottom ?? 0) - edge;
    if (!seen) this.#map.easeTo({ center: [lon, lat], duration: 200 });
  }

  fit(bbox: Bbox): void {
    this.#map.fitBounds(bbox as [number, number, number, number], { padding: 40, maxZoom: 17, duration: 200 });
  }

  zoomBy(steps: number): void {
    this.#map.easeTo({ zoom: this.#map.getZoom() + steps, duration: 150 });
  }

  /** Asks again for every tile in view. */
  again(): void {
    this.#attempt++;
    this.#redraw();
  }

  remove(): void {
    this.#map.remove();
  }

  #lookFar(): void {
    if (this.#far || this.#map.getZoom() > WORLD_ZOOM) return;
    this.#far = true;
    this.#redraw();
  }

  #redraw(): void {
    const style = styleOf(this.#scene());
    this.#draw(style);
    this.#map.setStyle(style, { diff: true, validate: false });
  }

  /** Draws the images that a style names, before its tiles ask for them. */
  #draw(style: maplibre.StyleSpecification): void {
    for (const layer of style.layers) {
      if (layer.type === 'symbol' && typeof layer.layout?.['icon-image'] === 'string') this.#drawOne(layer.layout['icon-image']);
      if (layer.type === 'fill' && typeof layer.paint?.['fill-pattern'] === 'string') this.#drawOne(layer.paint['fill-pattern']);
    }
  }

  #drawOne(name: string): void {
    if (this.#map.hasImage(name)) return;
    const image = drawImage(name);
    if (image) this.#map.addImage(name, image, { pixelRatio: IMAGE_SCALE });
  }

  #scene(): Scene {
    const { locale, ...picture } = this.#picture;
    return {
      ...picture,
      origin: location.origin,
      colors: mapColors(),
      world: this.#far ? world : { far: null, near: null },
      countries: this.#far ? countryNames(locale) : null,
      attempt: this.#attempt,
    };
  }
}

const TOKENS = [
  'sea', 'world', 'border', 'around', 'city', 'limit', 'block', 'parcel', 'building', 'building-line', 'green', 'reserve', 'water', 'water-line', 'road', 'road-case', 'road-major', 'road-major-case', 'road-trunk', 'path',
  'label', 'label-soft', 'label-water', 'label-green', 'halo', 'hatch', 'dim', 'icon', 'icon-ink',
];

/** The map's share of the token file, as it stands for the theme in force. */
function mapColors(): MapColors {
  const style = getComputedStyle(document.documentElement);
  const read = (name: string): string => style.getPropertyValue(name).trim();
  return { ...Object.fromEntries(TOKENS.map((token) => [token, read(`--map-${token}`)])), accent: read('--accent'), 'accent-ink': read('--accent-ink'), 'map-paper': read('--paper') };
}
