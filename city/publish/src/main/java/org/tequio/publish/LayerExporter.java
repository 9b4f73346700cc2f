package org.tequio.publish;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tequio.catalogue.Catalogue;
import org.tequio.catalogue.LayerRecord;
import org.tequio.catalogue.MetadataRecords;
import org.tequio.feature.Crs;
import org.tequio.feature.CrsRegistry;
import org.tequio.feature.Field;
import org.tequio.feature.LocalText;
import org.tequio.feature.Progress;
import org.tequio.feature.ServiceCrs;
import org.tequio.formats.Imprint;
import org.tequio.formats.WriterFormat;
import org.tequio.http.Parameter;
import org.tequio.http.Problem;
import org.tequio.http.ProblemException;
import org.tequio.publish.layer.PublicLayer;
import org.tequio.publish.layer.PublicLayers;
import org.tequio.publish.ogc.FeatureSelection;
import org.tequio.publish.record.LayerImprint;
import org.tequio.storage.AsOf;
import org.tequio.storage.FeatureStore;
import org.tequio.storage.StoredLayer;

/**
 * Makes files of layers or parts of them, for downloads, jobs and the command line alike. First
 * {@link #plan} says whether a request is right, then {@link #write} makes the file. Thread-safe.
 */
public final class LayerExporter {
  /** From so many features on a file is better made by a job. */
  public static final long LARGE_FEATURES = 200_000;

  /** From so many bytes on a file is better made by a job. */
  public static final long LARGE_BYTES = 100_000_000;

  private static final int SAMPLE = 200;

  private static final Parameter<String> AREA =
      new Parameter<>(
          Parameter.Place.QUERY,
          "area",
          "Only features that intersect this polygon of longitudes and latitudes, as WKT or GeoJSON.",
          new LocalText("un polígono", "um polígono", "a polygon"),
          Parameter.schema("string"),
          Optional::of);

  private static final Parameter<List<String>> PROPERTIES =
      new Parameter<>(
          Parameter.Place.QUERY,
          "properties",
          "The fields that the file should have, by their names with commas between; else all.",
          new LocalText(
              "nombres de campos separados por comas",
              "nomes de campos separados por vírgulas",
              "names of fields with commas between"),
          Parameter.schema("array", "items", Parameter.schema("string")),
          text -> text.isBlank() ? Optional.empty() : Optional.of(List.of(text.split(",", -1))));

  private static final Parameter<Crs> CRS =
      new Parameter<>(
          Parameter.Place.QUERY,
          "crs",
          "Coordinate system of the file, by its EPSG code or URI; else that of the layer, or the"
              + " only one that the format has.",
          new LocalText("EPSG:n conocido", "EPSG:n conhecido", "a known EPSG:n"),
          Parameter.schema("string"),
          LayerExporter::crs);

  /** What a request may say besides layer, format and state. */
  public static final List<Parameter<?>> PARAMETERS =
      Stream.concat(FeatureSelection.PARAMETERS.stream(), Stream.of(AREA, PROPERTIES, CRS))
          .toList();

  private final Catalogue catalogue;
  private final FeatureStore store;
  private final PublicLayers layers;
  private final MetadataRecords records;

  LayerExporter(
      Catalogue catalogue, FeatureStore store, PublicLayers layers, MetadataRecords records) {
    this.catalogue = catalogue;
    this.store = store;
    this.layers = layers;
    this.records = records;
  }

  private static Optional<Crs> crs(String text) {
    String name = text.matches("[0-9]{1,6}") ? "EPSG:" + text : text;
    return ServiceCrs.find(name.replaceFirst("^(?i)epsg:", "EPSG:")).map(ServiceCrs::crs);
  }

  /**
   * How large a file will be; nothing is told where it would tell how many people match.
   *
   * @param features exactly so many
   * @param bytes about so many, told from the first of them
   */
  public record Estimate(OptionalLong features, OptionalLong bytes) {
    /** True where a job should make it. */
    public boolean isLarge() {
      return features.orElse(0) >= LARGE_FEATURES || bytes.orElse(0) >= LARGE_BYTES;
    }
  }

  /**
   * Reads and checks a request.
   *
   * @throws ProblemException 404 where there is no such layer, 400 where a parameter is wrong or
   *     the format cannot hold the layer
   */
  public ExportPlan plan(ExportRequest request) {
    PublicLayer layer = layer(request);
    WriterFormat format = request.format();
    format
        .refusal(layer.stored().schema())
        .ifPresent(
            why -> {
              throw new ProblemException(unsuitable(why));
            });
    FeatureSelection all = FeatureSelection.of(request.parameters(), layer);
    FeatureSelection selection = request.parameters().query(AREA).map(all::within).orElse(all);
    List<String> fields = fields(request, layer);
    Crs crs = crs(request, layer);
    return new ExportPlan(selection, fields, format, crs, imprint(request, layer, fields, crs));
  }

  private static Problem unsuitable(LocalText why) {
    return Problem.of(
        400,
        "format-unsuitable",
        new LocalText("Formato inadecuado", "Formato inadequado", "Unsuitable format"),
        why);
  }

  private PublicLayer layer(ExportRequest request) {
    return switch (request.scope()) {
      case PUBLIC -> layers.get(request.layer(), request.asOf());
      case OPEN_FIELDS -> operators(request);
      case EVERYTHING -> operators(request).withEveryField();
    };
  }

