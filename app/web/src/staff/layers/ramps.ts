/** Colours from little to much that people with any colour vision tell apart: ColorBrewer's sequential schemes (Apache-2.0), and viridis (CC0). */
export const RAMPS: Record<string, string[]> = {
  blues: ['#deebf7', '#c6dbef', '#9ecae1', '#6baed6', '#4292c6', '#2171b5', '#084594'],
  earth: ['#fff7bc', '#fee391', '#fec44f', '#fe9929', '#ec7014', '#cc4c02', '#8c2d04'],
  purples: ['#efedf5', '#dadaeb', '#bcbddc', '#9e9ac8', '#807dba', '#6a51a3', '#4a1486'],
  sea: ['#e0f3db', '#ccebc5', '#a8ddb5', '#7bccc4', '#4eb3d3', '#2b8cbe', '#08589e'],
  greens: ['#e5f5e0', '#c7e9c0', '#a1d99b', '#74c476', '#41ab5d', '#238b45', '#005a32'],
  viridis: ['#440154', '#443983', '#31688e', '#21918c', '#35b779', '#90d743', '#fde725'],
  // two ways from a middle, without red against green
  diverging: ['#8c510a', '#d8b365', '#f6e8c3', '#f5f5f5', '#c7eae5', '#5ab4ac', '#01665e'],
};
export type Ramp = keyof typeof RAMPS & string;

/** Colours of kinds without an order (Okabe and Ito), then others as far apart as can be. */
export const KINDS = ['#0072b2', '#e69f00', '#009e73', '#cc79a7', '#56b4e9', '#d55e00', '#a89c20', '#6a51a3', '#7f7f7f', '#8c6d31', '#17828a', '#b2478f'];

/** `count` colours of a scheme, as far apart as it allows. */
export function colorsOf(ramp: Ramp, count: number, reversed = false): string[] {
  const all = RAMPS[ramp] ?? RAMPS['sea']!;
  const picked = Array.from({ length: count }, (_, i) => (count === 1 ? all[Math.floor(all.length / 2)]! : all[Math.round((i * (all.length - 1)) / (count - 1))]!));
  return reversed ? picked.reverse() : picked;
}
