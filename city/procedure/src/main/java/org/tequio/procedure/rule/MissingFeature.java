package org.tequio.procedure.rule;

import com.google.errorprone.annotations.Immutable;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.values.OpaqueValue;
import dev.cel.common.values.SelectableValue;
import java.util.Optional;

/**
 * Stands at the end of a list of features for those that the layer may lack, because it does not
 * cover the whole place: whether one of the list is so may be known, that none is so is not.
 */
@Immutable
@SuppressWarnings("Immutable") // the gap is a value
final class MissingFeature extends OpaqueValue implements SelectableValue<String> {
  private static final OpaqueType TYPE = OpaqueType.create("feature");

  private final Unknown why;

  MissingFeature(Unknown why) {
    this.why = why;
  }

  /** Ends the evaluation. */
  Unknown why() {
    return Unknown.of(why.gap());
  }

  @Override
  public Object select(String name) {
    throw why();
  }

  @Override
  public Optional<Object> find(String name) {
    throw why();
  }

  @Override
  public Object value() {
    return this;
  }

  @Override
  public OpaqueType celType() {
    return TYPE;
  }
}
