package org.tequio.formats.osm;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import org.tequio.formats.osm.ElementForm.Content;

/** Writes OSM XML or osmChange, generation 0.6. */
final class XmlElementWriter implements ElementWriter {
  private final Writer out;
  private final boolean change;
  private final boolean history;
  private String block = "";

  XmlElementWriter(OutputStream out, boolean change, Content content) throws IOException {
    this.out = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), 1 << 16);
    this.change = change;
    this.history = !change && content == Content.HISTORY;
    this.out.write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<");
    this.out.write(root());
    this.out.write(" version=\"0.6\" generator=\"Tequio\">\n");
  }

  private String root() {
    return change ? "osmChange" : "osm";
  }

  @Override
  public void write(OsmElement element) throws IOException {
    if (change) {
      String wanted =
          !element.meta().visible()
              ? "delete"
              : element.meta().version() <= 1 ? "create" : "modify";
      if (!wanted.equals(block)) {
        endBlock();
        out.write("<" + wanted + ">\n");
        block = wanted;
      }
    }
    ElementXml.append(out, element, history);
    out.write('\n');
  }

  private void endBlock() throws IOException {
    if (!block.isEmpty()) {
      out.write("</" + block + ">\n");
    }
  }

  @Override
  public void close() throws IOException {
    try (out) {
      endBlock();
      out.write("</" + root() + ">\n");
    }
  }
}
