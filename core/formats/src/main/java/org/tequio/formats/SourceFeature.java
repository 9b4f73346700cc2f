package org.tequio.formats;

import org.jspecify.annotations.Nullable;

/**
 * A feature as a source gave it. The arrays belong to the receiver.
 *
 * @param row its number in the source from 1, or its line in a text file
 * @param sourceId the identifier that the format itself gives, such as GeoJSON's {@code id} or
 *     GeoPackage's {@code fid}; null where it gives none
 * @param wkb little-endian ISO WKB in the source's CRS, x before y; null where there is none
 * @param values in the order of the fields; String, Long, Double, Boolean, LocalDate, Instant or
 *     null. In a typed field a value that does not fit its type comes as String
 */
@SuppressWarnings("ArrayRecordComponent")
public record SourceFeature(
    long row, @Nullable String sourceId, byte @Nullable [] wkb, @Nullable Object[] values) {}
