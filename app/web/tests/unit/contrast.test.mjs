import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

const css = readFileSync(new URL('../../src/tokens.css', import.meta.url), 'utf8');
const block = (selector) => css.slice(css.indexOf(selector), css.indexOf('}', css.indexOf(selector)));
const tokens = (text) => Object.fromEntries([...text.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})/g)].map(([, name, value]) => [name, value]));
const themes = { light: tokens(block(':root {')), dark: { ...tokens(block(':root {')), ...tokens(block(":root[data-theme='dark']")) } };

function luminance(hex) {
  const [r, g, b] = [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16) / 255).map((c) => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
const contrast = (a, b) => {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
};

const TEXT = [
  ['ink', 'paper'], ['ink', 'wash'], ['ink', 'accent-soft'], ['ink-soft', 'paper'], ['ink-soft', 'wash'], ['ink-soft', 'accent-soft'], ['accent', 'paper'], ['accent', 'wash'], ['accent', 'accent-soft'], ['accent-ink', 'accent'],
  ['band-ink', 'band'], ['band-ink', 'band-deep'], ['ok', 'paper'], ['warn', 'paper'], ['stop', 'paper'],
  ['map-label', 'map-city'], ['map-label', 'map-block'], ['map-label', 'map-halo'], ['map-label-soft', 'map-halo'], ['map-label-soft', 'map-block'], ['map-label-water', 'map-halo'], ['map-label-green', 'map-halo'], ['map-icon-ink', 'map-icon'],
];
for (const [name, theme] of Object.entries(themes)) {
  for (const [text, ground] of TEXT) {
    test(`${text} can be read on ${ground} in the ${name} theme`, () => {
      const found = contrast(theme[text], theme[ground]);
      assert.ok(found >= 4.5, `contrast of ${theme[text]} on ${theme[ground]} is ${found.toFixed(2)}, wanted 4.5`);
    });
  }
  test(`borders of switches and buttons stand out in the ${name} theme`, () => {
    assert.ok(contrast(theme['line-strong'], theme.paper) >= 3);
  });
}
