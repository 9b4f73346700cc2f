package org.tequio.procedure.rule;

import com.google.errorprone.annotations.Immutable;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.values.OpaqueValue;
import dev.cel.common.values.SelectableValue;
import java.util.Optional;

/**
 * A feature as rules see it: its attributes by the names of the dictionary, its {@code distance}
 * from the place in metres, the {@code share} of the place that it holds, and itself as a {@code
 * place}. Each attribute that is read becomes evidence; one without a value ends the evaluation.
 */
@Immutable
@SuppressWarnings("Immutable") // belongs to the thread of its inquiry
final class FeatureValue extends OpaqueValue implements SelectableValue<String> {
  private static final OpaqueType TYPE = OpaqueType.create("feature");

  private final Place asked;
  private final String standard;
  private final Hit hit;
  private final Inquiry inquiry;

  FeatureValue(Place asked, String standard, Hit hit) {
    this.asked = asked;
    this.standard = standard;
    this.hit = hit;
    this.inquiry = asked.inquiry();
  }

  @Override
  public Object select(String name) {
    return switch (name) {
      case "distance" -> hit.distance();
      case "share" -> SpatialQuestions.share(asked, standard, hit);
      case "place" -> inquiry.place(standard, hit);
      default -> inquiry.read(standard, hit, name);
    };
  }

  @Override
  public Optional<Object> find(String name) {
    return inquiry.hasValue(standard, hit, name) ? Optional.of(select(name)) : Optional.empty();
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
  public String toString() {
    return standard + " " + hit.id();
  }
}
