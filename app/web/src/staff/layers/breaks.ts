/** How numbers are cut into classes. Every cut is the lower end of a class; the first is the least value. */
export type Method = 'quantile' | 'equal' | 'jenks';
export const METHODS: Method[] = ['quantile', 'equal', 'jenks'];

/** A value and how many things have it. */
export type Tally = readonly [value: number, count: number];

const MOST_STEPS = 600;

/**
 * The lower ends of at most `classes` classes; fewer where there are not so many different values.
 *
 * @param tallies in any order; a count below one is left out
 */
export function breaks(method: Method, tallies: readonly Tally[], classes: number): number[] {
  const sorted = tallies.filter(([value, count]) => Number.isFinite(value) && count > 0).sort((a, b) => a[0] - b[0]);
  if (sorted.length === 0) return [];
  if (sorted.length <= classes) return sorted.map(([value]) => value);
  switch (method) {
    case 'quantile':
      return quantiles(sorted, classes);
    case 'equal':
      return equal(sorted, classes);
    case 'jenks':
      return jenks(thinned(sorted), classes);
  }
}

/** As many things in each class; equal values stay together. */
function quantiles(sorted: readonly Tally[], classes: number): number[] {
  const total = sorted.reduce((sum, [, count]) => sum + count, 0);
  const cuts = [sorted[0]![0]];
  let seen = 0;
  for (const [value, count] of sorted) {
    if (cuts.length < classes && seen >= (cuts.length * total) / classes && value > cuts[cuts.length - 1]!) cuts.push(value);
    seen += count;
  }
  return cuts;
}

/** As wide a class as any other. */
function equal(sorted: readonly Tally[], classes: number): number[] {
  const [least, most] = [sorted[0]![0], sorted[sorted.length - 1]![0]];
  return Array.from({ length: classes }, (_, i) => least + ((most - least) * i) / classes);
}

/** Where the gaps are: the cuts with the least sum of squares within classes, found exactly (Fisher 1958). */
function jenks(sorted: readonly Tally[], classes: number): number[] {
  const n = sorted.length;
  const [weight, sum, squares] = [new Float64Array(n + 1), new Float64Array(n + 1), new Float64Array(n + 1)];
  // from the first value on, or the squares of large numbers (years, coordinates) would swallow the differences
  const zero = sorted[0]![0];
  sorted.forEach(([value, count], i) => {
    weight[i + 1] = weight[i]! + count;
    sum[i + 1] = sum[i]! + count * (value - zero);
    squares[i + 1] = squares[i]! + count * (value - zero) ** 2;
  });
  const spread = (from: number, to: number): number => {
    const [w, s] = [weight[to]! - weight[from]!, sum[to]! - sum[from]!];
    return squares[to]! - squares[from]! - (s * s) / w;
  };
  let best = Float64Array.from({ length: n + 1 }, (_, i) => (i === 0 ? 0 : spread(0, i)));
  const begins: Int32Array[] = [];
  for (let k = 2; k <= classes; k++) {
    const next = new Float64Array(n + 1).fill(Infinity);
    const begin = new Int32Array(n + 1);
    for (let to = k; to <= n; to++) {
      for (let from = k - 1; from < to; from++) {
        const cost = best[from]! + spread(from, to);
        if (cost < next[to]!) {
          next[to] = cost;
          begin[to] = from;
        }
      }
    }
    best = next;
    begins.push(begin);
  }
  const cuts: number[] = [];
  for (let to = n, k = begins.length - 1; k >= 0; k--) {
    to = begins[k]![to]!;
    cuts.unshift(sorted[to]![0]);
  }
  return [sorted[0]![0], ...cuts];
}

/** Neighbouring values put together until there are few enough for the exact search; the ends stay. */
function thinned(sorted: readonly Tally[]): readonly Tally[] {
  if (sorted.length <= MOST_STEPS) return sorted;
  const total = sorted.reduce((sum, [, count]) => sum + count, 0);
  const kept: Tally[] = [];
  let seen = 0;
  let waiting = 0;
  for (const [value, count] of sorted) {
    waiting += count;
    seen += count;
    if (kept.length === 0 || seen >= (kept.length * total) / MOST_STEPS) {
      kept.push([value, waiting]);
      waiting = 0;
    }
  }
  const last = sorted[sorted.length - 1]![0];
  if (waiting > 0) kept.push([last, waiting]);
  return kept;
}
