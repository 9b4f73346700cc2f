/** How colours look to eyes of three kinds, and which of them look alike. */
type Lab = [l: number, a: number, b: number];

// Machado, Oliveira and Fernandes (2009), severity 1, on linear RGB
const EYES: number[][][] = [
  [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
  [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
  [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
];
/** Closer than this two colours of a legend are taken for each other (CIE 1976). */
const APART = 11;

const linear = (hex: string): number[] => [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16) / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));

function lab([r = 0, g = 0, b = 0]: number[]): Lab {
  const f = (t: number): number => (t > 216 / 24389 ? Math.cbrt(t) : (t * 24389) / 27 / 116 + 16 / 116);
  const x = f((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047);
  const y = f(0.2126 * r + 0.7152 * g + 0.0722 * b);
  const z = f((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}
const seen = (hex: string, eye: number[][]): Lab => {
  const rgb = linear(hex);
  return lab(eye.map((row) => Math.min(1, Math.max(0, row.reduce((sum, weight, i) => sum + weight * rgb[i]!, 0)))));
};

/** The distance at which the eye that tells two colours apart least well sees them. */
export const distance = (one: string, other: string): number => Math.min(...EYES.map((eye) => Math.hypot(...seen(one, eye).map((value, i) => value - seen(other, eye)[i]!))));

/** Pairs of colours, as their places in the list, that somebody takes for each other. */
export function alike(colors: readonly string[]): [number, number][] {
  return colors.flatMap((one, i) => colors.slice(i + 1).flatMap((other, k): [number, number][] => (distance(one, other) < APART ? [[i, i + 1 + k]] : [])));
}

/** How much a colour stands out from another (WCAG 2.2, contrast ratio): 1 not at all, 21 as black from white. */
export function contrast(one: string, other: string): number {
  const [low, high] = [one, other].map((hex) => linear(hex)).map(([r = 0, g = 0, b = 0]) => 0.2126 * r + 0.7152 * g + 0.0722 * b).sort((a, b) => a - b);
  return (high! + 0.05) / (low! + 0.05);
}
