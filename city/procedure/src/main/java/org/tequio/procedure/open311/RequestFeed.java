package org.tequio.procedure.open311;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.jspecify.annotations.Nullable;
import org.tequio.http.Reply;
import org.tequio.procedure.file.RequestTables.Request;

/**
 * Requests as a layer of a map (GeoJSON, RFC 7946) and as a feed that readers of news follow (Atom,
 * RFC 4287, with GeoRSS Simple). For anyone: nothing in them tells who reported.
 */
final class RequestFeed {
  private static final String ATOM = "http://www.w3.org/2005/Atom";
  private static final String GEORSS = "http://www.georss.org/georss";

  private final RequestWriter writer;
  private final List<Request> requests;

  RequestFeed(RequestWriter writer, List<Request> requests) {
    this.writer = writer;
    this.requests = requests;
  }

  Reply geoJson() {
    List<Map<String, @Nullable Object>> features = new ArrayList<>();
    for (Request one : requests) {
      Map<String, @Nullable Object> properties =
          writer.request(one, RequestWriter.Reader.ANYONE, true);
      properties.remove("lat");
      properties.remove("long");
      Map<String, @Nullable Object> feature = new LinkedHashMap<>();
      feature.put("type", "Feature");
      feature.put("id", one.folio());
      feature.put(
          "geometry",
          Map.of(
              "type",
              "Point",
              "coordinates",
              List.of(one.place().longitude(), one.place().latitude())));
      feature.put("properties", properties);
      features.add(feature);
    }
    Map<String, Object> collection = new LinkedHashMap<>();
    collection.put("type", "FeatureCollection");
    collection.put("features", features);
    return Reply.json("application/geo+json", collection);
  }

  /**
   * The feed.
   *
   * @param self its own address
   * @param title what readers call it
   * @param updated of a feed without entries, in the protocol's form
   */
  Reply atom(String self, String title, String updated) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(out, "UTF-8");
      xml.writeStartDocument("UTF-8", "1.0");
      xml.writeStartElement("feed");
      xml.writeDefaultNamespace(ATOM);
      xml.writeNamespace("georss", GEORSS);
      element(xml, "id", self);
      element(xml, "title", title);
      xml.writeStartElement("author");
      element(xml, "name", title);
      xml.writeEndElement();
      element(
          xml,
          "updated",
          requests.stream()
              .map(Request::updated)
              .max(java.util.Comparator.naturalOrder())
              .map(Text::of)
              .orElse(updated));
      link(xml, "self", self);
      for (Request one : requests) {
        entry(xml, one, self);
      }
      xml.writeEndElement();
      xml.writeEndDocument();
      xml.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("written to memory", e);
    }
    return Reply.text("application/atom+xml; charset=utf-8", out.toByteArray());
  }

  private void entry(XMLStreamWriter xml, Request one, String self) throws XMLStreamException {
    Map<String, @Nullable Object> told = writer.request(one, RequestWriter.Reader.ANYONE, false);
    String address = self.replaceFirst("/requests\\.atom.*$", "/requests/" + one.folio() + ".xml");
    xml.writeStartElement("entry");
    element(xml, "id", address);
    element(xml, "title", writer.name(one.file()) + " · " + one.folio());
    element(xml, "published", String.valueOf(told.get("requested_datetime")));
    element(xml, "updated", String.valueOf(told.get("updated_datetime")));
    element(xml, "summary", told.get("status_notes") + " " + told.get("agency_responsible"));
    link(xml, "alternate", address);
    xml.writeStartElement(GEORSS, "point");
    xml.writeCharacters(one.place().latitude() + " " + one.place().longitude());
    xml.writeEndElement();
    xml.writeEndElement();
  }

  private static void link(XMLStreamWriter xml, String relation, String address)
      throws XMLStreamException {
    xml.writeEmptyElement("link");
    xml.writeAttribute("rel", relation);
    xml.writeAttribute("href", address);
  }

  private static void element(XMLStreamWriter xml, String name, String text)
      throws XMLStreamException {
    xml.writeStartElement(name);
    xml.writeCharacters(Text.forXml(text));
    xml.writeEndElement();
  }
}
