package org.tequio.formats.gml;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tequio.formats.FormatException;
import org.tequio.formats.Limits;
import org.tequio.formats.PagedFile;
import org.tequio.formats.XmlReader;
import org.tequio.formats.paging.SeenFeatures;

/** Joins the answers of a WFS, whatever GML they are in, into one collection. */
public final class GmlPages implements PagedFile {
  private static final int MOST_CHARACTERS = 256 << 20;
  private static final Pattern ID = Pattern.compile(" (?:[\\w.-]+:)?(?:id|fid)=\"([^\"]*)\"");

  private final Limits limits;
  private final Writer out;
  private final SeenFeatures seen = new SeenFeatures();
  private final StringBuilder element = new StringBuilder();
  private boolean bounded;

  /** Begins the file. */
  public GmlPages(Path file, Limits limits) throws IOException {
    this.limits = limits;
    this.out = new BufferedWriter(Files.newBufferedWriter(file, StandardCharsets.UTF_8), 1 << 16);
    out.write(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            + "<wfs:FeatureCollection xmlns:wfs=\"http://www.opengis.net/wfs/2.0\""
            + " xmlns:gml=\"http://www.opengis.net/gml/3.2\">\n");
  }

  @Override
  public Page add(Path page) throws IOException, FormatException {
    try (XmlReader xml = XmlReader.open(page, limits)) {
      return new Reading(xml).page();
    }
  }

  @Override
  public long features() {
    return seen.size();
  }

  @Override
  public void close() throws IOException {
    try (out) {
      out.write("</wfs:FeatureCollection>\n");
    }
  }

  /** One page on its way. */
  private final class Reading {
    private final XmlReader xml;
    private long count;
    private long fresh;
    private long matched = -1;
    // WFS 1.1 has one number: of what is here, or, where nothing is here, of what there is.
    private long told = -1;
    private @Nullable String next;
    private boolean collection;

    Reading(XmlReader xml) {
      this.xml = xml;
    }

    Page page() throws IOException, FormatException {
      seen.beginPage();
      while (xml.next()) {
        if (!xml.isStart()) {
          continue;
        }
        switch (xml.localName()) {
          case "FeatureCollection" -> head();
          case "featureMember", "featureMembers", "member" -> members();
          case "boundedBy" -> bounds();
          case "ExceptionReport", "ServiceExceptionReport" -> {
            return fault();
          }
          case "truncatedResponse", "additionalObjects", "metadata" -> {}
          default -> {
            if (xml.depth() == 1) {
              return new Page.Fault("", "an answer of the type " + xml.localName());
            }
          }
        }
      }
      if (!collection) {
        return new Page.Fault("", "an empty answer");
      }
      return new Page.Features(
          count, fresh, matched < 0 && count == 0 ? told : matched, next, false);
    }

    private void head() {
      boolean outermost = !collection;
      collection = true;
      if (outermost) {
        next = xml.attribute("next");
        matched = number(xml.attribute("numberMatched"));
        told = number(xml.attribute("numberOfFeatures"));
      }
    }

    private void members() throws IOException, FormatException {
      int inside = xml.depth();
      while (xml.next() && !(xml.isEnd() && xml.depth() == inside)) {
        if (!xml.isStart()) {
          continue;
        }
        switch (xml.localName()) {
          case "FeatureCollection", "Tuple" -> {}
          case "member", "featureMember" -> members();
          case "boundedBy" -> bounds();
          default -> feature();
        }
      }
    }

    // The system of features that do not name one stands in the collection's envelope.
    private void bounds() throws IOException, FormatException {
      element.setLength(0);
      xml.copyTo(element, MOST_CHARACTERS);
      if (!bounded && element.indexOf("srsName") >= 0) {
        bounded = true;
        out.append(element).append('\n');
      }
    }

    private void feature() throws IOException, FormatException {
      String id = xml.attribute("id");
      id = id == null ? xml.attribute("fid") : id;
      element.setLength(0);
      xml.copyTo(element, MOST_CHARACTERS);
      count++;
      boolean trusted = id != null && SeenFeatures.isTrusted(id);
      Matcher ids = ID.matcher(element);
      if (seen.add(trusted ? String.valueOf(id) : ids.replaceAll(""))) {
        fresh++;
        out.append("<wfs:member>").append(element).append("</wfs:member>\n");
      }
    }

    private Page.Fault fault() throws FormatException {
      String code = "";
      StringBuilder text = new StringBuilder();
      do {
        if (xml.isStart()) {
          String given = xml.attribute("exceptionCode");
          given = given == null ? xml.attribute("code") : given;
          code = given == null || !code.isEmpty() ? code : given;
        } else if (!xml.isEnd() && text.length() < 2_000) {
          text.append(xml.piece());
        }
      } while (xml.next());
      return new Page.Fault(code, text.toString().strip().replaceAll("\\s+", " "));
    }
  }

  private static long number(@Nullable String text) {
    return text != null && text.matches("\\d{1,18}") ? Long.parseLong(text) : -1;
  }
}
