import { asked, type Asked } from '../api';
import type { Account, Session } from '../staff/answers';
import { Ask } from '../staff/ask';

/** Who is at the resident's page, and what is asked in their name. */
export class Visitor {
  session = $state.raw<Asked<Session>>({ state: 'waiting' });
  unread = $state(0);
  readonly ask: Ask;

  constructor(lang: () => string) {
    this.ask = new Ask(lang);
  }

  get account(): Account | null {
    return this.session.state === 'here' ? this.session.value.account : null;
  }

  /** Asks who is there; the session's token against forgery comes along. */
  async refresh(): Promise<void> {
    this.session = await asked(this.ask.get<Session>('/api/session'));
    if (this.session.state !== 'here') return;
    this.ask.csrf = this.session.value.csrf;
    if (!this.session.value.account) return;
    const notices = await asked(this.ask.get<{ unread: number }>('/api/notices'));
    if (notices.state === 'here') this.unread = notices.value.unread;
  }
}

let visitor: Visitor | null = null;

/** The one visitor of the page; asked for the first time, the server is asked who it is. */
export function theVisitor(lang: () => string): Visitor {
  if (visitor === null) {
    visitor = new Visitor(lang);
    void visitor.refresh();
  }
  return visitor;
}
