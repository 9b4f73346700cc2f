/** How numbers are cut into classes. Every cut is the lower end of a class; the first is the least value. */
export type Method = 'quantile' | 'equal' | 'jenks' | 'deviation' | 'pretty' | 'manual';
export const METHODS: Method[] = ['quantile', 'equal', 'jenks', 'deviation', 'pretty', 'manual'];

/** A value and how many things have it. */
export type Tally = readonly [value: number, count: number];

const MOST_STEPS = 600;

/**
 * The lower ends of at most `classes` classes; fewer where there are not so many different values.
 *
 * @param tallies in any order; a count below one is left out
 * @param limits between classes, where someone wrote them down
 */
export function breaks(method: Method, tallies: readonly Tally[], classes: number, limits: readonly number[] = []): number[] {
  const sorted = tallies.filter(([value, count]) => Number.isFinite(value) && count > 0).sort((a, b) => a[0] - b[0]);
  if (sorted.length === 0) return [];
  if (method === 'manual') return manual(sorted, limits);
  if (sorted.length <= classes) return sorted.map(([value]) => value);
  switch (method) {
    case 'quantile':
      return quantiles(sorted, classes);
    case 'equal':
      return equal(sorted, classes);
    case 'jenks':
      return jenks(thinned(sorted), classes);
    case 'deviation':
      return deviations(sorted, classes);
    case 'pretty':
      return pretty(sorted, classes);
  }
}

/** The limits that someone wrote down, as far as values lie on both of their sides. */
function manual(sorted: readonly Tally[], limits: readonly number[]): number[] {
  const [least, most] = [sorted[0]![0], sorted[sorted.length - 1]![0]];
  return [least, ...[...new Set(limits)].filter((one) => one > least && one <= most).sort((a, b) => a - b)];
}

/** Classes one standard deviation wide, as many below the mean as above it. */
function deviations(sorted: readonly Tally[], classes: number): number[] {
  const total = sorted.reduce((sum, [, count]) => sum + count, 0);
  const mean = sorted.reduce((sum, [value, count]) => sum + value * (count / total), 0);
  const deviation = Math.sqrt(sorted.reduce((sum, [value, count]) => sum + (value - mean) ** 2 * (count / total), 0));
  return manual(sorted, Array.from({ length: classes - 1 }, (_, i) => mean + (i + 1 - classes / 2) * deviation));
}

/** Limits at round numbers: multiples of 1, 2, 2.5 or 5 and a power of ten. */
function pretty(sorted: readonly Tally[], classes: number): number[] {
  const [least, most] = [sorted[0]![0], sorted[sorted.length - 1]![0]];
  const power = 10 ** Math.floor(Math.log10((most - least) / classes));
  for (const step of [1, 2, 2.5, 5, 10, 20, 25, 50].map((one) => one * power)) {
    const [first, last] = [Math.floor(least / step), Math.floor(most / step)];
    // as whole multiples: 3 × 0.1 is 0.3, which adding up would miss
    if (last - first < classes) return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
  }
  return [least];
}

/** Limits as people write them: 1 200.5; 3000; a comma is a decimal sign where no point is. */
export function limitsOf(text: string): number[] {
  return text.split(/[;\n]|\s\/\s/).map((one) => one.replace(/[\s\u00a0\u202f]/g, '')).filter((one) => one !== '').map((one) => Number(one.includes('.') ? one.replaceAll(',', '') : one.replace(',', '.'))).filter((one) => Number.isFinite(one));
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
