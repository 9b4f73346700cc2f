package org.tequio.publish.ogc;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tequio.feature.Bbox;
import org.tequio.feature.LocalText;
import org.tequio.feature.ServiceCrs;
import org.tequio.http.Parameter;

/**
 * The value of the parameter {@code bbox} (OGC 17-069r4, 7.15.3): one box, or the two halves of one
 * over the antimeridian, in longitude and latitude.
 *
 * @param boxes one or two
 */
public record LonLatBox(List<Bbox> boxes) {
  /** The query parameter. */
  public static final Parameter<LonLatBox> BBOX =
      new Parameter<>(
          Parameter.Place.QUERY,
          "bbox",
          "Only features that intersect this box of longitudes and latitudes: west, south, [lowest,]"
              + " east, north[, highest]. West may be greater than east: then it lies over the"
              + " antimeridian.",
          new LocalText("oeste,sur,este,norte", "oeste,sul,leste,norte", "west,south,east,north"),
          Parameter.schema(
              "array", "minItems", 4, "maxItems", 6, "items", Parameter.schema("number")),
          LonLatBox::parse);

  /** Copies the list. */
  public LonLatBox {
    boxes = List.copyOf(boxes);
  }

  private static Optional<LonLatBox> parse(String text) {
    return numbers(text).flatMap(ServiceCrs.CRS84::boxes).map(LonLatBox::new);
  }

  /** The numbers of a bounding box, four or six; nothing where they are none. */
  static Optional<List<Double>> numbers(String text) {
    List<Double> numbers = new ArrayList<>();
    for (String part : text.split(",", 7)) {
      Optional<Double> number = Parameter.finite(part.strip());
      if (number.isEmpty()) {
        return Optional.empty();
      }
      numbers.add(number.get());
    }
    return numbers.size() == 4 || numbers.size() == 6 ? Optional.of(numbers) : Optional.empty();
  }

  /** True where one of the boxes touches it. */
  public boolean intersects(Bbox extent) {
    return boxes.stream().anyMatch(box -> box.intersects(extent));
  }
}
