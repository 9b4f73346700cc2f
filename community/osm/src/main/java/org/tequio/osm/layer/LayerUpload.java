package org.tequio.osm.layer;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.locationtech.jts.geom.Geometry;
import org.tequio.feature.Progress;
import org.tequio.formats.osm.OsmElement;
import org.tequio.osm.changeset.Change;
import org.tequio.osm.changeset.Changesets;
import org.tequio.osm.element.ElementKey;
import org.tequio.storage.Database;

/**
 * Uploads what a layer knows better, in as many changesets as are needed, each whole, and links
 * what it made. Whoever is cut off between the two finds the elements standing in their places the
 * next time, and makes none twice.
 */
final class LayerUpload {
  /** With the two thousand of one more feature, still within a changeset. */
  private static final int ENOUGH = 7000;

  private final Database database;
  private final Changesets changesets;
  private final Changesets.Mapper account;
  private final Map<String, String> tags;

  LayerUpload(
      Database database,
      Changesets changesets,
      Changesets.Mapper account,
      Map<String, String> tags) {
    this.database = database;
    this.changesets = changesets;
    this.account = account;
    this.tags = tags;
  }

  /** Uploads; returns the changesets. */
  List<Long> run(BoundMapping bound, List<LayerImprovement.Draft> drafts, Progress progress) {
    List<Long> made = new ArrayList<>();
    int done = 0;
    while (done < drafts.size()) {
      progress.check();
      long changeset = changesets.create(account, tags);
      ElementDrawing drawing = new ElementDrawing(changeset);
      List<OsmElement> drawn = new ArrayList<>();
      int first = done;
      while (done < drafts.size() && drawing.changes().size() < ENOUGH) {
        drawn.add(draw(drafts.get(done++), drawing));
      }
      List<Change.Result> results = changesets.upload(account, changeset, drawing.changes());
      changesets.close(account, changeset);
      made.add(changeset);
      link(bound, drafts.subList(first, done), drawn, drawing, results);
      progress.step(bound.mapping().id(), done, drafts.size());
    }
    return made;
  }

  private static OsmElement draw(LayerImprovement.Draft draft, ElementDrawing drawing) {
    try {
      return draft.on(drawing);
    } catch (ElementShapes.Unfit e) {
      throw new IllegalStateException("what could be drawn alone cannot among others", e);
    }
  }

  private void link(
      BoundMapping bound,
      List<LayerImprovement.Draft> drafts,
      List<OsmElement> drawn,
      ElementDrawing drawing,
      List<Change.Result> results) {
    Map<Long, Change.Result> byKey = new HashMap<>();
    for (Change.Result result : results) {
      byKey.put((long) result.type().ordinal() << 60 ^ result.oldId(), result);
    }
    List<LinkTable.Link> links = new ArrayList<>();
    for (int i = 0; i < drafts.size(); i++) {
      OsmElement element = drawn.get(i);
      Change.Result result = byKey.get((long) element.type().ordinal() << 60 ^ element.id());
      if (result == null) {
        throw new IllegalStateException("nothing came of " + element.id());
      }
      links.add(link(bound, drafts.get(i), element, drawing, result));
    }
    database.write(
        connection -> {
          putAll(connection, links);
          return true;
        });
  }

  private static LinkTable.Link link(
      BoundMapping bound,
      LayerImprovement.Draft draft,
      OsmElement element,
      ElementDrawing drawing,
      Change.Result result) {
    return new LinkTable.Link(
        bound.stored().id(),
        draft.feature(),
        ElementKey.of(result.type(), result.newId()),
        result.newVersion(),
        draft.place() == null ? draft.shape() : shape(bound, element, drawing),
        bound.stored().revision(),
        draft.open(),
        null,
        0);
  }

  private static long shape(BoundMapping bound, OsmElement element, ElementDrawing drawing) {
    TagMapping.Shape shape = bound.mapping().shape(element);
    if (shape == null) {
      return 0;
    }
    try {
      Geometry place = drawing.place(element, shape);
      return ElementShapes.fingerprint(place);
    } catch (ElementShapes.Unfit e) {
      throw new IllegalStateException(e);
    }
  }

  private static void putAll(java.sql.Connection connection, List<LinkTable.Link> links)
      throws SQLException {
    for (LinkTable.Link link : links) {
      LinkTable.put(connection, link);
    }
  }
}
