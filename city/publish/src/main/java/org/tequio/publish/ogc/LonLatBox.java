package org.tequio.publish.ogc;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tequio.feature.Bbox;
import org.tequio.feature.LocalText;
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
    String[] parts = text.split(",", -1);
    if (parts.length != 4 && parts.length != 6) {
      return Optional.empty();
    }
    double[] n = new double[parts.length];
    for (int i = 0; i < n.length; i++) {
      Optional<Double> number = Parameter.finite(parts[i].strip());
      if (number.isEmpty()) {
        return Optional.empty();
      }
      n[i] = number.get();
    }
    int half = n.length / 2;
    double west = n[0];
    double south = n[1];
    double east = n[half];
    double north = n[half + 1];
    boolean real =
        Math.abs(west) <= 360
            && Math.abs(east) <= 360
            && south >= -90
            && north <= 90
            && south <= north;
    return real ? Optional.of(new LonLatBox(split(west, south, east, north))) : Optional.empty();
  }

  private static List<Bbox> split(double west, double south, double east, double north) {
    List<Bbox> boxes = new ArrayList<>();
    if (west <= east) {
      boxes.add(new Bbox(west, south, east, north));
    } else {
      boxes.add(new Bbox(west, south, 180, north));
      boxes.add(new Bbox(-180, south, east, north));
    }
    return boxes;
  }

  /** True where one of the boxes touches it. */
  public boolean intersects(Bbox extent) {
    return boxes.stream().anyMatch(box -> box.intersects(extent));
  }
}
