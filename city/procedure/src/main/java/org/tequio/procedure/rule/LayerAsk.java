package org.tequio.procedure.rule;

import com.google.errorprone.annotations.Immutable;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.values.OpaqueValue;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** Which layer of the dictionary is asked, and as of which day; what {@code as_of} gives. */
@Immutable
final class LayerAsk extends OpaqueValue {
  static final OpaqueType TYPE = OpaqueType.create("layer");

  private final String standard;
  private final @Nullable LocalDate asOf;

  /**
   * Asks for a layer.
   *
   * @param asOf null for today
   */
  LayerAsk(String standard, @Nullable LocalDate asOf) {
    this.standard = standard;
    this.asOf = asOf;
  }

  String standard() {
    return standard;
  }

  @Nullable LocalDate asOf() {
    return asOf;
  }

  @Override
  public Object value() {
    return this;
  }

  @Override
  public OpaqueType celType() {
    return TYPE;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LayerAsk ask
        && standard.equals(ask.standard)
        && java.util.Objects.equals(asOf, ask.asOf);
  }

  @Override
  public int hashCode() {
    return java.util.Objects.hash(standard, asOf);
  }

  @Override
  public String toString() {
    return standard + (asOf == null ? "" : " as of " + asOf);
  }
}
