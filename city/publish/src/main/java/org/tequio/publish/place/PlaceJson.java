package org.tequio.publish.place;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Everything at a place, on the wire. */
record PlaceJson(
    double lon,
    double lat,
    @Nullable Boolean insideCity,
    String title,
    @Nullable ParcelJson parcel,
    List<DepartmentJson> departments,
    List<AbsentJson> nothingHere,
    List<NoDataJson> noData,
    List<PlaceTaskJson> mapping) {

  /** A mapping task on whose ground the place lies, for a layer that lacks something there. */
  record PlaceTaskJson(String layer, String title, long project, int task) {}

  /** The parcel under the place. */
  record ParcelJson(String layer, long feature, @Nullable Object key) {}

  /** What one department's layers say. */
  record DepartmentJson(String name, List<PlaceLayerJson> layers) {}

  /** What one layer says. */
  record PlaceLayerJson(
      String id,
      String title,
      String theme,
      @Nullable String date,
      @Nullable String source,
      long revision,
      List<PlaceFeatureJson> features) {}

  /** One feature at or near the place. */
  record PlaceFeatureJson(
      long id,
      @Nullable String title,
      double distanceMeters,
      List<PropertyJson> properties,
      @Nullable ElementJson element) {}

  /**
   * The element of the community map that a feature is.
   *
   * @param version in which both agreed last; null where they never did
   * @param text that says so
   */
  record ElementJson(String type, long id, @Nullable Integer version, String text) {}

  /** One public property. */
  record PropertyJson(String name, String label, @Nullable Object value, @Nullable String unit) {}

  /** A layer that covers the place and has nothing at it. */
  record AbsentJson(String id, String title, @Nullable String department) {}

  /** A layer that does not cover the place, or whose coverage is not known. */
  record NoDataJson(String id, String title, @Nullable String department, String reason) {}
}
