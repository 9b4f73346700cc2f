package org.tequio.publish.wfs;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.FeatureRow;
import org.tequio.publish.ows.XmlBytes;

/**
 * Writes the pages of an answer as a collection of GML (OGC 09-025r2, 7.7; 04-094, 9.3). A short
 * page is made whole before its frame; of a long one, only the numbers are learnt first. Not
 * thread-safe.
 */
final class GmlReply {
  private static final int TURN_BYTES = 256 * 1024;

  private final FeatureRequest request;
  private final List<FeaturePage> pages;
  private final Links links;
  private final Instant now;
  private final WfsVersion gml;
  private final XmlBytes out = new XmlBytes();

  /** Where the service, and the pages before and after this one, are. */
  interface Links {
    /** The address of the service. */
    String service();

    /** The same request from another offset; null where it is no address. */
    @Nullable String at(long start);
  }

  GmlReply(FeatureRequest request, List<FeaturePage> pages, Links links, Instant now) {
    this.request = request;
    this.pages = pages;
    this.links = links;
    this.now = now;
    this.gml = request.format() == OutputFormat.GML31 ? WfsVersion.V1_1 : WfsVersion.V2_0;
  }

  void writeTo(OutputStream to) throws IOException {
    out.raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    boolean single = pages.size() == 1;
    if (!single) {
      frameOfSeveral();
    }
    for (FeaturePage page : pages) {
      if (!single) {
        out.raw("<wfs:member>");
      }
      write(page, single, to);
      if (!single) {
        out.raw("</wfs:member>");
      }
    }
    if (!single) {
      out.raw("</wfs:FeatureCollection>");
    }
    out.flushTo(to);
  }

  private void frameOfSeveral() {
    long returned = 0;
    long matched = 0;
    boolean known = true;
    for (FeaturePage page : pages) {
      FeaturePage end = page.end();
      returned += end.returned();
      OptionalLong all = end.matched();
      known &= all.isPresent();
      matched += all.orElse(0);
    }
    open("FeatureCollection", true);
    numbers(known ? OptionalLong.of(matched) : OptionalLong.empty(), returned);
    out.raw(">");
  }

  private void write(FeaturePage page, boolean outermost, OutputStream to) throws IOException {
    XmlBytes members = new XmlBytes();
    GmlBytes writer = writer(page, members);
    // What fits into one turn is counted as it is written.
    boolean goOn = turn(page, writer, members);
    FeaturePage end = goOn ? page.end() : page;
    open(request.reference() == null ? "FeatureCollection" : "ValueCollection", outermost);
    numbers(end.matched(), end.returned());
    if (outermost && request.version().isGml32()) {
      // A page of nothing leads nowhere.
      boolean pages = request.count() > 0;
      link("next", pages && end.hasMore() ? request.start() + end.returned() : -1);
      link(
          "previous",
          pages && request.start() > 0 ? Math.max(0, request.start() - request.count()) : -1);
    }
    out.raw(">");
    boolean members11 = request.version() == WfsVersion.V1_1 && end.returned() > 0;
    if (members11) {
      out.raw("<gml:featureMembers>");
    }
    out.flushTo(to);
    members.flushTo(to);
    while (goOn) {
      goOn = turn(page, writer, members);
      members.flushTo(to);
    }
    if (members11) {
      out.raw("</gml:featureMembers>");
    }
    out.raw(request.reference() == null ? "</wfs:FeatureCollection>" : "</wfs:ValueCollection>");
  }

  private GmlBytes writer(FeaturePage page, XmlBytes members) {
    TypeQuery query = page.scan().query();
    return new GmlBytes(
        query.type(), gml, query.crs(), query.wanted(), query.withGeometry(), members);
  }

  private boolean turn(FeaturePage page, GmlBytes writer, XmlBytes members) {
    return page.turn(
        row -> {
          member(page.scan().query().type(), row, writer, members);
          return members.size() < TURN_BYTES;
        });
  }

  private void member(FeatureType type, FeatureRow row, GmlBytes writer, XmlBytes members) {
    boolean named = request.version().isGml32();
    if (named) {
      members.raw("<wfs:member>");
    }
    String reference = request.reference();
    if (reference == null) {
      writer.feature(row);
    } else {
      value(reference, type, row, writer, members);
    }
    if (named) {
      members.raw("</wfs:member>");
    }
  }

