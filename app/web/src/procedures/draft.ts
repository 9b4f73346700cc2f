import type { Given, Question } from './api';

/** Answers given so far to the questions of one procedure. They stay on the device, so that a lost connection loses nothing. */
export type Draft = Record<string, Given>;

const key = (procedure: string) => `tequio.draft.${procedure}`;

/** The draft of a procedure; answers to questions that it does not have any more are left out. */
export function readDraft(procedure: string, questions: readonly Question[], store: Storage = localStorage): Draft {
  try {
    const kept: unknown = JSON.parse(store.getItem(key(procedure)) ?? '{}');
    if (typeof kept !== 'object' || kept === null) return {};
    return Object.fromEntries(Object.entries(kept).filter(([id]) => questions.some((one) => one.id === id))) as Draft;
  } catch {
    return {};
  }
}

export function keepDraft(procedure: string, draft: Draft, store: Storage = localStorage): void {
  try {
    if (Object.keys(draft).length === 0) store.removeItem(key(procedure));
    else store.setItem(key(procedure), JSON.stringify(draft));
  } catch {
    // a full or closed store only means that the draft ends with the page
  }
}

/** What is wrong with what was typed: a word and a number to say with it; null where it can be used. */
export type Wrong = { word: 'must_answer' | 'must_number' | 'must_whole' | 'must_least' | 'must_most' | 'must_corners_line' | 'must_corners_polygon'; n?: number };

/**
 * Reads what was typed or drawn for a question.
 *
 * @param decimal the sign that parts decimals where the reader lives
 */
export function readAnswer(question: Question, said: string | boolean | GeoJSON.Geometry | null, decimal: string): Given | Wrong {
  if (said === null || said === '') return { word: 'must_answer' };
  if (question.type === 'number' || question.type === 'whole') return readNumber(question, String(said), decimal);
  return said;
}

export const isWrong = (value: Given | Wrong): value is Wrong => typeof value === 'object' && 'word' in value;

/** People write 1,234.5 and 1.234,5: of two signs the last parts the decimals; a single one does unless it parts thousands where the reader lives. */
function readNumber(question: Question, text: string, decimal: string): number | Wrong {
  const bare = text.replace(/[\s\u00a0\u202f']/g, '');
  const signs = bare.match(/[.,]/g) ?? [];
  const last = signs.at(-1);
  const grouped = new Set(signs).size === 1 && (signs.length > 1 || (last !== decimal && /[.,]\d{3}$/.test(bare)));
  const cut = last === undefined || grouped ? bare.length : bare.lastIndexOf(last);
  const head = bare.slice(0, cut);
  const plain = `${head.replace(/[.,]/g, '')}.${bare.slice(cut + 1)}`.replace(/\.$/, '');
  if (!/^-?(\d+|\d{1,3}(,\d{3})+|\d{1,3}(\.\d{3})+)$/.test(head) || !/^-?\d+(\.\d+)?$/.test(plain)) return { word: 'must_number' };
  const value = Number(plain);
  if (question.type === 'whole' && !Number.isInteger(value)) return { word: 'must_whole' };
  if (question.min !== null && value < question.min) return { word: 'must_least', n: question.min };
  if (question.max !== null && value > question.max) return { word: 'must_most', n: question.max };
  return value;
}

/** The shape that corners on the map make; what is missing where they are too few. */
export function drawnShape(shape: 'line' | 'polygon', corners: readonly [lon: number, lat: number][]): GeoJSON.Geometry | Wrong {
  const line = corners.map(([lon, lat]) => [Number(lon.toFixed(7)), Number(lat.toFixed(7))]);
  if (shape === 'line') return line.length < 2 ? { word: 'must_corners_line' } : { type: 'LineString', coordinates: line };
  return line.length < 3 ? { word: 'must_corners_polygon' } : { type: 'Polygon', coordinates: [[...line, line[0]!]] };
}
