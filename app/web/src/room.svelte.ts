import { Api, asked, type Asked, type City, type Layer, type Layers, type Place } from './api';
import { Errands, type Errand } from './errands.svelte';
import { readAddress, writeAddress, type Address } from './address';
import type { CityMap, View } from './map/city-map';
import { chosenLook, classFields, classify, lookOn, plainLook, shapeOf, type Look } from './map/look';
import { isBase, type Overlay } from './map/style';
import { Say } from './say';
import { firstLang, isLang, loadWords, type Lang, type Words } from './words';

export type Height = 'peek' | 'half' | 'full';

const SEEN = 'tequio.hint-seen';
// an address has room for so many
const MOST_CORNERS = 200;

/** Everything the page knows; the address bar is its memory, and going back is reading the address again. */
export class Room {
  address = $state<Address>(readAddress('/', ''));
  say = $state<Say>()!;
  city = $state.raw<Asked<City>>({ state: 'waiting' });
  catalogue = $state.raw<Asked<Layers>>({ state: 'waiting' });
  place = $state.raw<Asked<Place> | null>(null);
  selected = $state.raw<GeoJSON.Geometry | null>(null);
  /** The corners of an area that is being drawn, longitude and latitude; null where none is. */
  corners = $state.raw<[lon: number, lat: number][] | null>(null);
  looks = $state.raw<Record<string, Look>>({});
  /** Takes the places that somebody points at while a question asks for one. */
  picking: ((lon: number, lat: number) => void) | null = null;
  /** What a sheet of paper would show, while one is made up. */
  frame = $state.raw<GeoJSON.Polygon | null>(null);
  unreached = $state.raw<Record<string, GeoJSON.Geometry | null>>({});
  online = $state(navigator.onLine);
  drawing = $state(true);
  mapFailed = $state(false);
  height = $state<Height>('peek');
  spoken = $state('');
  hinted = $state(localStorage.getItem(SEEN) === 'yes');
  systemDark = $state(false);
  /** How often a card was opened; a new one takes the keyboard's focus to its heading. */
  opened = $state(0);
  map: CityMap | null = null;
  readonly api: Api;
  readonly errands: Errands;
  #placeAsked: AbortController | null = null;
  #placeKey = '';