  private static void value(
      String reference, FeatureType type, FeatureRow row, GmlBytes writer, XmlBytes members) {
    String id = type.featureId(row.id());
    if (reference.endsWith("@gml:id")) {
      members.raw(id);
      return;
    }
    int before = members.size();
    int index = type.isGeometry(reference) ? -1 : type.indexOf(reference);
    if (index < 0) {
      writer.geometry(row, id);
    } else {
      writer.field(index, row.value(type.layer().positions()[index]));
    }
    if (members.size() == before) {
      String element = index < 0 ? type.geometry() : type.elements().get(index);
      members.raw("<").raw(FeatureType.tag(FeatureType.PREFIX + ":" + element));
      members.raw(" xsi:nil=\"true\"/>");
    }
  }

  private void open(String element, boolean outermost) {
    out.raw("<wfs:").raw(element);
    if (outermost) {
      out.raw(" xmlns:wfs=\"").raw(request.version().wfs());
      out.raw("\" xmlns:gml=\"").raw(gml.gml());
      out.raw("\" xmlns:").raw(FeatureType.PREFIX).raw("=\"").raw(FeatureType.NAMESPACE);
      out.raw("\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"");
      out.raw(" xsi:schemaLocation=\"").text(schemas()).raw("\"");
    }
  }

  private String schemas() {
    String types =
        String.join(
            ",", pages.stream().map(page -> page.scan().query().type().name()).distinct().toList());
    return request.version().wfs()
        + " "
        + request.version().wfsSchema()
        + " "
        + FeatureType.NAMESPACE
        + " "
        + links.service()
        + (links.service().contains("?") ? "&" : "?")
        + "service=WFS&version="
        + gml.number()
        + "&request=DescribeFeatureType&typeName="
        + types;
  }

  private void numbers(OptionalLong matched, long returned) {
    out.raw(" timeStamp=\"").raw(now.toString()).raw("\"");
    switch (request.version()) {
      case V2_0 -> {
        out.raw(" numberMatched=\"");
        out.raw(matched.isPresent() ? Long.toString(matched.getAsLong()) : "unknown");
        out.raw("\" numberReturned=\"").number(returned).raw("\"");
      }
      case V1_1 -> out.raw(" numberOfFeatures=\"").number(returned).raw("\"");
    }
  }

  private void link(String name, long start) {
    String at = start < 0 ? null : links.at(start);
    if (at != null) {
      out.raw(" ").raw(name).raw("=\"").text(at).raw("\"");
    }
  }

  /** The answer to a request for the number alone. */
  byte[] hits(OptionalLong matched) throws IOException {
    var bytes = new java.io.ByteArrayOutputStream();
    out.raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    open(request.reference() == null ? "FeatureCollection" : "ValueCollection", true);
    switch (request.version()) {
      case V2_0 -> {
        numbers(matched, 0);
        boolean none = request.count() == 0 || matched.isPresent() && matched.getAsLong() == 0;
        link("next", none ? -1 : request.start());
      }
      case V1_1 -> numbers(matched, matched.orElse(0));
    }
    out.raw("/>").flushTo(bytes);
    return bytes.toByteArray();
  }

  /** The feature itself, for a stored query; null where there is none. */
  byte @Nullable [] bare() throws IOException {
    FeaturePage page = pages.getFirst();
    TypeQuery query = page.scan().query();
    String declared =
        " xmlns:gml=\""
            + gml.gml()
            + "\" xmlns:"
            + FeatureType.PREFIX
            + "=\""
            + FeatureType.NAMESPACE
            + "\"";
    XmlBytes one = new XmlBytes();
    GmlBytes writer =
        new GmlBytes(query.type(), gml, query.crs(), query.wanted(), query.withGeometry(), one);
    writer.declare(declared);
    page.turn(
        row -> {
          writer.feature(row);
          return true;
        });
    if (page.returned() == 0) {
      return null;
    }
    var bytes = new java.io.ByteArrayOutputStream();
    out.raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n").flushTo(bytes);
    one.flushTo(bytes);
    return bytes.toByteArray();
  }
}
