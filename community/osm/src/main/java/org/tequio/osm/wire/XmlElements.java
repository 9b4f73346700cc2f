package org.tequio.osm.wire;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.tequio.formats.osm.OsmElement.Type;
import org.tequio.osm.Box;
import org.tequio.osm.element.ElementBytes.AuthorNames;
import org.tequio.osm.element.ElementCursor;
import org.tequio.osm.element.ElementKey;
import org.tequio.osm.element.StoredElement;

/** Elements as OSM XML. */
final class XmlElements implements ElementsWriter {
  static final String DECLARATION = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
  private static final Type[] TYPES = Type.values();

  private final WireBytes out;
  private final AuthorNames names;
  private final String root;
  private final boolean asChanges;

  /**
   * Writes.
   *
   * @param asChanges true where each element stands in what it did
   */
  XmlElements(WireBytes out, AuthorNames names, boolean asChanges) {
    this.out = out;
    this.names = names;
    this.root = asChanges ? "osmChange" : "osm";
    this.asChanges = asChanges;
  }

  @Override
  public void begin(@Nullable Box bounds) throws IOException {
    out.plain(DECLARATION).plain("<").plain(root).plain(" version=\"0.6\" generator=\"Tequio\">\n");
    if (bounds != null) {
      out.plain(" <bounds minlat=\"").degrees(bounds.south());
      out.plain("\" minlon=\"").degrees(bounds.west());
      out.plain("\" maxlat=\"").degrees(bounds.north());
      out.plain("\" maxlon=\"").degrees(bounds.east()).plain("\"/>\n");
    }
  }

  @Override
  public void element(StoredElement element) throws IOException {
    if (!asChanges) {
      write(element);
      return;
    }
    String verb = Answers.verb(element).word();
    out.plain(" <").plain(verb).plain(">\n");
    write(element);
    out.plain(" </").plain(verb).plain(">\n");
  }

  private void write(StoredElement element) throws IOException {
    Type type = ElementKey.type(element.key());
    ElementCursor in = element.cursor();
    String word = type.word();
    out.plain(" <").plain(word).plain(" id=\"").number(ElementKey.id(element.key()));
    int version = in.integer();
    long seconds = in.number();
    long changeset = in.number();
    long uid = in.number();
    boolean visible = in.number() != 0;
    out.plain(visible ? "\" visible=\"true" : "\" visible=\"false");
    out.plain("\" version=\"").number(version);
    out.plain("\" changeset=\"").number(changeset);
    out.plain("\" timestamp=\"").time(seconds);
    if (uid != 0) {
      out.plain("\" user=\"").xml(names.name(uid)).plain("\" uid=\"").number(uid);
    }
    int refs = 0;
    if (type == Type.NODE) {
      int lon = (int) in.signed();
      int lat = (int) in.signed();
      if (visible) {
        out.plain("\" lat=\"").degrees(lat).plain("\" lon=\"").degrees(lon);
      }
    } else {
      refs = in.integer();
      if (refs > 0) {
        out.plain("\">\n");
        writeRefs(in, refs, type == Type.RELATION);
      }
    }
    int tags = in.integer();
    if (refs == 0 && tags == 0) {
      out.plain("\"/>\n");
      return;
    }
    if (refs == 0) {
      out.plain("\">\n");
    }
    for (int i = 0; i < tags; i++) {
      out.plain("  <tag k=\"").xml(in.bytes(), in.textStart(), in.textLength());
      out.plain("\" v=\"").xml(in.bytes(), in.textStart(), in.textLength()).plain("\"/>\n");
    }
    out.plain(" </").plain(word).plain(">\n");
  }

  private void writeRefs(ElementCursor in, int count, boolean members) throws IOException {
    long ref = 0;
    for (int i = 0; i < count; i++) {
      long step = in.number();
      if (members) {
        ref += ElementCursor.unzigzag(step >>> 2);
        out.plain("  <member type=\"").plain(TYPES[(int) (step & 3)].word());
        out.plain("\" ref=\"").number(ref).plain("\" role=\"");
        out.xml(in.bytes(), in.textStart(), in.textLength()).plain("\"/>\n");
      } else {
        ref += ElementCursor.unzigzag(step);
        out.plain("  <nd ref=\"").number(ref).plain("\"/>\n");
      }
    }
  }

  @Override
  public void end() throws IOException {
    out.plain("</").plain(root).plain(">\n");
    out.flush();
  }
}
