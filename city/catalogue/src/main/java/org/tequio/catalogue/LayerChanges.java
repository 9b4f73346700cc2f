package org.tequio.catalogue;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;
import org.tequio.catalogue.intake.ChangesDocument;
import org.tequio.feature.FeatureId;
import org.tequio.feature.Finding;
import org.tequio.feature.LayerId;

/**
 * A new version of a layer, told by what is different from the published one: everything that is
 * not named stays as it is, closed fields too. It is checked and published like a version that came
 * as a whole, and never in part.
 *
 * @param layer which; it is there already
 * @param basis the revision whose features the changes were made of; where one of the features that
 *     they touch has become another since, the version is refused
 * @param changes each feature at most once
 * @param findings what was seen while they were made, such as things that fit no feature
 */
public record LayerChanges(
    LayerId layer, long basis, List<Change> changes, List<Finding> findings) {
  private static final String ENDING = ".layer-changes.json";

  /** Copies the lists. */
  public LayerChanges {
    changes = List.copyOf(changes);
    findings = List.copyOf(findings);
  }

  /** True where a file of this name holds changes. */
  public static boolean isNamed(String file) {
    return file.endsWith(ENDING);
  }

  /** The name of a file with them. */
  public String fileName() {
    return layer + ENDING;
  }

  /** The changes in a file. */
  public static LayerChanges read(byte[] json) {
    return ChangesDocument.read(json);
  }

  /** As a file, from which {@link #read} makes the same. */
  public byte[] toJson() {
    return ChangesDocument.write(this);
  }

  /** The new features, in order: a version gives them the highest ids that it has. */
  public long countCreated() {
    return changes.stream().filter(Create.class::isInstance).count();
  }

  /** What becomes of one feature. */
  public sealed interface Change {}

  /**
   * A new one.
   *
   * @param place longitude and latitude (CRS84)
   * @param values by the name of the field, typed as it is; what is not named is not known
   */
  public record Create(Geometry place, Map<String, @Nullable Object> values) implements Change {
    /** Copies the values, with their nulls. */
    public Create {
      values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }
  }

  /**
   * One that becomes another.
   *
   * @param place longitude and latitude (CRS84); null where it stays
   * @param values by the name of the field, typed as it is; what is not named stays
   */
  public record Update(
      FeatureId feature, @Nullable Geometry place, Map<String, @Nullable Object> values)
      implements Change {
    /** Copies the values, with their nulls. */
    public Update {
      values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }
  }

  /** One that goes. */
  public record Delete(FeatureId feature) implements Change {}
}
