package org.tequio.publish.wfs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.Crs;
import org.tequio.feature.Field;
import org.tequio.feature.FieldType;
import org.tequio.feature.LocalText;
import org.tequio.formats.FormatException;
import org.tequio.formats.GmlPlace;
import org.tequio.formats.XmlReader;
import org.tequio.publish.edit.Content;
import org.tequio.publish.ows.CrsName;
import org.tequio.publish.ows.OwsCode;
import org.tequio.publish.ows.OwsException;
import org.tequio.publish.wfs.TransactionRequest.Action;

/**
 * Reads transactions (OGC 09-025r2, clause 15; 04-094, clause 12). The cursor stands at the
 * request's element. Not thread-safe.
 */
final class TransactionReader {
  private static final LocalText ACTION = LocalText.same("Insert, Update, Replace, Delete");

  private final XmlReader xml;
  private final WfsVersion version;
  private final boolean old;
  private final FeatureTypes types;
  private final List<Action> actions = new ArrayList<>();

  /**
   * Reads one transaction.
   *
   * @param old true for one of version 1.0, where coordinates are x before y in every system
   */
  TransactionReader(XmlReader xml, WfsVersion version, boolean old, FeatureTypes types) {
    this.xml = xml;
    this.version = version;
    this.old = old;
    this.types = types;
  }

  TransactionRequest read() throws FormatException {
    String handle = attribute("handle", "");
    if (xml.attribute("lockId") != null) {
      throw notOffered("lockId");
    }
    int inside = xml.depth();
    while (FesReader.toChild(xml, inside)) {
      switch (xml.localName()) {
        case "Insert" -> insert();
        case "Update" -> update();
        case "Replace" -> replace();
        case "Delete" -> delete();
        case "LockId" -> throw notOffered("LockId");
        case "Native" -> {
          if (!"true".equals(xml.attribute("safeToIgnore"))) {
            throw notOffered("Native");
          }
          xml.skip();
        }
        default -> throw OwsException.invalid("Transaction", ACTION, xml.localName());
      }
    }
    return new TransactionRequest(version, old, handle, actions);
  }

  private static OwsException notOffered(String what) {
    return new OwsException(
        OwsCode.OPTION_NOT_SUPPORTED,
        what,
        new LocalText("no se ofrece", "não é oferecido", "this is not offered"));
  }

  private String attribute(String name, String otherwise) {
    String value = xml.attribute(name);
    return value == null || value.isBlank() ? otherwise : value.strip();
  }

  private void insert() throws FormatException {
    String handle = attribute("handle", "");
    String system = attribute("srsName", "");
    if (!attribute("idgen", "GenerateNew").equals("GenerateNew")) {
      throw notOffered("idgen");
    }
    features(handle, system);
  }

  /** The features right inside an element, also those of collections in it. */
  private void features(String handle, String system) throws FormatException {
    int inside = xml.depth();
    while (FesReader.toChild(xml, inside)) {
      switch (xml.localName()) {
        case "FeatureCollection", "member", "featureMember", "featureMembers" ->
            features(handle, system);
        case "boundedBy" -> xml.skip();
        default -> {
          FeatureType type = types.get(xml.localName(), "Insert");
          actions.add(new Action.Insert(type, handle, content(type, system)));
        }
      }
    }
  }

  private void update() throws FormatException {
    String handle = attribute("handle", "");
    String system = attribute("srsName", "");
    FeatureType type = namedType();
    FesFilter filter = null;
    ContentDraft draft = new ContentDraft(type, system);
    int inside = xml.depth();
    while (FesReader.toChild(xml, inside)) {
      switch (xml.localName()) {
        case "Property" -> property(draft);
        case "Filter" -> filter = new FesReader(xml, type).filter();
        default -> throw OwsException.invalid("Update", WfsTexts.PROPERTY, xml.localName());
      }
    }
    actions.add(new Action.Update(type, handle, required(filter), draft.content()));
  }

  private FeatureType namedType() {
    String name = attribute("typeName", "");
    if (name.isEmpty()) {
      throw OwsException.missing("typeName");
    }
    return types.get(name, "typeName");
  }

