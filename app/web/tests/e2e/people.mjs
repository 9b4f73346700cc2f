// What whoever walks through a running city has at hand.
/** A call of the page's own, in the session of whoever sits at it. */
export const call = (page, method, path, body) =>
  page.evaluate(
    async ([method, path, body]) => {
      const { csrf, account } = await (await fetch('/api/session')).json();
      const response = await fetch(path, { method, headers: { 'content-type': 'application/json', 'tequio-csrf': csrf ?? '' }, ...(body ? { body: JSON.stringify(body) } : {}) });
      const text = await response.text();
      return { status: response.status, account, body: text && response.headers.get('content-type')?.includes('json') ? JSON.parse(text) : text };
    },
    [method, path, body],
  );

/** Says yes in the dialog that is open. */
export const confirmed = async (page) => {
  await page.locator('dialog[open] footer .action:not(.quiet)').click();
  await page.locator('dialog[open]').waitFor({ state: 'detached' });
};

/** On what the figures of a made-up procedure stand. */
export const BASIS = '{law: "Bando de Villa Tequio, art. 12", confirmed: true}';
/** The smallest photo there is. */
export const JPEG = Buffer.from('/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////////////////////////wgALCAABAAEBAREA/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQABPxA=', 'base64');
