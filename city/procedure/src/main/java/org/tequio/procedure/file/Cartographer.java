package org.tequio.procedure.file;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;
import org.tequio.procedure.WriteBack;
import org.tequio.procedure.WriteTerms;
import org.tequio.procedure.writeback.MapChange;
import org.tequio.procedure.writeback.MapLine;
import org.tequio.procedure.writeback.MapPlan;
import tools.jackson.databind.JsonNode;

/** Says what granting a case changes on the map. Thread-safe. */
public interface Cartographer {
  /** What a procedure changes on the map when it is granted. */
  List<WriteBack> listChanges(String procedure);

  /** The same with what the procedure says of each. */
  List<WriteTerms> terms(String procedure);

  /** The features that a change may be about, as an officer chooses among them. */
  List<MapLine.Ref> candidates(CaseFile file, WriteBack back);

  /** The revision of the map as it is now. */
  long revision();

  /**
   * Reads a place that an officer drew, in the metres of plans.
   *
   * @param geometry GeoJSON in longitude and latitude
   * @throws IllegalArgumentException saying what was wanted
   */
  Geometry readPlace(JsonNode geometry);

  /**
   * Checks the changes of a decision against the newest map.
   *
   * @param wanted what the officer says; null for what can be done without a word
   * @param done what earlier decisions of this case have changed already
   * @throws org.tequio.procedure.writeback.MapRefused where the map cannot take it
   */
  MapPlan plan(CaseFile file, @Nullable List<MapChange> wanted, List<WriteBack> done);
}
