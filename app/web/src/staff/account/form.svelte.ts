import { asked, type Problem } from '../../api';

/** A form on its way to the server: busy, refused with what was written kept, or done. */
export class Sending {
  busy = $state(false);
  problem = $state.raw<Problem | null>(null);
  done = $state(false);

  /** Sends once, however often the button is pressed. */
  async send<T>(work: () => Promise<T>): Promise<{ value: T } | null> {
    if (this.busy) return null;
    this.busy = true;
    this.problem = null;
    const answer = await asked(work());
    this.busy = false;
    if (answer.state === 'here') {
      this.done = true;
      return { value: answer.value };
    }
    if (answer.state === 'failed') this.problem = answer.problem;
    return null;
  }
}

/** The token that a mailed link carries behind its #, where no server's log sees it; taken out of the address at once. */
export function takeToken(): string | null {
  const token = new URLSearchParams(location.hash.slice(1)).get('token');
  if (token) history.replaceState(history.state, '', location.pathname + location.search);
  return token;
}
