package org.tequio.publish.wfs;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.Crs;
import org.tequio.feature.Field;
import org.tequio.feature.LocalText;
import org.tequio.feature.Progress;
import org.tequio.formats.Formats;
import org.tequio.formats.Imprint;
import org.tequio.formats.WriterFormat;
import org.tequio.http.Call;
import org.tequio.http.Problem;
import org.tequio.http.ProblemException;
import org.tequio.http.Reply;
import org.tequio.publish.LayerExport;
import org.tequio.publish.layer.GeoJsonBytes;
import org.tequio.publish.layer.PublicLayer;
import org.tequio.publish.ows.OwsCode;
import org.tequio.publish.ows.OwsException;
import org.tequio.storage.FeatureStore;

/** Answers GetFeature and GetPropertyValue in the form that is asked for. Thread-safe. */
final class FeatureReplies {
  private static final int TURN_BYTES = 256 * 1024;

  /** Files made at the same time; each takes disk and a core. */
  private static final int FILES_AT_ONCE = 4;

  private static final int PATIENCE_SECONDS = 20;

  private final Semaphore files = new Semaphore(FILES_AT_ONCE, true);
  private final FeatureStore store;
  private final Clock clock;
  private final Bookmarks bookmarks;

  FeatureReplies(FeatureStore store, Clock clock) {
    this.store = store;
    this.clock = clock;
    this.bookmarks = new Bookmarks(clock);
  }

  /**
   * Answers.
   *
   * @param service the address of the service, with what it must carry
   */
  Reply of(Call call, FeatureRequest request, FeatureTypes types, String service)
      throws IOException {
    List<FeatureScan> scans = new ArrayList<>();
    for (TypeQuery query : request.queries()) {
      scans.add(new FeatureScan(store, query, types.state()));
    }
    if (request.reference() != null) {
      requireReference(request);
    }
    GmlReply.Links links = links(call, request, service);
    if (request.hits()) {
      byte[] document =
          new GmlReply(request, pages(request, scans, types), links, now()).hits(matched(scans));
      return Reply.text(gmlType(request), document);
    }
    return switch (request.format()) {
      case GML32, GML31 -> gml(request, scans, types, links);
      case GEOJSON -> {
        FeaturePage page = pages(request, scans, types).getFirst();
        requireOne(request);
        yield Reply.streamedText(
            OutputFormat.GEOJSON.mediaType(), out -> new JsonPage(page).writeTo(out));
      }
      case CSV, SHAPEFILE -> {
        requireOne(request);
        yield file(request, pages(request, scans, types).getFirst());
      }
    };
  }

