import { Api, asked, Problem, type Asked, type City, type Layers } from '../api';
import { firstLang, isLang, type Lang } from '../words';
import { Say } from '../say';
import { Ask } from './ask';
import type { Account, Session } from './answers';
import { loadStaffWords, type StaffSay, type StaffWords } from './words';

export type Theme = 'light' | 'dark' | null;
export interface Toast {
  n: number;
  text: string;
  tone: 'ok' | 'stop';
  /** What takes it back, and what its button says. */
  act: { text: string; run: () => void } | null;
}

const LANG = 'tequio.lang';
const THEME = 'tequio.theme';

/** What everyone who signs in works at: who they are, where they are, and what has just been said to them. The address is its memory. */
export class Desk {
  say = $state.raw<StaffSay>()!;
  session = $state.raw<Asked<Session>>({ state: 'waiting' });
  city = $state.raw<Asked<City>>({ state: 'waiting' });
  catalogue = $state.raw<Asked<Layers>>({ state: 'waiting' });
  path = $state(location.pathname);
  query = $state.raw(new URLSearchParams(location.search));
  /** How often a page was opened; a new one takes the keyboard's focus to its heading. */
  opened = $state(0);
  online = $state(navigator.onLine);
  theme = $state<Theme>(null);
  systemDark = $state(false);
  toasts = $state.raw<Toast[]>([]);
  spoken = $state('');
  unread = $state(0);
  /** A page with work that would be lost says so here before it is left. */
  keep: (() => boolean) | null = null;
  readonly ask: Ask;
  readonly api: Api;
  #toast = 0;

  private constructor(words: StaffWords, lang: Lang) {
    this.say = new Say(lang, words);
    this.ask = new Ask(() => this.say.lang);
    this.api = new Api(() => this.say.lang);
    const dark = matchMedia('(prefers-color-scheme: dark)');
    this.systemDark = dark.matches;
    dark.addEventListener('change', (event) => (this.systemDark = event.matches));
    const theme = localStorage.getItem(THEME);
    this.theme = theme === 'light' || theme === 'dark' ? theme : null;
    addEventListener('online', () => (this.online = true));
    addEventListener('offline', () => (this.online = false));
    addEventListener('popstate', () => this.#read());
    addEventListener('beforeunload', (event) => this.keep?.() && event.preventDefault());
  }

  static async enter(): Promise<Desk> {
    const said = new URLSearchParams(location.hash.slice(1)).get('lang') ?? localStorage.getItem(LANG);
    const lang = firstLang(said, navigator.languages);
    const desk = new Desk(await loadStaffWords(lang), lang);
    void desk.refresh();
    void desk.loadCity();
    return desk;
  }

  get dark(): boolean {
    return this.theme ? this.theme === 'dark' : this.systemDark;
  }
  get account(): Account | null {
    return this.session.state === 'here' ? this.session.value.account : null;
  }
  can(action: string): boolean {
    return this.session.state === 'here' && this.session.value.can.includes(action);
  }
  get layers(): Layers['layers'] {
    return this.catalogue.state === 'here' ? this.catalogue.value.layers : [];
  }
  layerTitle(id: string): string {
    return this.layers.find((layer) => layer.id === id)?.title ?? id;
  }

  /** Asks again who is at the desk and what they may do. */
  async refresh(): Promise<void> {
    const before = this.account?.id;
    this.session = await asked(this.ask.get<Session>('/api/session'));
    if (this.session.state !== 'here') return;
    await this.#use(this.session.value, before);
  }

  /** Takes the session that signing in has answered. */
  async take(session: Session): Promise<void> {
    const before = this.account?.id;
    this.session = { state: 'here', value: session };
    await this.#use(session, before);
  }

  async #use(session: Session, before: string | undefined): Promise<void> {
    this.ask.csrf = session.csrf;
    const { account } = session;
    if (!account || account.id === before) return;
    if (localStorage.getItem(LANG) === null && isLang(account.language)) await this.speakIn(account.language);
    await this.countNotices();
  }

  async countNotices(): Promise<void> {
    if (!this.account) return;
    const found = await asked(this.ask.get<{ unread: number }>('/api/notices'));
    if (found.state === 'here') this.unread = found.value.unread;
  }

  async signOut(): Promise<void> {
    await this.ask.delete('/api/session');
    location.assign('/');
  }

  async loadCity(): Promise<void> {
    [this.city, this.catalogue] = await Promise.all([asked(this.api.city()), asked(this.api.layers())]);
  }

  // ---- moving about

  /** Opens an address of ours; the browser's back button returns. */
  open(href: string, { replace = false }: { replace?: boolean } = {}): void {
    // another part of the same page keeps what was written
    if (new URL(href, location.href).pathname !== location.pathname) {
      if (this.keep?.() && !confirm(this.say.text('leave_unsaved'))) return;
      this.keep = null;
    }
    history[replace ? 'replaceState' : 'pushState']({ ours: true }, '', href);
    this.#read();
  }

