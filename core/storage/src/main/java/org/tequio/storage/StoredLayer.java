package org.tequio.storage;

import org.jspecify.annotations.Nullable;
import org.tequio.feature.Bbox;
import org.tequio.feature.Crs;
import org.tequio.feature.LayerId;
import org.tequio.feature.LayerSchema;

/**
 * A layer as it stands in the store.
 *
 * @param id its identifier
 * @param schema its fields and geometry
 * @param crs the system its coordinates are in; {@link Crs#CRS84} for plain tables, without meaning
 * @param count features in it
 * @param extent around all geometries, in {@code crs}; null where there is none
 * @param revision the last revision that changed it
 * @param contentHash 32 hexadecimal digits over all features, independent of their order; equal
 *     content gives equal hashes in every store
 */
public record StoredLayer(
    LayerId id,
    LayerSchema schema,
    Crs crs,
    long count,
    @Nullable Bbox extent,
    long revision,
    String contentHash) {}
