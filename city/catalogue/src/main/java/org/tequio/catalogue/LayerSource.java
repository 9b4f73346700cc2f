package org.tequio.catalogue;

import org.jspecify.annotations.Nullable;
import org.tequio.feature.Crs;

/**
 * A file that a layer came from.
 *
 * @param file as people would name it, with {@code #layer} appended where the file has several
 * @param format the format's name: "Shapefile"
 * @param sha256 of the file as received, under which the blob store keeps it
 * @param crs the system its coordinates came in; null for plain tables and where it is not known
 * @param operation how they were brought into the city's system, for people
 * @param accuracyMeters what the register states for that; 0 where nothing was changed, NaN where
 *     it is not known
 */
public record LayerSource(
    String file,
    String format,
    String sha256,
    @Nullable Crs crs,
    String operation,
    double accuracyMeters) {}
