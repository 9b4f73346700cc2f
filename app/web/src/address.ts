/** A layer switched on, and how it is shown. */
export interface LayerOn {
  id: string;
  opacity: number;
  /** The day as of which it is shown; absent: as it is now. */
  asOf?: string;
}
/** The page's state as its address says it: `/layers/rio#map=14/19.04/-98.95&layers=rio,zonas:0.5@2025-01-31&at=-98.95,19.04&lang=pt&theme=dark`. */
export interface Address {
  /** The card that is open. */
  path: string;
  map: { zoom: number; lat: number; lon: number } | null;
  /** Layers switched on beyond the base map, the lowest first. */
  layers: LayerOn[];
  /** The place asked about, longitude and latitude in degrees. */
  at: [lon: number, lat: number] | null;
  lang: string | null;
  theme: 'light' | 'dark' | null;
}

const number = (text: string | undefined, low: number, high: number): number | null => {
  if (text === undefined || text.trim() === '') return null;
  const value = Number(text);
  return Number.isFinite(value) && value >= low && value <= high ? value : null;
};

/** Reads an address; what it cannot understand is left out, so that an old or clipped link still opens. */
export function readAddress(path: string, hash: string): Address {
  const said = new URLSearchParams(hash.replace(/^#/, ''));
  const [zoom, lat, lon] = (said.get('map') ?? '').split('/');
  const z = number(zoom, 0, 24);
  const y = number(lat, -85, 85);
  const x = number(lon, -180, 180);
  const [atLon, atLat] = (said.get('at') ?? '').split(',');
  const px = number(atLon, -180, 180);
  const py = number(atLat, -90, 90);
  const theme = said.get('theme');
  return {
    path: path === '' ? '/' : path,
    map: z !== null && y !== null && x !== null ? { zoom: z, lat: y, lon: x } : null,
    layers: (said.get('layers') ?? '')
      .split(',')
      .filter((part) => part !== '')
      .map((part) => {
        const [shown = '', asOf = ''] = part.split('@');
        const [id = '', opacity] = shown.split(':');
        return { id, opacity: number(opacity, 0, 1) ?? 1, ...(/^\d{4}-\d{2}-\d{2}$/.test(asOf) ? { asOf } : {}) };
      })
      .filter((one, index, all) => one.id !== '' && all.findIndex((other) => other.id === one.id) === index),
    at: px !== null && py !== null ? [px, py] : null,
    lang: said.get('lang'),
    theme: theme === 'light' || theme === 'dark' ? theme : null,
  };
}

/** Writes the address so that it reads well when someone pastes it into a letter. */
export function writeAddress(address: Address): string {
  const parts: string[] = [];
  const { map, layers, at, lang, theme } = address;
  if (map) parts.push(`map=${trim(map.zoom, 2)}/${trim(map.lat, 5)}/${trim(map.lon, 5)}`);
  if (layers.length) parts.push(`layers=${layers.map((one) => one.id + (one.opacity === 1 ? '' : `:${trim(one.opacity, 2)}`) + (one.asOf ? `@${one.asOf}` : '')).join(',')}`);
  if (at) parts.push(`at=${trim(at[0], 6)},${trim(at[1], 6)}`);
  if (lang) parts.push(`lang=${lang}`);
  if (theme) parts.push(`theme=${theme}`);
  return address.path + (parts.length ? `#${parts.join('&')}` : '');
}

const trim = (value: number, decimals: number): string => String(Number(value.toFixed(decimals)));
