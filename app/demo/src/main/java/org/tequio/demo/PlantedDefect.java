package org.tequio.demo;

import org.jspecify.annotations.Nullable;
import org.tequio.feature.FindingCode;

/**
 * One defect that the generator put into the departments' files, so that an import can be held to
 * finding it.
 *
 * @param code what an import should find
 * @param source the file as people would name it, relative to the generated folder, with {@code
 *     #layer} appended where the file has several layers; equal to {@code Finding.source()}
 * @param subject the finding's subject, or null where any will do
 * @param count how many cases, or {@link #ANY} where it depends on how one counts
 * @param why how it came about, in a department's life
 */
public record PlantedDefect(
    FindingCode code, String source, @Nullable String subject, long count, String why) {
  /** Any number of cases from one on. */
  public static final long ANY = -1;
}
