import { Problem } from '../api';
import type { Ask } from '../staff/ask';
import type { Attachment } from './api';

export const MAX_BYTES = 20 * 1024 * 1024;
/** Photos larger than this are made smaller before they travel. */
const LARGE_BYTES = 1_500_000;
const LONGEST_SIDE = 2560;

/** A file on its way to a case. Sending the same again is safe: the server keeps it once. */
export class Upload {
  sent = $state(0);
  state = $state<'sending' | 'done' | 'stopped' | 'failed'>('sending');
  problem = $state.raw<Problem | null>(null);
  attachment = $state.raw<Attachment | null>(null);
  readonly name: string;
  #request: XMLHttpRequest | null = null;

  constructor(
    private readonly ask: Ask,
    private readonly path: string,
    private readonly file: File,
  ) {
    this.name = file.name;
  }

  /** Sends it, from the beginning; answers whether it arrived. */
  async send(): Promise<boolean> {
    this.state = 'sending';
    this.sent = 0;
    this.problem = null;
    const body = await smaller(this.file);
    return new Promise((resolve) => {
      const request = new XMLHttpRequest();
      this.#request = request;
      request.upload.onprogress = (event) => (this.sent = event.lengthComputable ? event.loaded / event.total : 0);
      request.onload = () => {
        const answer = parsed(request.responseText);
        const isDone = request.status >= 200 && request.status < 300;
        if (isDone) this.attachment = answer as unknown as Attachment;
        else this.problem = new Problem(text(answer['title']), text(answer['detail']) || null, request.status, answer);
        this.state = isDone ? 'done' : 'failed';
        resolve(isDone);
      };
      request.onerror = request.ontimeout = () => {
        this.problem = new Problem('', null, null);
        this.state = 'failed';
        resolve(false);
      };
      request.onabort = () => {
        this.state = 'stopped';
        resolve(false);
      };
      request.open('POST', this.ask.address(this.path, { name: this.name }));
      for (const [name, value] of Object.entries(this.ask.mark())) request.setRequestHeader(name, value);
      request.setRequestHeader('accept', 'application/json');
      request.setRequestHeader('content-type', 'application/octet-stream');
      request.timeout = 600_000;
      request.send(body);
    });
  }

  stop(): void {
    this.#request?.abort();
  }
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

function parsed(body: string): Record<string, unknown> {
  try {
    return JSON.parse(body) as Record<string, unknown>;
  } catch (notJson) {
    if (!(notJson instanceof SyntaxError)) throw notJson;
    return {};
  }
}

/** A large photo drawn again at a size that is still legible; anything else, and what the browser cannot draw, as it is. */
export async function smaller(file: File): Promise<Blob> {
  if (file.type !== 'image/jpeg' || file.size < LARGE_BYTES) return file;
  try {
    const picture = await createImageBitmap(file, { imageOrientation: 'from-image' });
    const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext('2d')!.drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    const drawn = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.85));
    return drawn && drawn.size < file.size ? drawn : file;
  } catch {
    // what the browser cannot draw the server will judge
    return file;
  }
}
