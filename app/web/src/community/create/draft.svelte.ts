import type { Lang } from '../../words';
import { areaOf, checked, type Part, type Reading } from './area';
import { collectionOf, gridOf, shapesOf, suggestedZoom, TooMany, type Shape } from './grid';
import type { MultiPolygon } from './polygons';
import { freshSettings, type Settings } from './settings';

export const STEPS = ['area', 'tasks', 'what', 'who', 'review'] as const;
export type Step = (typeof STEPS)[number];

interface Kept {
  parts: Part[];
  mode: 'grid' | 'parts';
  zoom: number | null;
  clip: boolean;
  /** The tasks where some were split or joined by hand. */
  edited: Shape[] | null;
  priority: Part[];
  settings: Settings;
  /** The project, once the server has made it. */
  made: number | null;
}
const EMPTY = (lang: Lang): Kept => ({ parts: [], mode: 'grid', zoom: null, clip: true, edited: null, priority: [], settings: freshSettings(lang), made: null });
const WAIT_MS = 400;

/**
 * A project in the making. It stays on the device while one types, so that neither going back nor a closed tab loses anything; it
 * goes to the server when it is whole.
 */
export class ProjectDraft {
  parts = $state.raw<Part[]>([]);
  mode = $state<'grid' | 'parts'>('grid');
  zoom = $state<number | null>(null);
  clip = $state(true);
  edited = $state.raw<Shape[] | null>(null);
  priority = $state.raw<Part[]>([]);
  settings = $state<Settings>()!;
  made = $state<number | null>(null);
  /** False where the device has no room for it: the page says so. */
  kept = $state(true);
  readonly #key: string;
  #waiting = 0;

  readonly reading: Reading = $derived(this.parts.length ? checked(this.parts) : { parts: [], faults: [], skipped: 0 });
  readonly area = $derived(areaOf(this.reading));
  readonly suggested = $derived(this.area ? suggestedZoom(this.area.ground) : 14);
  /** The tasks that there will be; null where they would be too many. */
  readonly tasks: Shape[] | null = $derived.by(() => {
    if (!this.area) return [];
    if (this.edited) return this.edited;
    if (this.mode === 'parts') return shapesOf(this.parts);
    try {
      return gridOf(this.area.ground, this.zoom ?? this.suggested, this.clip);
    } catch (cause) {
      if (cause instanceof TooMany) return null;
      throw cause;
    }
  });

  constructor(
    account: string,
    private readonly lang: Lang,
    private readonly store: Storage = localStorage,
  ) {
    this.#key = `tequio.project-draft.${account}`;
    this.#use(this.#read());
  }

  /** True where something was begun. */
  get begun(): boolean {
    return this.parts.length > 0 || this.settings.projectInfoLocales.some((one) => (one.name ?? '') !== '');
  }

  /** Takes another area; tasks that were cut by hand belong to the old one. */
  use(parts: Part[]): void {
    this.parts = parts;
    this.edited = null;
    if (parts.length < 2) this.mode = 'grid';
  }

  /** Everything as JSON; reading it is what tells the page that something changed. */
  get said(): string {
    const { parts, mode, zoom, clip, edited, priority, settings, made } = this;
    return JSON.stringify({ parts, mode, zoom, clip, edited, priority, settings, made } satisfies Kept);
  }

  keepSoon(said: string): void {
    clearTimeout(this.#waiting);
    this.#waiting = window.setTimeout(() => this.keep(said), WAIT_MS);
  }

  keep(said: string = this.said): void {
    clearTimeout(this.#waiting);
    try {
      if (this.begun) this.store.setItem(this.#key, said);
      this.kept = true;
    } catch {
      this.kept = false;
    }
  }

  forget(): void {
    clearTimeout(this.#waiting);
    this.store.removeItem(this.#key);
    this.#use(EMPTY(this.lang));
  }

  /** What the server is asked to make. A grid that nobody touched it cuts itself, in the same way. */
  body(name: string): Record<string, unknown> {
    const byHand = this.edited !== null;
    return {
      projectName: name,
      organisation: this.settings.organisation,
      defaultLocale: this.settings.defaultLocale,
      areaOfInterest: collection(this.parts),
      arbitraryTasks: this.mode === 'parts',
      ...(byHand ? { tasks: collectionOf(this.edited!) } : this.mode === 'grid' ? { zoom: this.zoom ?? this.suggested, clipToAoi: this.clip } : {}),
    };
  }

  #use(kept: Kept): void {
    this.parts = kept.parts;
    this.mode = kept.mode;
    this.zoom = kept.zoom;
    this.clip = kept.clip;
    this.edited = kept.edited;
    this.priority = kept.priority;
    this.settings = kept.settings;
    this.made = kept.made;
  }

  #read(): Kept {
    const empty = EMPTY(this.lang);
    try {
      const found = JSON.parse(this.store.getItem(this.#key) ?? 'null') as Partial<Kept> | null;
      return found ? { ...empty, ...found, settings: { ...empty.settings, ...found.settings } } : empty;
    } catch {
      return empty;
    }
  }
}

/** Parts as a feature collection. */
export const collection = (parts: readonly Part[]): GeoJSON.FeatureCollection => ({
  type: 'FeatureCollection',
  features: parts.map(({ ground, properties }) => ({ type: 'Feature', geometry: { type: 'MultiPolygon', coordinates: ground as MultiPolygon }, properties })),
});
