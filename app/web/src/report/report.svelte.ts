import { asked, Problem, reach, type Asked } from '../api';
import { smaller } from '../cases/upload.svelte';
import type { Given } from '../procedures/api';
import type { Ask } from '../staff/ask';

export interface Near {
  requests: { number: string; name: string; state: string; requested: string; reports: number; meters: number; lon: number; lat: number }[];
  things: { layer: string; feature: number; key: string | null; meters: number; longitude: number; latitude: number }[];
}
export interface Receipt {
  number: string;
  notice: string | null;
  /** The case, for whoever filed it with an account. */
  file: string | null;
  joined: boolean;
}
export type Point = [lon: number, lat: number];

/** As much of a photo as holds what it says of itself. */
const HEAD_BYTES = 131_072;

/** What somebody is about to report. It lives as long as the page; the photo leaves the device only when it is sent. */
export class Report {
  photo = $state.raw<File | null>(null);
  picture = $state<string | null>(null);
  /** Where the photo says that it was taken, for its taker to agree to. */
  taken = $state.raw<Point | null>(null);
  place = $state.raw<Point | null>(null);
  service = $state<string | null>(null);
  answers = $state.raw<Record<string, Given>>({});
  description = $state('');
  thing = $state('');
  apart = $state(false);
  near = $state.raw<Asked<Near>>({ state: 'waiting' });
  receipt = $state.raw<Receipt | null>(null);
  busy = $state(false);
  problem = $state.raw<Problem | null>(null);

  constructor(private readonly ask: Ask) {}

  /** Takes a photo, and asks where it was taken; only its head travels for that. */
  async take(photo: File): Promise<void> {
    if (this.picture) URL.revokeObjectURL(this.picture);
    this.photo = photo;
    this.picture = URL.createObjectURL(photo);
    this.taken = null;
    const found = await asked(this.#send<{ lon: number | null; lat: number | null }>('/api/photo-place', photo.slice(0, HEAD_BYTES), 'application/octet-stream'));
    if (found.state === 'here' && found.value.lon !== null && found.value.lat !== null) this.taken = [found.value.lon, found.value.lat];
  }

  /** Asks what of this kind is close by. */
  async look(): Promise<void> {
    if (!this.place || !this.service) return;
    this.near = { state: 'waiting' };
    this.near = await asked(this.ask.get<Near>('/api/requests-near', { service: this.service, lon: this.place[0], lat: this.place[1] }));
  }

  /** Sends it; the answer is its number. */
  async send(): Promise<boolean> {
    const form = new FormData();
    form.set('service_code', this.service ?? '');
    if (this.place) {
      form.set('long', String(this.place[0]));
      form.set('lat', String(this.place[1]));
    }
    if (this.description.trim()) form.set('description', this.description.trim());
    if (this.thing) form.set('attribute[thing]', this.thing);
    for (const [id, value] of Object.entries(this.answers)) form.set(`attribute[${id}]`, String(value));
    if (this.apart) form.set('apart', 'true');
    form.set('extensions', 'true');
    if (this.photo) form.set('media', await smaller(this.photo), this.photo.name || 'photo.jpg');
    return this.#receive('/open311/v2/requests.json', form, false);
  }

  /** Counts with a report that somebody made before. */
  async join(number: string): Promise<boolean> {
    const form = new FormData();
    if (this.description.trim()) form.set('description', this.description.trim());
    return this.#receive(`/open311/v2/requests/${encodeURIComponent(number)}/me_too.json`, form, true);
  }

  async #receive(path: string, form: FormData, joined: boolean): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    this.problem = null;
    const answer = await asked(this.#send<{ service_request_id: string; service_notice: string | null; extended_attributes?: { token?: string } }[]>(path, form, null));
    this.busy = false;
    if (answer.state === 'failed') this.problem = told(answer.problem);
    if (answer.state !== 'here') return false;
    const [one] = answer.value;
    this.receipt = { number: one!.service_request_id, notice: one!.service_notice, file: one!.extended_attributes?.token ?? null, joined };
    return true;
  }

  async #send<T>(path: string, body: BodyInit, type: string | null): Promise<T> {
    const response = await reach(this.ask.address(path, {}), { method: 'POST', headers: { accept: 'application/json', ...this.ask.mark(), ...(type ? { 'content-type': type } : {}) }, body }, undefined, 600_000);
    return (await response.json()) as T;
  }
}

/** A refusal in the shape of Open311, a list of codes and descriptions, as any other. */
export function told(problem: Problem): Problem {
  const first = problem.more['0'] as { description?: unknown } | undefined;
  return problem.title === '' && typeof first?.description === 'string' ? new Problem(first.description, null, problem.status, problem.more) : problem;
}
