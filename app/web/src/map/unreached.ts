import * as clipping from 'polygon-clipping';
import type { MultiPolygon, Polygon } from 'polygon-clipping';
import type { Bbox } from '../api';

// the package's types name its functions, its module file has them on a default export
const { difference } = (clipping as unknown as { default?: typeof clipping }).default ?? clipping;

/**
 * The part of the city that a layer does not reach, to be drawn as "no data".
 *
 * @param coverage what the layer says it covers; null where nobody has said
 * @param outline the city's own limit, else its box
 * @returns null where nothing is left, or where the shapes are too broken to tell
 */
export function unreachedOf(coverage: GeoJSON.Geometry | null, outline: GeoJSON.Geometry | null, bbox: Bbox | null): GeoJSON.Geometry | null {
  const reached = coverage && areasOf(coverage);
  const city = (outline && areasOf(outline)) ?? (bbox && boxOf(bbox));
  if (!reached?.length || !city?.length) return null;
  try {
    const left = difference(city, reached);
    return left.length ? { type: 'MultiPolygon', coordinates: left } : null;
  } catch (cause) {
    // the clipper throws a plain Error on shapes that touch themselves; a missing hatch is said in words on the layer's card
    if (cause instanceof Error) return null;
    throw cause;
  }
}

function areasOf(geometry: GeoJSON.Geometry): MultiPolygon | null {
  if (geometry.type === 'Polygon') return [geometry.coordinates as Polygon];
  if (geometry.type === 'MultiPolygon') return geometry.coordinates as MultiPolygon;
  return null;
}

function boxOf([west, south, east, north]: Bbox): MultiPolygon {
  return [[[[west, south], [east, south], [east, north], [west, north], [west, south]]]];
}
