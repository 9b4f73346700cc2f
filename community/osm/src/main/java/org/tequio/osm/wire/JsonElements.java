package org.tequio.osm.wire;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.tequio.formats.osm.OsmElement.Type;
import org.tequio.osm.Box;
import org.tequio.osm.element.ElementBytes.AuthorNames;
import org.tequio.osm.element.ElementCursor;
import org.tequio.osm.element.ElementKey;
import org.tequio.osm.element.StoredElement;

/** Elements as OSM JSON. */
final class JsonElements implements ElementsWriter {
  private static final Type[] TYPES = Type.values();

  private final WireBytes out;
  private final AuthorNames names;
  private final boolean asChanges;
  private boolean first = true;

  /**
   * Writes.
   *
   * @param asChanges true where each element says what it did
   */
  JsonElements(WireBytes out, AuthorNames names, boolean asChanges) {
    this.out = out;
    this.names = names;
    this.asChanges = asChanges;
  }

  @Override
  public void begin(@Nullable Box bounds) throws IOException {
    out.plain("{\"version\":\"0.6\",\"generator\":\"Tequio\",");
    if (bounds != null) {
      out.plain("\"bounds\":{\"minlat\":").degrees(bounds.south());
      out.plain(",\"minlon\":").degrees(bounds.west());
      out.plain(",\"maxlat\":").degrees(bounds.north());
      out.plain(",\"maxlon\":").degrees(bounds.east()).plain("},");
    }
    out.plain(asChanges ? "\"osmChange\":[" : "\"elements\":[");
  }

  @Override
  public void element(StoredElement element) throws IOException {
    Type type = ElementKey.type(element.key());
    ElementCursor in = element.cursor();
    int version = in.integer();
    long seconds = in.number();
    long changeset = in.number();
    long uid = in.number();
    boolean visible = in.number() != 0;
    out.plain(first ? "\n" : ",\n");
    first = false;
    out.plain("{\"type\":\"").plain(type.word());
    if (asChanges) {
      out.plain("\",\"action\":\"").plain(Answers.verb(element).word());
    }
    out.plain("\",\"id\":").number(ElementKey.id(element.key()));
    int lon = 0;
    int lat = 0;
    if (type == Type.NODE) {
      lon = (int) in.signed();
      lat = (int) in.signed();
      if (visible) {
        out.plain(",\"lat\":").degrees(lat).plain(",\"lon\":").degrees(lon);
      }
    }
    out.plain(",\"timestamp\":\"").time(seconds);
    out.plain("\",\"version\":").number(version);
    out.plain(",\"changeset\":").number(changeset);
    if (uid != 0) {
      out.plain(",\"user\":\"").json(names.name(uid)).plain("\",\"uid\":").number(uid);
    }
    if (!visible) {
      out.plain(",\"visible\":false");
    }
    if (type != Type.NODE) {
      writeRefs(in, type == Type.RELATION);
    }
    int tags = in.integer();
    for (int i = 0; i < tags; i++) {
      out.plain(i == 0 ? ",\"tags\":{\"" : ",\"");
      out.json(in.bytes(), in.textStart(), in.textLength()).plain("\":\"");
      out.json(in.bytes(), in.textStart(), in.textLength()).plain("\"");
    }
    out.plain(tags > 0 ? "}}" : "}");
  }

  private void writeRefs(ElementCursor in, boolean members) throws IOException {
    int count = in.integer();
    if (count == 0) {
      return;
    }
    out.plain(members ? ",\"members\":[" : ",\"nodes\":[");
    long ref = 0;
    for (int i = 0; i < count; i++) {
      long step = in.number();
      out.plain(i == 0 ? "" : ",");
      if (members) {
        ref += ElementCursor.unzigzag(step >>> 2);
        out.plain("{\"type\":\"").plain(TYPES[(int) (step & 3)].word());
        out.plain("\",\"ref\":").number(ref).plain(",\"role\":\"");
        out.json(in.bytes(), in.textStart(), in.textLength()).plain("\"}");
      } else {
        ref += ElementCursor.unzigzag(step);
        out.number(ref);
      }
    }
    out.plain("]");
  }

  @Override
  public void end() throws IOException {
    out.plain("\n]}\n");
    out.flush();
  }
}
