import bicycle from '@mapbox/maki/icons/bicycle.svg?raw';
import bus from '@mapbox/maki/icons/bus.svg?raw';
import cemetery from '@mapbox/maki/icons/cemetery.svg?raw';
import circle from '@mapbox/maki/icons/circle.svg?raw';
import construction from '@mapbox/maki/icons/construction.svg?raw';
import danger from '@mapbox/maki/icons/danger.svg?raw';
import garden from '@mapbox/maki/icons/garden.svg?raw';
import grocery from '@mapbox/maki/icons/grocery.svg?raw';
import hospital from '@mapbox/maki/icons/hospital.svg?raw';
import library from '@mapbox/maki/icons/library.svg?raw';
import marker from '@mapbox/maki/icons/marker.svg?raw';
import monument from '@mapbox/maki/icons/monument.svg?raw';
import park from '@mapbox/maki/icons/park.svg?raw';
import parking from '@mapbox/maki/icons/parking.svg?raw';
import police from '@mapbox/maki/icons/police.svg?raw';
import school from '@mapbox/maki/icons/school.svg?raw';
import shelter from '@mapbox/maki/icons/shelter.svg?raw';
import shop from '@mapbox/maki/icons/shop.svg?raw';
import wasteBasket from '@mapbox/maki/icons/waste-basket.svg?raw';
import water from '@mapbox/maki/icons/water.svg?raw';

// Maki, Mapbox's map icons (CC0): outlines in 15 by 15 units.
const MAKI: Record<string, string> = {
  bicycle, bus, cemetery, circle, construction, danger, garden, grocery, hospital, library, marker, monument, park, parking, police, school, shelter, shop, 'waste-basket': wasteBasket, water,
};
/** Signs a layer of points may carry. */
export const ICON_NAMES = Object.keys(MAKI);
const SCALE = 2;

/** Draws the image a style asks for by a name that says it all: `pin:hospital:#6f5a66:#ffffff`, `drop:#c2005f:#ffffff`, `hatch:#9b8f94`. */
export function drawImage(name: string): ImageData | null {
  const [kind, ...rest] = name.split(':');
  if (kind === 'pin' && rest.length === 3) return pin(rest[0]!, rest[1]!, rest[2]!);
  if (kind === 'drop' && rest.length === 2) return drop(rest[0]!, rest[1]!);
  if (kind === 'hatch' && rest.length === 1) return hatch(rest[0]!);
  return null;
}
export const IMAGE_SCALE = SCALE;

function canvas(width: number, height: number): CanvasRenderingContext2D {
  const element = document.createElement('canvas');
  element.width = width * SCALE;
  element.height = height * SCALE;
  const context = element.getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('no 2D canvas to draw the map icons on');
  context.scale(SCALE, SCALE);
  return context;
}
const done = (context: CanvasRenderingContext2D): ImageData => context.getImageData(0, 0, context.canvas.width, context.canvas.height);

function pin(icon: string, fill: string, ink: string): ImageData {
  const size = 24;
  const context = canvas(size, size);
  context.fillStyle = fill;
  context.strokeStyle = ink;
  context.lineWidth = 1.5;
  context.beginPath();
  context.arc(size / 2, size / 2, size / 2 - 1.5, 0, 2 * Math.PI);
  context.fill();
  context.stroke();
  context.translate((size - 13) / 2, (size - 13) / 2);
  context.scale(13 / 15, 13 / 15);
  context.fillStyle = ink;
  context.fill(new Path2D(MAKI[icon] ?? marker));
  return done(context);
}

function drop(fill: string, ink: string): ImageData {
  const [width, height] = [34, 44];
  const context = canvas(width, height);
  context.fillStyle = fill;
  context.strokeStyle = ink;
  context.lineWidth = 2;
  context.beginPath();
  context.moveTo(17, 42);
  context.bezierCurveTo(13, 33, 3, 27, 3, 16);
  context.arc(17, 16, 14, Math.PI, 0);
  context.bezierCurveTo(31, 27, 21, 33, 17, 42);
  context.fill();
  context.stroke();
  context.fillStyle = ink;
  context.beginPath();
  context.arc(17, 16, 5, 0, 2 * Math.PI);
  context.fill();
  return done(context);
}

function hatch(ink: string): ImageData {
  const size = 12;
  const context = canvas(size, size);
  context.strokeStyle = ink;
  context.lineWidth = 1;
  context.beginPath();
  for (const shift of [-size, 0, size]) {
    context.moveTo(shift, size);
    context.lineTo(shift + size, 0);
  }
  context.stroke();
  return done(context);
}
