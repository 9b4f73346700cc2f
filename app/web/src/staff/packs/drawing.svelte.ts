import { shapeOf, valueOf, type Corner, type Ring } from './zone';
import type { Area } from './answers';

interface Column {
  name: string;
  type: string;
}

/** A zone as somebody draws it over a layer, with what would be said of it. Every change can be taken back. */
export class Drawing {
  layer = $state('');
  ring = $state.raw<Ring>([]);
  /** As it is written in the form, by column. */
  said = $state.raw<Record<string, string>>({});
  /** A click begins with the area that the layer has there, instead of putting a corner. */
  isTaking = $state(false);
  #past: Ring[] = [];
  canUndo = $state(false);

  /** Draws over another layer: what was said was of the columns of the one before. */
  over(layer: string): void {
    this.layer = layer;
    this.said = {};
  }

  put(ring: Ring): void {
    this.hold();
    this.ring = ring;
  }

  add(at: Corner): void {
    this.put([...this.ring, at]);
  }

  /** What is drawn now is what taking back returns to; whoever drags says so once. */
  hold(): void {
    this.#past.push(this.ring);
    this.canUndo = true;
  }

  undo(): void {
    this.ring = this.#past.pop() ?? [];
    this.canUndo = this.#past.length > 0;
  }

  /** Begins with an area that the layer has. */
  take(ring: Ring, values: Record<string, unknown>, columns: readonly Column[]): void {
    this.put(ring);
    this.said = Object.fromEntries(columns.flatMap(({ name }) => (values[name] === null || values[name] === undefined ? [] : [[name, String(values[name])]])));
    this.isTaking = false;
  }

  /** As the server takes it; null while it is no area, or something said of it cannot be read. */
  area(columns: readonly Column[]): Area | null {
    const geometry = shapeOf(this.ring);
    const values: Area['values'] = {};
    for (const { name, type } of columns) {
      const value = valueOf(this.said[name] ?? '', type);
      if (value === null) return null;
      if (value !== undefined) values[name] = value;
    }
    return geometry && this.layer ? { layer: this.layer, geometry, values } : null;
  }
}