  private static FesFilter required(@Nullable FesFilter filter) {
    if (filter == null) {
      throw OwsException.missing("Filter");
    }
    return filter;
  }

  private void property(ContentDraft draft) throws FormatException {
    String reference = "";
    boolean said = false;
    int inside = xml.depth();
    while (FesReader.toChild(xml, inside)) {
      switch (xml.localName()) {
        case "Name", "ValueReference" -> {
          String how = attribute("action", "replace");
          if (!how.equals("replace") && !how.equals("remove")) {
            throw notOffered("action=" + how);
          }
          reference = xml.text().strip();
        }
        case "Value" -> {
          draft.read(reference);
          said = true;
        }
        default -> throw OwsException.invalid("Property", WfsTexts.PROPERTY, xml.localName());
      }
    }
    if (!said) {
      draft.unknown(reference);
    }
  }

  private void replace() throws FormatException {
    String handle = attribute("handle", "");
    String system = attribute("srsName", "");
    FeatureType type = null;
    Content content = null;
    FesFilter filter = null;
    int inside = xml.depth();
    while (FesReader.toChild(xml, inside)) {
      if (type != null && xml.localName().equals("Filter")) {
        filter = new FesReader(xml, type).filter();
      } else {
        type = types.get(xml.localName(), "Replace");
        content = content(type, system);
      }
    }
    if (type == null || content == null) {
      throw OwsException.missing("Replace");
    }
    actions.add(new Action.Replace(type, handle, required(filter), content));
  }

  private void delete() throws FormatException {
    String handle = attribute("handle", "");
    FeatureType type = namedType();
    FesFilter filter = null;
    int inside = xml.depth();
    while (FesReader.toChild(xml, inside)) {
      filter = new FesReader(xml, type).filter();
    }
    actions.add(new Action.Delete(type, handle, required(filter)));
  }

  private Content content(FeatureType type, String system) throws FormatException {
    ContentDraft draft = new ContentDraft(type, system);
    int inside = xml.depth();
    while (FesReader.toChild(xml, inside)) {
      if (xml.localName().equals("boundedBy")) {
        xml.skip();
      } else {
        draft.read(xml.localName());
      }
    }
    return draft.content();
  }

  /** What is said of one feature while it is read. */
  private final class ContentDraft {
    private final FeatureType type;
    private final String system;
    private final Map<String, @Nullable Object> values = new LinkedHashMap<>();
    private Content.@Nullable Place place;

    ContentDraft(FeatureType type, String system) {
      this.type = type;
      this.system = system.isEmpty() ? CrsName.urn(type.layer().stored().crs()).uri() : system;
    }

    Content content() {
      return new Content(values, place);
    }

    /** Says that a property is not known. */
    void unknown(String reference) {
      if (type.isGeometry(reference)) {
        place = new Content.Place(null, crs());
      } else {
        values.put(field(reference).name(), null);
      }
    }

    private Crs crs() {
      return type.layer().stored().crs();
    }

    private Field field(String reference) {
      int index = type.indexOf(reference);
      if (index < 0) {
        throw OwsException.invalid(reference, WfsTexts.PROPERTY, reference);
      }
      return type.layer().fields().get(index);
    }

    /** Reads the value of a property from the element where the cursor stands, to its end. */
    void read(String reference) throws FormatException {
      if ("true".equals(xml.attribute("nil"))) {
        unknown(reference);
        xml.skip();
      } else if (type.isGeometry(reference)) {
        geometry(reference);
      } else {
        Field field = field(reference);
        String text = xml.text();
        boolean empty = field.type() != FieldType.TEXT && text.isBlank();
        values.put(field.name(), empty ? null : text);
      }
    }

    private void geometry(String reference) throws FormatException {
      unknown(reference);
      int inside = xml.depth();
      while (FesReader.toChild(xml, inside)) {
        GmlPlace read = GmlPlace.read(xml, system, old);
        place = new Content.Place(read.wkb(), read.crs());
      }
    }
  }
}