  /** The address with other parameters; those set to null or nothing are left out. */
  at(changes: Record<string, string | null>): string {
    const query = new URLSearchParams(this.query);
    for (const [name, value] of Object.entries(changes)) value ? query.set(name, value) : query.delete(name);
    const text = query.toString();
    return this.path + (text ? `?${text}` : '');
  }

  /** Changes parameters of the address; what is seen stays, and going back undoes it where `remember` says so. */
  set(changes: Record<string, string | null>, remember = false): void {
    history[remember ? 'pushState' : 'replaceState']({ ours: true }, '', this.at(changes) + location.hash);
    this.query = new URLSearchParams(location.search);
  }

  back(otherwise: string): void {
    if (history.state?.ours && history.length > 1) history.back();
    else this.open(otherwise);
  }

  #read(): void {
    const elsewhere = this.path !== location.pathname;
    this.path = location.pathname;
    this.query = new URLSearchParams(location.search);
    if (elsewhere) this.opened++;
  }

  /** For links of ours: opens without leaving the page, unless the reader wants another tab. */
  readonly follow = (event: MouseEvent): void => {
    const link = (event.target as HTMLElement).closest('a');
    if (!link || event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    if (link.target || link.hasAttribute('download') || link.origin !== location.origin || !isOurs(link.pathname)) return;
    event.preventDefault();
    this.open(link.pathname + link.search + link.hash);
  };

  // ---- saying things

  /** Says that something is done, for some seconds, with what takes it back. */
  tell(text: string, act: Toast['act'] = null, tone: Toast['tone'] = 'ok'): void {
    const n = ++this.#toast;
    this.toasts = [...this.toasts.slice(-2), { n, text, tone, act }];
    this.spoken = text;
    setTimeout(() => this.hush(n), act ? 20_000 : 7_000);
  }

  /** Says why something was not done. */
  tellProblem(problem: Problem): void {
    this.tell([problem.title || this.say.text(problem.unreachable ? 'trouble_unreachable' : 'trouble_title'), problem.detail].filter(Boolean).join(': '), null, 'stop');
  }

  hush(n: number): void {
    this.toasts = this.toasts.filter((one) => one.n !== n);
  }

  /**
   * Does something, says what came of it, and answers whether it was done. A problem of our own making is thrown on.
   */
  async doing<T>(work: Promise<T>, done?: string): Promise<{ value: T } | null> {
    const result = await asked(work);
    if (result.state === 'here') {
      // what went well now makes an earlier refusal old news
      if (done) {
        this.toasts = this.toasts.filter((one) => one.tone !== 'stop');
        this.tell(done);
      }
      return { value: result.value };
    }
    if (result.state === 'failed') {
      this.tellProblem(result.problem);
      if (result.problem.status === 401) await this.refresh();
    }
    return null;
  }

  async speakIn(lang: Lang, remember = false): Promise<void> {
    if (remember) localStorage.setItem(LANG, lang);
    if (lang === this.say.lang) return;
    this.say = new Say(lang, await loadStaffWords(lang));
    await this.loadCity();
    if (remember && this.account) await asked(this.ask.patch('/api/account', { language: lang }));
  }

  useTheme(theme: Theme): void {
    this.theme = theme;
    if (theme) localStorage.setItem(THEME, theme);
    else localStorage.removeItem(THEME);
  }

  // ---- times

  /** How long ago or ahead, in the largest unit that fits: "3 hours ago". */
  ago(iso: string): string {
    const seconds = (Date.parse(iso) - Date.now()) / 1000;
    if (Number.isNaN(seconds)) return iso;
    const steps: [Intl.RelativeTimeFormatUnit, number][] = [['year', 31_557_600], ['month', 2_629_800], ['day', 86_400], ['hour', 3600], ['minute', 60]];
    const [unit, size] = steps.find(([, size]) => Math.abs(seconds) >= size) ?? ['second', 1];
    return new Intl.RelativeTimeFormat(this.say.locale, { numeric: 'auto' }).format(Math.round(seconds / size), unit);
  }

  /** A size as people say it: "3.4 MB". */
  bytes(n: number): string {
    const units = ['B', 'kB', 'MB', 'GB', 'TB'];
    const step = n < 1000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(n) / 3));
    return `${this.say.number(n / 1000 ** step, step ? 1 : 0)}\u00a0${units[step]}`;
  }

  moment(iso: string): string {
    const date = new Date(iso);
    return Number.isNaN(date.getTime()) ? iso : new Intl.DateTimeFormat(this.say.locale, { dateStyle: 'medium', timeStyle: 'short' }).format(date);
  }
}

const OURS = /^\/(staff|account|sign-in|sign-up|confirm|forgotten|reset|welcome|projects|teams|organisations|contributions)(\/|$)/;
export const isOurs = (pathname: string): boolean => OURS.test(pathname);
