/** A part of a line: words, or words within something. */
export type Inline = string | { kind: 'strong' | 'em'; parts: Inline[] } | { kind: 'code'; text: string } | { kind: 'link'; href: string; parts: Inline[] };
export type Block =
  | { kind: 'heading'; level: number; parts: Inline[] }
  | { kind: 'paragraph'; parts: Inline[] }
  | { kind: 'list'; ordered: boolean; items: Inline[][] }
  | { kind: 'quote'; blocks: Block[] }
  | { kind: 'code'; text: string };

const FENCE = /^\s*```/;
const HEADING = /^(#{1,6})\s+(.*?)\s*#*$/;
const ITEM = /^\s*(?:[-*+]|(\d{1,9})[.)])\s+(.*)$/;
const QUOTE = /^\s*>\s?(.*)$/;
const DEEPEST = 8;

/**
 * Reads the part of Markdown that instructions are written in. What it answers holds no HTML: tags that somebody writes stay text, links lead to web
 * and mail addresses and to pages of ours only, and pictures are links, so that nothing is fetched from elsewhere.
 */
export function readMarkdown(text: string, depth = 0): Block[] {
  const blocks: Block[] = [];
  const lines = text.replace(/\r\n?/g, '\n').split('\n');
  let words: string[] = [];
  const end = () => {
    if (words.length) blocks.push({ kind: 'paragraph', parts: readInline(words.join('\n')) });
    words = [];
  };
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at]!;
    const heading = HEADING.exec(line);
    const item = ITEM.exec(line);
    if (line.trim() === '') end();
    else if (FENCE.test(line)) {
      end();
      const from = ++at;
      while (at < lines.length && !FENCE.test(lines[at]!)) at++;
      blocks.push({ kind: 'code', text: lines.slice(from, at).join('\n') });
    } else if (heading) {
      end();
      blocks.push({ kind: 'heading', level: heading[1]!.length, parts: readInline(heading[2]!) });
    } else if (QUOTE.test(line) && depth < DEEPEST) {
      end();
      const quoted: string[] = [];
      for (; at < lines.length && QUOTE.test(lines[at]!); at++) quoted.push(QUOTE.exec(lines[at]!)![1]!);
      at--;
      blocks.push({ kind: 'quote', blocks: readMarkdown(quoted.join('\n'), depth + 1) });
    } else if (item) {
      end();
      const ordered = item[1] !== undefined;
      const last = blocks.at(-1);
      const list = last?.kind === 'list' && last.ordered === ordered ? last : null;
      if (list) list.items.push(readInline(item[2]!));
      else blocks.push({ kind: 'list', ordered, items: [readInline(item[2]!)] });
    } else words.push(line.trim());
  }
  end();
  return blocks;
}

const CODE = /^`([^`]+)`/;
const LINK = /^!?\[([^[\]]{0,500})\]\(\s*<?([^\s)>]{1,2000})>?(?:\s+"[^"]*")?\s*\)/;
const BARE = /^https?:\/\/[^\s<>()[\]]+[^\s<>()[\].,;:!?'"]/;
const STRONG = /^(\*\*|__)(?=\S)([\s\S]{0,2000}?\S)\1/;
const EM = /^([*_])(?=\S)([^*_]{0,2000}?\S)\1(?![\p{L}\p{N}])/u;

export function readInline(text: string, depth = 0): Inline[] {
  const parts: Inline[] = [];
  let plain = '';
  const push = (part: Inline) => {
    if (plain) parts.push(plain);
    plain = '';
    parts.push(part);
  };
  for (let at = 0; at < text.length; ) {
    const rest = text.slice(at, at + 4500);
    const found = depth < DEEPEST && /[`![\\*_h]/.test(rest[0]!) ? inlineAt(rest, /[\p{L}\p{N}]/u.test(text[at - 1] ?? ''), depth) : null;
    if (found) {
      typeof found.part === 'string' ? (plain += found.part) : push(found.part);
      at += found.length;
    } else plain += text[at++];
  }
  if (plain) parts.push(plain);
  return parts;
}

function inlineAt(rest: string, afterWord: boolean, depth: number): { part: Inline; length: number } | null {
  if (rest[0] === '\\' && /[\\`*_[\]#>!-]/.test(rest[1] ?? '')) return { part: rest[1]!, length: 2 };
  const code = CODE.exec(rest);
  if (code) return { part: { kind: 'code', text: code[1]! }, length: code[0].length };
  const link = LINK.exec(rest);
  if (link) {
    const parts = readInline(link[1] || link[2]!, depth + 1);
    return { part: isSafe(link[2]!) ? { kind: 'link', href: link[2]!, parts } : link[0], length: link[0].length };
  }
  const strong = STRONG.exec(rest);
  if (strong && !(afterWord && strong[1] === '__')) return { part: { kind: 'strong', parts: readInline(strong[2]!, depth + 1) }, length: strong[0].length };
  const em = EM.exec(rest);
  if (em && !afterWord) return { part: { kind: 'em', parts: readInline(em[2]!, depth + 1) }, length: em[0].length };
  const bare = afterWord ? null : BARE.exec(rest);
  return bare ? { part: { kind: 'link', href: bare[0], parts: [bare[0]] }, length: bare[0].length } : null;
}

/** Web, mail, and paths of our own; `//host` is no path. */
const isSafe = (href: string): boolean => /^(https?:\/\/|mailto:|\/(?![/\\])|#)/i.test(href);
