package org.tequio.publish.layer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.tequio.feature.Crs;
import org.tequio.feature.CrsRegistry;
import org.tequio.feature.LayerId;
import org.tequio.feature.LocalText;
import org.tequio.feature.Progress;
import org.tequio.formats.Formats;
import org.tequio.formats.WriterFormat;
import org.tequio.http.Action;
import org.tequio.http.Call;
import org.tequio.http.Endpoint;
import org.tequio.http.Parameter;
import org.tequio.http.Permission;
import org.tequio.http.Permissions;
import org.tequio.http.Problem;
import org.tequio.http.ProblemException;
import org.tequio.http.Reply;
import org.tequio.publish.LayerExport;
import org.tequio.storage.FeatureStore;

/**
 * Whole layers to take home, in every format that Tequio writes. A file is made whole in a
 * temporary folder first, so that a client never holds half of one that looks complete.
 */
public final class DownloadsEndpoint {
  /** Files made at the same time; each takes disk and a core. */
  private static final int AT_ONCE = 4;

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final Parameter<String> FILE =
      new Parameter<>(
          Parameter.Place.PATH,
          "file",
          "A layer's identifier and the extension of a format, such as predios.gpkg.",
          new LocalText("una capa y un formato", "uma camada e um formato", "a layer and a format"),
          Parameter.schema("string"),
          text -> text.indexOf('.') > 0 ? Optional.of(text) : Optional.empty());

  private static final Parameter<Crs> CRS =
      new Parameter<>(
          Parameter.Place.QUERY,
          "crs",
          "Coordinate system of the file, where its format allows one; else that of the layer.",
          new LocalText("EPSG:n conocido", "EPSG:n conhecido", "a known EPSG:n"),
          Parameter.schema("string", "pattern", "^EPSG:[0-9]+$"),
          DownloadsEndpoint::crs);

  private final FeatureStore store;
  private final PublicLayers layers;
  private final Permissions permissions;
  private final Semaphore turns = new Semaphore(AT_ONCE, true);

  /** Answers from these. */
  public DownloadsEndpoint(FeatureStore store, PublicLayers layers, Permissions permissions) {
    this.store = store;
    this.layers = layers;
    this.permissions = permissions;
  }

  private static Optional<Crs> crs(String text) {
    if (!text.matches("(?i)(EPSG:)?[0-9]{1,6}")) {
      return Optional.empty();
    }
    int code = Integer.parseInt(text.replaceFirst("^\\D+", ""));
    return code < 1
        ? Optional.empty()
        : Optional.of(new Crs(code)).filter(CrsRegistry.standard()::knows);
  }

  /** Its operations. */
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/api/downloads/{file}", "download", Action.LAYER_READ, this::download)
            .summary("A whole layer as a file: geojson, gpkg, shp.zip, csv, kml or xlsx.")
            .with(FILE, CRS, Moment.AS_OF)
            .answers("application/octet-stream", null));
  }

  private Reply download(Call call) {
    String file = call.path(FILE);
    String name = file.substring(0, file.indexOf('.'));
    if (!LayerId.isValid(name)) {
      throw new ProblemException(Problem.notFound(file));
    }
    LayerId id = new LayerId(name);
    permissions.require(call, Permission.READ_LAYER);
    PublicLayer layer = layers.get(id, Moment.of(call));
    WriterFormat format = format(file, name);
    Crs crs = format.crsFor(call.query(CRS).orElse(layer.stored().crs()));
    String tag = layer.version() + "-" + format.extension() + "-" + crs.epsg();
    return Reply.streamed(
            format.mediaType(),
            out -> {
              Path folder = Files.createTempDirectory("tequio-download");
              try {
                Path made = folder.resolve(name + "." + format.extension());
                write(layer, format, crs, made);
                try (InputStream in = Files.newInputStream(made, StandardOpenOption.READ)) {
                  in.transferTo(out);
                }
              } finally {
                delete(folder);
              }
            })
        .with("Content-Disposition", "attachment; filename=\"" + file + "\"")
        .tagged(tag);
  }

  private static WriterFormat format(String file, String name) {
    return Formats.writers().stream()
        .filter(writer -> file.equals(name + "." + writer.extension()))
        .findFirst()
        .orElseThrow(() -> new ProblemException(Problem.notFound(file)));
  }

  private void write(PublicLayer layer, WriterFormat format, Crs crs, Path file)
      throws IOException {
    try {
      if (!turns.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new ProblemException(Problem.busy());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ProblemException(Problem.busy());
    }
    try {
      LayerExport.write(
          store,
          layer.stored(),
          field -> layer.fields().stream().anyMatch(open -> open.name().equals(field.name())),
          layer.asOf(),
          format,
          crs,
          file,
          Progress.NONE);
    } finally {
      turns.release();
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }
}