  private java.time.Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS);
  }

  private static String gmlType(FeatureRequest request) {
    return request.format() == OutputFormat.GML31
        ? OutputFormat.GML31.mediaType()
        : OutputFormat.GML32.mediaType();
  }

  private static void requireReference(FeatureRequest request) {
    String reference = String.valueOf(request.reference());
    FeatureType type = request.queries().getFirst().type();
    if (request.queries().size() != 1
        || !reference.endsWith("@gml:id")
            && !type.isGeometry(reference)
            && type.indexOf(reference) < 0) {
      throw OwsException.invalid("valueReference", WfsTexts.PROPERTY, reference);
    }
  }

  private static void requireOne(FeatureRequest request) {
    if (request.queries().size() != 1) {
      throw new OwsException(
          OwsCode.OPTION_NOT_SUPPORTED,
          "outputFormat",
          new LocalText(
              "este formato lleva una sola capa",
              "este formato leva uma só camada",
              "this format holds one layer"));
    }
  }

  private static OptionalLong matched(List<FeatureScan> scans) {
    long all = 0;
    for (FeatureScan scan : scans) {
      OptionalLong one = scan.matched();
      if (one.isEmpty()) {
        return one;
      }
      all += one.getAsLong();
    }
    return OptionalLong.of(all);
  }

  /** One page for each query; together they hold no more than is asked for. */
  private List<FeaturePage> pages(
      FeatureRequest request, List<FeatureScan> scans, FeatureTypes types) {
    List<FeaturePage> pages = new ArrayList<>();
    long start = request.start();
    long left = request.count();
    for (FeatureScan scan : scans) {
      TypeQuery query = scan.query();
      String key = query.type().layer().id() + "|" + types.asOf() + "|" + query.condition();
      FeaturePage page =
          new FeaturePage(
              scan, query.ids() == null ? bookmarks : new Bookmarks(clock), key, start, left);
      pages.add(page);
      if (scans.size() > 1) {
        long returned = page.end().returned();
        left -= Math.min(left, returned);
        start = returned > 0 ? 0 : Math.max(0, start - scan.count(Long.MAX_VALUE));
      }
    }
    return pages;
  }

  private static GmlReply.Links links(Call call, FeatureRequest request, String service) {
    boolean byParameters = call.header("Content-Type").isEmpty() && request.sent() == null;
    return new GmlReply.Links() {
      @Override
      public String service() {
        return service;
      }

      @Override
      public @Nullable String at(long start) {
        String sent = request.sent();
        if (sent != null) {
          String separator = service.contains("?") ? "&" : "?";
          return service
              + separator
              + "service=WFS&"
              + SentQuery.PARAMETER
              + "="
              + sent
              + "&"
              + SentQuery.START
              + "="
              + start;
        }
        if (!byParameters) {
          return null;
        }
        // The offset may have been written in any case.
        Map<String, @Nullable String> changes = new HashMap<>();
        for (String name : call.openQuery().keySet()) {
          if (name.equalsIgnoreCase("startIndex") || name.equalsIgnoreCase("resultType")) {
            changes.put(name, null);
          }
        }
        changes.put("startIndex", Long.toString(start));
        return call.linkWith(changes);
      }
    };
  }

  private Reply gml(
      FeatureRequest request, List<FeatureScan> scans, FeatureTypes types, GmlReply.Links links)
      throws IOException {
    GmlReply reply = new GmlReply(request, pages(request, scans, types), links, now());
    if (!request.bare()) {
      return Reply.streamedText(gmlType(request), reply::writeTo);
    }
    byte[] feature = reply.bare();
    if (feature == null) {
      TypeQuery query = request.queries().getFirst();
      long[] ids = query.ids();
      throw StoredQueries.notFound(query.type().featureId(ids == null ? 0 : ids[0]));
    }
    return Reply.text(gmlType(request), feature);
  }

  /** Writes a page as GeoJSON. */
  private final class JsonPage {
    private final FeaturePage page;
    private final GeoJsonBytes json;
    private boolean first = true;

    JsonPage(FeaturePage page) {
      this.page = page;
      this.json = new GeoJsonBytes(narrowed(page.scan().query()));
    }

    void writeTo(java.io.OutputStream out) throws IOException {
      json.raw("{\"type\":\"FeatureCollection\",\"features\":[");
      boolean goOn = true;
      while (goOn) {
        goOn =
            page.turn(
                row -> {
                  json.raw(first ? "" : ",").feature(row, "");
                  first = false;
                  return json.size() < TURN_BYTES;
                });
        json.flushTo(out);
      }
      OptionalLong matched = page.matched();
      if (matched.isPresent()) {
        json.raw("],\"numberMatched\":").raw(Long.toString(matched.getAsLong()));
      } else {
        json.raw("]");
      }
      json.raw(",\"numberReturned\":").raw(Long.toString(page.returned()));
      json.raw(",\"timeStamp\":\"").raw(now().toString()).raw("\"}");
      json.flushTo(out);
    }
  }

  /** The layer as if it had no other fields than those that are wanted. */
  private static PublicLayer narrowed(TypeQuery query) {
    PublicLayer layer = query.type().layer();
    List<Field> fields = new ArrayList<>();
    List<Integer> positions = new ArrayList<>();
    for (int i = 0; i < query.wanted().length; i++) {
      if (query.wanted()[i]) {
        fields.add(layer.fields().get(i));
        positions.add(layer.positions()[i]);
      }
    }
    return new PublicLayer(
        layer.record(),
        layer.stored(),
        fields,
        positions.stream().mapToInt(Integer::intValue).toArray(),
        layer.closedFields(),
        layer.version(),
        layer.asOf());
  }

  private Reply file(FeatureRequest request, FeaturePage page) {
    String extension = request.format() == OutputFormat.CSV ? "csv" : "shp.zip";
    WriterFormat format =
        Formats.writers().stream()
            .filter(writer -> writer.extension().equals(extension))
            .findFirst()
            .orElseThrow();
    TypeQuery query = page.scan().query();
    PublicLayer narrow = narrowed(query);
    String name = narrow.id() + "." + extension;
    return Reply.streamed(
            format.mediaType(),
            out -> {
              Path file = Files.createTempFile("tequio-wfs", "." + extension);
              try {
                write(page, narrow, format, format.crsFor(query.crs().crs()), file);
                try (InputStream in = Files.newInputStream(file)) {
                  in.transferTo(out);
                }
              } finally {
                Files.deleteIfExists(file);
              }
            })
        .with("Content-Disposition", "attachment; filename=\"" + name + "\"");
  }

  /** Makes the file; nothing has been sent yet, so that a busy server can still say so. */
  private void write(FeaturePage page, PublicLayer layer, WriterFormat format, Crs crs, Path file)
      throws IOException {
    try {
      if (!files.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new ProblemException(Problem.busy());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ProblemException(Problem.busy());
    }
    try {
      LayerExport.write(
          visitor -> {
            boolean goOn = page.turn(visitor);
            while (goOn) {
              goOn = page.turn(visitor);
            }
          },
          layer.stored(),
          field -> layer.indexOf(field.name()) >= 0,
          format,
          crs,
          Imprint.NONE,
          file,
          Progress.NONE);
    } finally {
      files.release();
    }
  }
}
