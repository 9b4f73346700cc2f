package org.tequio.formats.geojson;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.Finding;
import org.tequio.feature.FindingCode;
import org.tequio.formats.Dataset;
import org.tequio.formats.FormatException;
import org.tequio.formats.ReadContext;
import org.tequio.formats.SourceDataset;
import org.tequio.formats.SourceFile;
import org.tequio.formats.SourceLayer;
import org.tequio.formats.text.TextEncoding;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;

/** The documents of one file, surveyed. Holds no open file. */
final class GeoJsonDataset implements SourceDataset {
  private static final long LOOK_AT_TEXT = 256L << 20;

  private final List<SourceLayer> layers;

  private GeoJsonDataset(List<SourceLayer> layers) {
    this.layers = List.copyOf(layers);
  }

  static GeoJsonDataset open(Dataset dataset, ReadContext context)
      throws IOException, FormatException {
    SourceFile file = dataset.primary();
    List<JsonDocument> documents = JsonDocuments.geoJsonIn(file.path(), file.stem());
    if (documents.isEmpty()) {
      // Named as GeoJSON: the survey says why it is none.
      documents = List.of(JsonDocuments.whole(file.path(), file.stem()));
    }
    Set<String> names = new HashSet<>();
    List<SourceLayer> layers = new ArrayList<>();
    for (JsonDocument document : documents) {
      String name = documents.size() == 1 ? file.stem() : document.name();
      for (int n = 2; !names.add(name); n++) {
        name = document.name() + "_" + n;
      }
      String source = documents.size() == 1 ? file.displayName() : file.displayName() + "#" + name;
      layers.add(layer(document, name, source, context));
    }
    return new GeoJsonDataset(layers);
  }

  @Override
  public List<SourceLayer> layers() {
    return layers;
  }

  @Override
  public void close() {
    // Each reading opens and closes the file itself.
  }

  private static SourceLayer layer(
      JsonDocument document, String name, String source, ReadContext context)
      throws IOException, FormatException {
    GeoJsonSurvey survey = new GeoJsonSurvey(context.limits().columns());
    JacksonException fault = survey(document, survey, context);
    JsonDocument readable = document;
    if (fault != null && isAboutEncoding(fault)) {
      TextEncoding encoding = TextEncoding.of(document.stream(), LOOK_AT_TEXT);
      context
          .findings()
          .add(
              Finding.of(
                  FindingCode.ENCODING_CONTRADICTED,
                  source,
                  encoding.charset().name(),
                  "GeoJSON is UTF-8, but " + encoding.evidence(),
                  Finding.Action.ASSUMED));
      readable = document.withCharset(encoding.charset());
      survey = new GeoJsonSurvey(context.limits().columns());
      fault = survey(readable, survey, context);
    }
    if (survey.hasTooManyColumns()) {
      throw new FormatException(
          FindingCode.FILE_REFUSED,
          "the features have more than " + context.limits().columns() + " different properties");
    }
    if (survey.features() == 0 && (fault == null || !begins(readable))) {
      if (fault != null) {
        throw exception(readable, fault);
      }
      if (survey.others() > 0) {
        throw new FormatException(
            FindingCode.FILE_UNREADABLE,
            "the JSON holds no features"
                + (survey.otherType() == null ? "" : ", it is a " + survey.otherType()));
      }
    }
    return new GeoJsonLayer(readable, name, source, survey, context);
  }

  private static @Nullable JacksonException survey(
      JsonDocument document, GeoJsonSurvey survey, ReadContext context) throws IOException {
    try (JsonParser parser = document.parser(context.limits().textBytes())) {
      GeoJsonWalk.walk(parser, survey);
      return null;
    } catch (JacksonIOException e) {
      throw e.getCause() instanceof IOException cause ? cause : new IOException(e);
    } catch (JacksonException e) {
      return e;
    }
  }

  // A collection that breaks off before its first feature is still one.
  private static boolean begins(JsonDocument document) throws IOException {
    return !JsonDocuments.geoJsonIn(document.file(), document.name()).isEmpty();
  }

  private static boolean isAboutEncoding(JacksonException fault) {
    String message = fault.getOriginalMessage();
    return message != null && message.contains(StandardCharsets.UTF_8.name());
  }

  /** The fault with its place in the file. */
  static FormatException exception(JsonDocument document, JacksonException fault) {
    boolean cut = fault instanceof UnexpectedEndOfInputException;
    String place = fault.getLocation() == null ? "" : document.place(fault.getLocation()) + ": ";
    return new FormatException(
        cut ? FindingCode.FILE_TRUNCATED : FindingCode.FILE_UNREADABLE,
        place + (cut ? "the file ends here, in the middle of the JSON" : message(fault)),
        fault);
  }

  // Jackson names its input in brackets, which says nothing to people.
  private static String message(JacksonException fault) {
    String message = String.valueOf(fault.getOriginalMessage());
    return message.replaceAll("\\s*[(\\[](start marker at )?\\[?Source:.*", "");
  }
}
