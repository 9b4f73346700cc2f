import { reach } from '../api';

type Parameters = Record<string, string | number | boolean | null | undefined>;

/** A value with the tag that a later change of it must name. */
export interface Tagged<T> {
  value: T;
  tag: string | null;
}
/** One page of a list, and where the next begins. */
export interface Page<T> {
  items: T[];
  next: string | null;
}

/** Asks the server, and asks it to change things: JSON both ways, in the reader's language, with the session's token against forgery. */
export class Ask {
  csrf: string | null = null;

  constructor(private readonly lang: () => string) {}

  async get<T>(path: string, parameters: Parameters = {}, signal?: AbortSignal): Promise<T> {
    return (await this.getTagged<T>(path, parameters, signal)).value;
  }

  async getTagged<T>(path: string, parameters: Parameters = {}, signal?: AbortSignal): Promise<Tagged<T>> {
    const response = await reach(this.address(path, parameters), { headers: { accept: 'application/json' } }, signal);
    return { value: (await response.json()) as T, tag: response.headers.get('etag') };
  }

  post = <T>(path: string, body: unknown = {}) => this.send<T>('POST', path, body);
  put = <T>(path: string, body: unknown, tag: string | null = null) => this.send<T>('PUT', path, body, tag);
  patch = <T>(path: string, body: unknown, tag: string | null = null) => this.send<T>('PATCH', path, body, tag);
  delete = <T = void>(path: string) => this.send<T>('DELETE', path, undefined);

  /** Sends a change; an answer without a body is undefined. */
  async send<T>(method: string, path: string, body: unknown, tag: string | null = null, patienceMs?: number): Promise<T> {
    const response = await reach(this.address(path, {}), {
      method,
      headers: { accept: 'application/json', ...this.mark(), ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...(tag ? { 'if-match': tag } : {}) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }, undefined, patienceMs);
    const text = await response.text();
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }

  /** Sends a part of a file; it may take minutes on a slow line. */
  async sendBytes<T>(path: string, parameters: Parameters, bytes: Blob, signal: AbortSignal): Promise<T> {
    const response = await reach(this.address(path, parameters), { method: 'PUT', headers: { accept: 'application/json', ...this.mark(), 'content-type': 'application/octet-stream' }, body: bytes }, signal, 600_000);
    return (await response.json()) as T;
  }

  /** The session's token against forgery, as a header. */
  mark(): Record<string, string> {
    return this.csrf ? { 'tequio-csrf': this.csrf } : {};
  }

  /** The address of a question, with the reader's language. */
  address(path: string, parameters: Parameters): string {
    const said = Object.entries({ ...parameters, lang: this.lang() }).filter(([, value]) => value !== null && value !== undefined && value !== '');
    return `${path}?${new URLSearchParams(said.map(([name, value]) => [name, String(value)]))}`;
  }
}

/** A path with its blanks filled in safely: `path('/api/layers/{}/diff', id)`. */
export function path(pattern: string, ...ids: (string | number)[]): string {
  let at = 0;
  return pattern.replace(/\{\}/g, () => encodeURIComponent(String(ids[at++])));
}
