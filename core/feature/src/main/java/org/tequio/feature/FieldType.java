package org.tequio.feature;

/**
 * The type of a field, and the Java class of its values. A value that is not known is {@code null}
 * in every type, never zero or an empty text.
 */
public enum FieldType {
  /** {@link String}. */
  TEXT,
  /** {@link Long}. */
  INTEGER,
  /** {@link Double}, finite. */
  DECIMAL,
  /** {@link Boolean}. */
  BOOLEAN,
  /** {@link java.time.LocalDate}. */
  DATE,
  /** {@link java.time.Instant}. */
  INSTANT
}
