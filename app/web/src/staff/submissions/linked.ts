/** A piece of a message; with an address where it names something that has a page. */
export interface Part {
  text: string;
  href?: string;
}

/** Tasks (#project/task) and changesets, as proposals from the community map name them. */
const NAMED = /#(\d+)\/(\d+)|\b(\d{10,15})\b/g;

/** A message in pieces, so that every edit that it names can be looked at. */
export function linked(message: string): Part[] {
  const parts: Part[] = [];
  let from = 0;
  for (const found of message.matchAll(NAMED)) {
    if (found.index > from) parts.push({ text: message.slice(from, found.index) });
    const [text, project, task, changeset] = found;
    parts.push({ text, href: changeset ? `/changeset/${changeset}` : `/projects/${project}/tasks?task=${task}` });
    from = found.index + text.length;
  }
  if (from < message.length) parts.push({ text: message.slice(from) });
  return parts;
}
