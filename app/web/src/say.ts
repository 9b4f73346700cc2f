import { LANGS, type Lang, type Words } from './words';

type Counted<Key> = { [K in Key & string]: K extends `${infer Stem}_other` ? Stem : never }[Key & string];

/**
 * Speaks one language: words, plurals, numbers, dates and measures as its readers write them.
 *
 * @typeParam W the words it has: the resident's, or with those of the staff's screens
 */
export class Say<W extends Words = Words> {
  readonly locale: string;
  readonly #plural: Intl.PluralRules;

  constructor(
    readonly lang: Lang,
    private readonly words: W,
  ) {
    this.locale = LANGS.find((one) => one.id === lang)?.locale ?? lang;
    this.#plural = new Intl.PluralRules(this.locale);
  }

  /** The same language with more words. */
  with<M extends Record<string, string>>(more: M): Say<W & M> {
    return new Say<W & M>(this.lang, { ...this.words, ...more });
  }

  /** True where there is such a word. */
  has(key: string): boolean {
    return key in this.words;
  }

  /** A sentence, with `{name}` replaced. */
  text(key: keyof W, put: Record<string, string | number> = {}): string {
    return (this.words[key] as string).replace(/\{(\w+)\}/g, (whole, name: string) => {
      const value = put[name];
      return value === undefined ? whole : typeof value === 'number' ? this.number(value) : value;
    });
  }

  /** The same for a count: `things_one` or `things_other`. */
  count(stem: Counted<keyof W>, n: number, put: Record<string, string | number> = {}): string {
    const key = `${stem}_${this.#plural.select(n) === 'one' ? 'one' : 'other'}` as keyof W;
    return this.text(key, { n, ...put });
  }

  number(value: number, decimals = 2): string {
    return new Intl.NumberFormat(this.locale, { maximumFractionDigits: decimals }).format(value);
  }

  /** A calendar date; a bare ISO date is that day everywhere, not midnight in Greenwich. */
  date(iso: string): string {
    const day = /^\d{4}-\d{2}-\d{2}$/.test(iso);
    const date = new Date(day ? `${iso}T12:00:00Z` : iso);
    if (Number.isNaN(date.getTime())) return iso;
    return new Intl.DateTimeFormat(this.locale, { day: 'numeric', month: 'short', year: 'numeric', ...(day ? { timeZone: 'UTC' } : {}) }).format(date);
  }

  /** A value of a layer as people write it; null is "no figure", never zero. */
  value(value: unknown, unit: string | null): string {
    if (value === null || value === undefined || value === '') return this.text('value_none');
    if (typeof value === 'boolean') return this.text(value ? 'yes' : 'no');
    if (typeof value === 'number') {
      if (unit === 'm²' && value >= 10_000) return `${this.number(value / 10_000)} ha`;
      return unit ? `${this.number(value)} ${unit}` : this.number(value, 4);
    }
    const text = String(value);
    if (/^\d{4}-\d{2}-\d{2}(T[\d:.]+Z?)?$/.test(text)) return this.date(text);
    return unit ? `${text} ${unit}` : text;
  }

  /** A field's label; where nobody has named the field, its column name made readable: `superficie_m2` is "Superficie (m²)". */
  label(label: string, name: string): string {
    if (label !== name) return label;
    const [, stem = name, unit] = /^(.*?)_(m2|m3|m|cm|mm|km|km2|ha|pct|anios?)$/i.exec(name) ?? [];
    const words = stem.replace(/_desc\w*$/i, '').replace(/_+/g, ' ').trim();
    const plain = words === words.toUpperCase() && words.length > 3 ? words.toLowerCase() : words;
    const sign = unit ? ({ m2: 'm²', m3: 'm³', km2: 'km²', pct: '%' } as Record<string, string>)[unit.toLowerCase()] ?? unit.toLowerCase() : null;
    return plain.charAt(0).toUpperCase() + plain.slice(1) + (sign ? ` (${sign})` : '');
  }

  place(lon: number, lat: number): string {
    const one = (value: number, positive: string, negative: string) =>
      `${new Intl.NumberFormat(this.locale, { minimumFractionDigits: 5, maximumFractionDigits: 5 }).format(Math.abs(value))}° ${value >= 0 ? positive : negative}`;
    return `${one(lat, this.text('north'), this.text('south'))}, ${one(lon, this.text('east'), this.text('west'))}`;
  }
}
