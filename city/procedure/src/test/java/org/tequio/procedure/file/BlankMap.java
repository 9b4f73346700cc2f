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

/** A city whose procedures change nothing on the map. */
final class BlankMap implements Cartographer {
  @Override
  public List<WriteBack> listChanges(String procedure) {
    return List.of();
  }

  @Override
  public List<WriteTerms> terms(String procedure) {
    return List.of();
  }

  @Override
  public List<MapLine.Ref> candidates(CaseFile file, WriteBack back) {
    return List.of();
  }

  @Override
  public long revision() {
    return 0;
  }

  @Override
  public Geometry readPlace(JsonNode geometry) {
    throw new IllegalArgumentException("no map");
  }

  @Override
  public MapPlan plan(CaseFile file, @Nullable List<MapChange> wanted, List<WriteBack> done) {
    return MapPlan.NOTHING;
  }
}
