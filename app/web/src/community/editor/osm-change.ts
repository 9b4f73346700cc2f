import type { Changes, Entity } from './id';

export type Kind = 'node' | 'way' | 'relation';
/** An element as an osmChange document says it; identifiers carry their kind (`w-3`, `n12`), negative ones are new. */
export interface Element {
  kind: Kind;
  id: string;
  /** The version that was changed; null for what is new. */
  version: number | null;
  tags: Record<string, string>;
  loc?: [number, number];
  nodes?: string[];
  members?: { id: string; type: Kind; role: string }[];
}
/** What somebody changed: an osmChange document (.osc) in parts. */
export interface OsmChange {
  created: Element[];
  modified: Element[];
  deleted: Element[];
}

const KINDS: Kind[] = ['node', 'way', 'relation'];
const ORDER: Record<Kind, number> = { node: 0, way: 1, relation: 2 };
const escape = (text: string) => text.replace(/[&<>"\n\r\t]/g, (sign) => `&#${sign.charCodeAt(0)};`);
// control characters are in no XML document, not even escaped
// eslint-disable-next-line no-control-regex
const clean = (text: string) => escape(text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, ''));

/** Everything that was changed in the editor, as an osmChange document that any editor of OpenStreetMap opens. */
export function writeOsmChange(changes: Changes, comment: string): string {
  const sorted = (entities: Entity[], direction: 1 | -1) => [...entities].sort((a, b) => direction * (ORDER[a.type] - ORDER[b.type]));
  const block = (action: string, entities: Entity[]) => (entities.length ? `<${action}>${entities.map(written).join('')}</${action}>` : '');
  return `<?xml version="1.0" encoding="UTF-8"?>\n<osmChange version="0.6" generator="Tequio">${comment ? `<!-- ${comment.replace(/-{2,}|-$/g, '-_')} -->` : ''}${block('create', sorted(changes.created, 1))}${block('modify', sorted(changes.modified, 1))}${block('delete', sorted(changes.deleted, -1))}</osmChange>\n`;
}

function written(entity: Entity): string {
  const place = entity.loc ? ` lon="${entity.loc[0].toFixed(7)}" lat="${entity.loc[1].toFixed(7)}"` : '';
  const version = entity.version === undefined ? '' : ` version="${escape(String(entity.version))}"`;
  const inside = [
    ...(entity.nodes ?? []).map((node) => `<nd ref="${bare(node)}"/>`),
    ...(entity.members ?? []).map((member) => `<member type="${member.type}" ref="${bare(member.id)}" role="${clean(member.role ?? '')}"/>`),
    ...Object.entries(entity.tags).map(([key, value]) => `<tag k="${clean(key)}" v="${clean(value)}"/>`),
  ].join('');
  return `<${entity.type} id="${bare(entity.id)}"${version}${place}>${inside}</${entity.type}>`;
}
const bare = (id: string) => id.slice(1);

/** Reads an osmChange document. A text that is none throws. */
export function readOsmChange(text: string): OsmChange {
  const root = new DOMParser().parseFromString(text, 'application/xml').documentElement;
  if (root.localName !== 'osmChange') throw new SyntaxError('not an osmChange document');
  const of = (action: string) => [...root.querySelectorAll(`:scope > ${action} > *`)].filter((one) => (KINDS as string[]).includes(one.localName)).map(read);
  return { created: of('create'), modified: of('modify'), deleted: of('delete') };
}

function read(xml: globalThis.Element): Element {
  const kind = xml.localName as Kind;
  const all = (name: string) => [...xml.children].filter((one) => one.localName === name);
  const word = (one: globalThis.Element, name: string) => one.getAttribute(name) ?? '';
  const version = Number.parseInt(word(xml, 'version'), 10);
  return {
    kind,
    id: kind[0] + word(xml, 'id'),
    version: Number.isNaN(version) ? null : version,
    tags: Object.fromEntries(all('tag').map((tag) => [word(tag, 'k'), word(tag, 'v')])),
    ...(kind === 'node' && xml.hasAttribute('lon') ? { loc: [Number(word(xml, 'lon')), Number(word(xml, 'lat'))] as [number, number] } : {}),
    ...(kind === 'way' ? { nodes: all('nd').map((nd) => `n${word(nd, 'ref')}`) } : {}),
    ...(kind === 'relation' ? { members: all('member').map((one) => ({ id: word(one, 'type')[0] + word(one, 'ref'), type: word(one, 'type') as Kind, role: word(one, 'role') })) } : {}),
  };
}

/** How many elements a change touches. */
export const changeCount = (change: { created: unknown[]; modified: unknown[]; deleted: unknown[] }): number => change.created.length + change.modified.length + change.deleted.length;
