// What the reader of PMTiles' own project finds in an archive on a server, by ranges of bytes; one JSON object.
// Usage: pmtiles.mjs ADDRESS LAYER KEY
import { PbfReader } from 'pbf';
import { VectorTile } from '@mapbox/vector-tile';
import { PMTiles } from 'pmtiles';

const [address, layer, key] = process.argv.slice(2);
const archive = new PMTiles(address);
const header = await archive.getHeader();
const metadata = await archive.getMetadata();
const column = (longitude, z) => Math.floor(((longitude + 180) / 360) * 2 ** z);
const row = (latitude, z) => Math.floor(((1 - Math.asinh(Math.tan((latitude * Math.PI) / 180)) / Math.PI) / 2) * 2 ** z);
const tiles = {};
const keys = new Set();
for (let z = header.minZoom; z <= header.maxZoom; z++) {
  tiles[z] = 0;
  for (let x = column(header.minLon, z); x <= column(header.maxLon, z); x++) {
    for (let y = row(header.maxLat, z); y <= row(header.minLat, z); y++) {
      const tile = await archive.getZxy(z, x, y);
      if (!tile) continue;
      tiles[z]++;
      const features = new VectorTile(new PbfReader(new Uint8Array(tile.data))).layers[layer];
      if (z === header.maxZoom) for (let i = 0; i < (features?.length ?? 0); i++) keys.add(features.feature(i).properties[key]);
    }
  }
}
const outside = await archive.getZxy(header.maxZoom, 0, 0);
console.log(JSON.stringify({
  version: header.specVersion, type: header.tileType, clustered: header.clustered, minZoom: header.minZoom, maxZoom: header.maxZoom, addressed: header.numAddressedTiles,
  bounds: [header.minLon, header.minLat, header.maxLon, header.maxLat], metadata, tiles, keys: keys.size, outside: outside === undefined,
}));