  private constructor(words: Words, lang: Lang) {
    this.say = new Say(lang, words);
    this.api = new Api(() => this.say.lang);
    this.errands = new Errands(() => this.say.lang, (errand) => this.speak(this.#toldOf(errand)));
    this.address = readAddress(location.pathname, location.hash);
    const dark = matchMedia('(prefers-color-scheme: dark)');
    this.systemDark = dark.matches;
    dark.addEventListener('change', (event) => (this.systemDark = event.matches));
    addEventListener('online', () => {
      this.online = true;
      void this.load();
    });
    addEventListener('offline', () => (this.online = false));
    addEventListener('popstate', () => void this.#readAgain());
    addEventListener('hashchange', () => void this.#readAgain());
    if (this.address.path !== '/' || this.address.at) this.height = 'half';
  }

  static async enter(): Promise<Room> {
    const lang = firstLang(readAddress(location.pathname, location.hash).lang, navigator.languages);
    const room = new Room(await loadWords(lang), lang);
    void room.load();
    return room;
  }

  get dark(): boolean {
    return this.address.theme ? this.address.theme === 'dark' : this.systemDark;
  }

  get layers(): Layer[] {
    return this.catalogue.state === 'here' ? this.catalogue.value.layers : [];
  }

  layerOf(id: string): Layer | null {
    return this.layers.find((layer) => layer.id === id) ?? null;
  }

  /** How a layer looks as far as is known yet, in the theme in force. */
  lookOf(layer: Layer): Look {
    return lookOn(this.dark, this.looks[layer.id] ?? chosenLook(layer) ?? plainLook(layer));
  }

  /** Layers switched on that the city really has, the lowest first. */
  get overlays(): Overlay[] {
    return this.address.layers.flatMap(({ id, opacity, asOf }) => {
      const layer = this.layerOf(id);
      return layer && shapeOf(layer) !== 'none' ? [{ layer, opacity, look: this.lookOf(layer), unreached: this.unreached[id] ?? null, asOf: asOf ?? null }] : [];
    });
  }

  /** Asks for the city and its layers, again where that failed. */
  async load(): Promise<void> {
    if (this.city.state !== 'here') this.city = { state: 'waiting' };
    if (this.catalogue.state !== 'here') this.catalogue = { state: 'waiting' };
    const [city, catalogue] = await Promise.all([asked(this.api.city()), asked(this.api.layers())]);
    this.city = city;
    this.catalogue = catalogue;
    // what has to be said is not said behind a closed drawer
    if (city.state === 'failed' || catalogue.state === 'failed' || (catalogue.state === 'here' && catalogue.value.layers.length === 0)) this.height = this.height === 'peek' ? 'half' : this.height;
    this.#showSomething();
    await Promise.all([this.#learnLooks(), this.#askPlace()]);
  }

  /** A city none of whose layers make a base map begins with a few of them switched on, not with a blank sheet. */
  #showSomething(): void {
    if (this.address.layers.length || this.layers.length === 0 || this.layers.some(isBase)) return;
    const wanted = ['reference', 'mobility', 'hydrography', 'planning', 'environment', 'census'];
    const order = (layer: Layer) => (wanted.indexOf(layer.theme) + wanted.length + 1) % (wanted.length + 1);
    const some = this.layers.filter((layer) => ['area', 'line'].includes(shapeOf(layer)) && layer.count > 1).sort((a, b) => order(a) - order(b) || b.count - a.count);
    const picked = some.length ? some.slice(0, 2) : this.layers.filter((layer) => shapeOf(layer) !== 'none').slice(0, 2);
    this.#go({ ...this.address, layers: picked.map(({ id }) => ({ id, opacity: 1 })) }, false);
  }

  // ---- moving about

  /** Opens a card; the browser's back button closes it again. */
  open(path: string, change: Partial<Address> = {}): void {
    this.#go({ ...this.address, ...change, path }, true);
    this.opened++;
    if (this.height === 'peek' && path !== '/') this.height = 'half';
    void this.#askPlace();
  }

  back(): void {
    if (history.state?.ours) history.back();
    else this.open('/', { at: null });
  }

  #toldOf({ title, job }: Errand): string {
    return job?.status === 'successful' ? this.say.text('errand_done', { title }) : `${title}: ${job?.message ?? ''}`;
  }

  /** Somebody pointed at a place: a corner while an area is drawn, nothing while a sheet is made up, else a question. */
  pointed(lon: number, lat: number): void {
    if (this.frame) return;
    if (this.picking) return this.picking(lon, lat);
    if (this.corners === null) return this.ask(lon, lat);
    if (this.corners.length < MOST_CORNERS) this.corners = [...this.corners, [lon, lat]];
    this.speak(this.say.count('dl_corners', this.corners.length));
  }

  /** The area as far as it is drawn; a line until it has three corners. */
  get area(): GeoJSON.Polygon | GeoJSON.LineString | null {
    const corners = this.corners ?? [];
    if (corners.length < 2) return null;
    return corners.length === 2 ? { type: 'LineString', coordinates: corners } : { type: 'Polygon', coordinates: [[...corners, corners[0]!]] };
  }

  ask(lon: number, lat: number): void {
    this.dismissHint();
    this.open('/place', { at: [lon, lat] });
    this.map?.reveal(lon, lat);
  }

  /** Marks a place on the map; the card stays. */
  mark(at: [lon: number, lat: number] | null): void {
    this.#go({ ...this.address, at }, false);
    void this.#askPlace();
  }

  showFrame(frame: GeoJSON.Polygon | null): void {
    this.frame = frame;
  }

  moved(view: View): void {
    this.#go({ ...this.address, map: view }, false);
  }

  isOn(id: string): boolean {
    return this.address.layers.some((one) => one.id === id);
  }

  toggle(layer: Layer): void {
    const on = this.isOn(layer.id);
    const layers = on ? this.address.layers.filter((one) => one.id !== layer.id) : [...this.address.layers, { id: layer.id, opacity: 1 }];
    this.#go({ ...this.address, layers }, false);
    this.speak(this.say.text(on ? 'said_off' : 'said_on', { layer: layer.title }));
    void this.#learnLooks();
  }

  fade(id: string, opacity: number): void {
    this.#go({ ...this.address, layers: this.address.layers.map((one) => (one.id === id ? { ...one, opacity } : one)) }, false);
  }

  /** Shows a layer as it was at the end of a day; null: as it is now. */
  showAsOf(layer: Layer, day: string | null): void {
    const layers = this.address.layers.map((one) => (one.id === layer.id ? { id: one.id, opacity: one.opacity, ...(day ? { asOf: day } : {}) } : one));
    this.#go({ ...this.address, layers }, true);
    this.speak(day ? this.say.text('as_of_said', { layer: layer.title, date: this.say.date(day) }) : this.say.text('said_on', { layer: layer.title }));
  }

  clearLayers(): void {
    this.#go({ ...this.address, layers: [] }, false);
  }

  async speakIn(lang: Lang): Promise<void> {
    const words = await loadWords(lang);
    this.say = new Say(lang, words);
    this.#go({ ...this.address, lang }, false);
    this.looks = {};
    this.#placeKey = '';
    await this.load();
  }

  useTheme(theme: Address['theme']): void {
    this.#go({ ...this.address, theme }, false);
  }

  dismissHint(): void {
    this.hinted = true;
    localStorage.setItem(SEEN, 'yes');
  }

  /** Says something to a reader who does not look at the map. */
  speak(sentence: string): void {
    this.spoken = sentence;
  }

  askAgain(): void {
    this.#placeKey = '';
    void this.#askPlace();
  }

  link(): string {
    return location.origin + writeAddress({ ...this.address, lang: this.say.lang });
  }

  #go(address: Address, remember: boolean): void {
    this.address = address;
    const url = writeAddress(address);
    if (remember) history.pushState({ ours: true }, '', url);
    else history.replaceState(history.state, '', url);
  }

  async #readAgain(): Promise<void> {
    const before = this.address;
    this.address = readAddress(location.pathname, location.hash);
    const { map, lang } = this.address;
    if (map && (before.map?.zoom !== map.zoom || before.map.lat !== map.lat || before.map.lon !== map.lon)) this.map?.jump(map);
    this.opened++;
    if (isLang(lang) && lang !== this.say.lang) await this.speakIn(lang);
    await Promise.all([this.#learnLooks(), this.#askPlace()]);
  }

  // ---- what the layers look like

  async #learnLooks(): Promise<void> {
    await Promise.all(
      this.address.layers.map(async ({ id }) => {
        const layer = this.layerOf(id);
        if (!layer || this.looks[id]) return;
        const [look, unreached] = await Promise.all([this.#learnLook(layer), this.#unreachedOf(layer)]);
        this.looks = { ...this.looks, [id]: look };
        this.unreached = { ...this.unreached, [id]: unreached };
      }),
    );
  }

  async #learnLook(layer: Layer): Promise<Look> {
    const chosen = chosenLook(layer);
    if (chosen) return chosen;
    const plain = plainLook(layer);
    if (plain.icon) return plain;
    for (const field of classFields(layer)) {
      const values = await asked(this.api.values(layer.id, field.name));
      if (values.state !== 'here') continue;
      const look = classify(layer, field, values.value, (value) => this.say.number(value));
      if (look) return look;
    }
    return plain;
  }

  async #unreachedOf(layer: Layer): Promise<GeoJSON.Geometry | null> {
    if (!layer.hasCoverage || this.city.state !== 'here') return null;
    // where nobody sent the city's limit, the city is where its neighbourhoods are
    const limit = ['adm.alcaldia', 'adm.colonia'].map((standard) => this.layers.filter((one) => one.standard === standard && one.hasCoverage).sort((a, b) => b.count - a.count)[0]).find((one) => one !== undefined);
    const [detail, city] = await Promise.all([asked(this.api.layer(layer.id)), limit ? asked(this.api.layer(limit.id)) : null]);
    if (detail.state !== 'here') return null;
    const { unreachedOf } = await import('./map/unreached');
    return unreachedOf(detail.value.coverage, city?.state === 'here' ? city.value.coverage : null, this.city.value.bbox);
  }

  // ---- the place asked about

  async #askPlace(): Promise<void> {
    const at = this.address.at;
    const key = at ? `${at.join()} ${this.say.lang}` : '';
    if (key === this.#placeKey) return;
    this.#placeKey = key;
    this.#placeAsked?.abort();
    this.selected = null;
    if (!at) {
      this.place = null;
      return;
    }
    const asking = new AbortController();
    this.#placeAsked = asking;
    this.place = { state: 'waiting' };
    const answer = await asked(this.api.place(at[0], at[1], asking.signal));
    if (asking.signal.aborted) return;
    this.place = answer;
    if (answer.state !== 'here') {
      this.speak(this.say.text('place_failed'));
      return;
    }
    const { title, departments, parcel } = answer.value;
    this.speak(this.say.text('said_place', { title, layers: departments.reduce((sum, one) => sum + one.layers.length, 0), departments: departments.length }));
    if (parcel) {
      const feature = await asked(this.api.feature(parcel.layer, parcel.feature));
      if (!asking.signal.aborted && feature.state === 'here') this.selected = feature.value.geometry;
    }
  }
}