  private PublicLayer operators(ExportRequest request) {
    Optional<StoredLayer> stored = store.findLayer(request.layer(), request.asOf());
    Optional<LayerRecord> record = catalogue.findLayer(request.layer(), request.asOf());
    if (stored.isEmpty() || record.isEmpty()) {
      throw new ProblemException(Problem.notFound(request.layer().value()));
    }
    return PublicLayer.of(record.get(), stored.get(), request.asOf());
  }

  private static List<String> fields(ExportRequest request, PublicLayer layer) {
    List<String> all = layer.fields().stream().map(Field::name).toList();
    List<String> wanted = request.parameters().query(PROPERTIES).orElse(all);
    for (String name : wanted) {
      if (layer.indexOf(name.strip()) < 0) {
        throw new ProblemException(
            Problem.invalidParameter(
                PROPERTIES.name(), LocalText.same(String.join(", ", all)), name.strip()));
      }
    }
    List<Integer> places = wanted.stream().map(name -> layer.indexOf(name.strip())).toList();
    return all.stream().filter(name -> places.contains(layer.indexOf(name))).toList();
  }

  private static Crs crs(ExportRequest request, PublicLayer layer) {
    Crs stored = layer.stored().crs();
    Crs asked = request.parameters().query(CRS).orElse(null);
    Crs given = request.format().crsFor(asked == null ? stored : asked);
    if (asked != null && layer.hasGeometry() && !asked.equals(given)) {
      throw new ProblemException(
          unsuitable(
              new LocalText(
                  request.format().name() + " solo se escribe en " + given,
                  request.format().name() + " só se escreve em " + given,
                  request.format().name() + " is written in " + given + " only")));
    }
    return given;
  }

  private Imprint imprint(ExportRequest request, PublicLayer layer, List<String> fields, Crs crs) {
    List<Imprint.Fact> part = new ArrayList<>();
    var language = request.language();
    if (layer.hasGeometry()) {
      String name = CrsRegistry.standard().name(crs);
      part.add(LayerImprint.CRS.of(language, crs + (name.isBlank() ? "" : " " + name)));
    }
    if (!(request.asOf() instanceof AsOf.Now)) {
      part.add(LayerImprint.AS_OF.of(language, said(request.asOf())));
    }
    for (Parameter<?> parameter : PARAMETERS) {
      if (!parameter.equals(CRS) && !parameter.equals(PROPERTIES)) {
        request
            .parameters()
            .text(parameter)
            .ifPresent(text -> part.add(LayerImprint.part(parameter.name(), language, text)));
      }
    }
    String without =
        layer.fields().stream()
            .map(Field::name)
            .filter(name -> !fields.contains(name))
            .collect(Collectors.joining(", "));
    if (!without.isEmpty()) {
      part.add(LayerImprint.LEFT_OUT.of(language, without));
    }
    return LayerImprint.of(
        layer, records.of(layer.record()), request.site(), catalogue.city().name(), language, part);
  }

  private static String said(AsOf asOf) {
    return switch (asOf) {
      case AsOf.Now now -> "";
      case AsOf.AtRevision(long number) -> Long.toString(number);
      case AsOf.AtInstant(var instant) -> instant.toString();
      case AsOf.Waiting(long version) -> Long.toString(version);
    };
  }

  /**
   * Makes the file. It lies beside its place until it is whole; where it cannot be finished nothing
   * is left behind, and a file that was there stays.
   *
   * @return how many features it holds
   * @throws IOException where it cannot be written
   * @throws java.util.concurrent.CancellationException where the work was cancelled
   */
  public long write(ExportPlan plan, Path file, Progress progress) throws IOException {
    return write(plan, Long.MAX_VALUE, file, progress);
  }

  private long write(ExportPlan plan, long most, Path file, Progress progress) throws IOException {
    PublicLayer layer = plan.layer();
    Path parent = file.toAbsolutePath().getParent();
    Path part = Files.createTempFile(parent, ".making-", ".part");
    try {
      long written =
          LayerExport.write(
              visitor -> {
                long[] seen = new long[1];
                plan.selection()
                    .scan(
                        store, 0, row -> seen[0]++ < most && visitor.visit(row) && seen[0] < most);
              },
              layer.stored(),
              field -> plan.fields().contains(nameIn(layer, field)),
              plan.format(),
              plan.crs(),
              plan.imprint(),
              part,
              progress);
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
      return written;
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private static String nameIn(PublicLayer layer, Field field) {
    int index = layer.indexOf(field.name());
    return index < 0 ? "" : layer.fields().get(index).name();
  }

  /**
   * Tells how large the file of a plan will be, by counting and by making a small one.
   *
   * @param folder for the small one, which is gone afterwards
   */
  public Estimate estimate(ExportPlan plan, Path folder) throws IOException {
    if (!plan.selection().mayBeCounted()) {
      return new Estimate(OptionalLong.empty(), OptionalLong.empty());
    }
    long features = plan.selection().count(store);
    Path sample = folder.resolve("sample-" + Thread.currentThread().threadId() + ".part");
    try {
      long written = write(plan, SAMPLE, sample, Progress.NONE);
      long bytes = Files.size(sample);
      double share = written == 0 ? 1 : Math.max(1.0, features / (double) written);
      return new Estimate(OptionalLong.of(features), OptionalLong.of((long) (bytes * share)));
    } finally {
      Files.deleteIfExists(sample);
    }
  }
}
