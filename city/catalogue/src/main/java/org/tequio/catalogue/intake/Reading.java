package org.tequio.catalogue.intake;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.Crs;
import org.tequio.feature.LayerId;
import org.tequio.formats.Dataset;
import org.tequio.formats.SourceLayer;

/** One layer on its way from a file into the store. Not thread-safe. */
final class Reading {
  final Dataset dataset;
  final SourceLayer layer;
  final String source;
  final String key;
  final String inputHash;
  final String sha256;
  final @Nullable String department;

  /** The day on which the source says it was last changed. */
  final @Nullable LocalDate date;

  /** The rows; null until they are read. */
  @Nullable SpooledLayer rows;

  /** The system that the coordinates came in; null where that is not known or there are none. */
  @Nullable Crs crs;

  /** How they were brought into the city's system. */
  String operation = "none";

  /** What the register states for it; NaN where that is not known. */
  double accuracy;

  /** False where the coordinates could not be given a meaning. */
  boolean placed = true;

  /** True where the layer has to be read again, because its coordinates contradict its system. */
  boolean contradicted;

  /** True where not one feature could be read: it becomes no layer. */
  boolean broken;

  /** The layer it becomes. */
  @Nullable LayerId id;

  Reading(
      Dataset dataset,
      SourceLayer layer,
      String source,
      String key,
      String inputHash,
      String sha256,
      @Nullable String department) {
    this.dataset = dataset;
    this.layer = layer;
    this.source = source;
    this.key = key;
    this.inputHash = inputHash;
    this.sha256 = sha256;
    this.department = department;
    this.date = layer.date().orElse(null);
  }

  SpooledLayer rows() {
    SpooledLayer spooled = rows;
    if (spooled == null) {
      throw new IllegalStateException(source + " has not been read");
    }
    return spooled;
  }

  LayerId id() {
    LayerId known = id;
    if (known == null) {
      throw new IllegalStateException(source + " has no layer yet");
    }
    return known;
  }
}
