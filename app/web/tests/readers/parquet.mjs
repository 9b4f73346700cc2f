// What hyparquet, a reader of other people, finds in a file; one JSON object.
// Usage: parquet.mjs FILE [PAGE], where PAGE is how many rows are told, from the first on.
import { gunzipSync } from 'node:zlib';
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } from 'hyparquet';

const [path, page = '1000'] = process.argv.slice(2);
const file = await asyncBufferFromFile(path);
const metadata = await parquetMetadataAsync(file);
const rows = await parquetReadObjects({ file, metadata, compressors: { GZIP: (bytes) => gunzipSync(bytes) } });
const plain = (value) => (typeof value === 'bigint' ? `${value}` : Object.is(value, -0) ? '-0' : Number.isNaN(value) ? 'NaN' : value);
const walk = (value) =>
  value === null || typeof value !== 'object' || value instanceof Date ? plain(value)
  : Array.isArray(value) ? value.map(walk)
  : Object.fromEntries(Object.entries(value).map(([name, one]) => [name, walk(one)]));
const about = Object.fromEntries((metadata.key_value_metadata ?? []).map(({ key, value }) => [key, value]));
console.log(JSON.stringify({
  count: Number(metadata.num_rows),
  read: rows.length,
  columns: Object.keys(rows[0] ?? {}),
  geo: about.geo ? JSON.parse(about.geo) : null,
  about: { ...about, geo: undefined },
  groups: metadata.row_groups.map((group) => ({
    rows: Number(group.num_rows),
    columns: Object.fromEntries(group.columns.map(({ meta_data: of }) => [of.path_in_schema.join('.'), walk({
      least: of.statistics?.min_value ?? null, most: of.statistics?.max_value ?? null, nulls: of.statistics?.null_count ?? null,
    })])),
  })),
  rows: rows.slice(0, Number(page)).map(walk),
}));
