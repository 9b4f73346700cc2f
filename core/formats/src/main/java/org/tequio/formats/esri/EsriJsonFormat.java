package org.tequio.formats.esri;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.tequio.feature.FindingCode;
import org.tequio.formats.Dataset;
import org.tequio.formats.Format;
import org.tequio.formats.FormatException;
import org.tequio.formats.ReadContext;
import org.tequio.formats.SourceDataset;
import org.tequio.formats.SourceFile;
import org.tequio.formats.SourceLayer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * Esri's JSON feature sets: what a query of a FeatureServer or MapServer answers, and what desktop
 * programs export as JSON. Dates come as instants, code lists stay codes.
 */
public final class EsriJsonFormat implements Format {
  private static final long SNIFF = 1 << 18;

  @Override
  public String name() {
    return "Esri JSON";
  }

  @Override
  public List<Dataset> claim(List<SourceFile> folder) throws IOException {
    List<Dataset> claimed = new ArrayList<>();
    for (SourceFile file : folder) {
      boolean maybe = file.extension().equals("json") || file.extension().equals("esrijson");
      if (maybe && isFeatureSet(file.path())) {
        claimed.add(Dataset.of(this, file));
      }
    }
    return claimed;
  }

  private static boolean isFeatureSet(Path file) throws IOException {
    boolean ours = false;
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file));
        JsonParser parser = parser(in, (int) SNIFF)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return false;
      }
      for (String name = parser.nextName(); name != null; name = parser.nextName()) {
        parser.nextToken();
        switch (name) {
          case "geometryType", "spatialReference", "objectIdFieldName", "displayFieldName" ->
              ours = true;
          case "features" -> {
            return ours
                && parser.currentToken() == JsonToken.START_ARRAY
                && (parser.nextToken() == JsonToken.END_ARRAY || hasAttributes(parser));
          }
          case "type" -> {
            return false;
          }
          default -> {}
        }
        if (parser.currentTokenLocation().getByteOffset() > SNIFF) {
          return false;
        }
        parser.skipChildren();
      }
    } catch (JacksonException e) {
      return false;
    }
    return false;
  }

  private static boolean hasAttributes(JsonParser parser) {
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      parser.nextToken();
      if (name.equals("attributes")) {
        return true;
      }
      parser.skipChildren();
    }
    return false;
  }

  @Override
  public SourceDataset open(Dataset dataset, ReadContext context)
      throws IOException, FormatException {
    EsriSurvey survey = new EsriSurvey(context.limits().columns());
    try (InputStream in = Files.newInputStream(dataset.primary().path());
        JsonParser parser = parser(in, context.limits().textBytes())) {
      survey.read(parser);
    } catch (JacksonException e) {
      throw broken(e);
    }
    SourceLayer layer = new EsriLayer(dataset.primary(), survey, context);
    return new SourceDataset() {
      @Override
      public List<SourceLayer> layers() {
        return List.of(layer);
      }

      @Override
      public void close() {
        // Each reading opens and closes the file itself.
      }
    };
  }

  static FormatException broken(JacksonException e) {
    boolean cut = e instanceof tools.jackson.core.exc.UnexpectedEndOfInputException;
    long at = e.getLocation() == null ? 0 : e.getLocation().getByteOffset();
    return new FormatException(
        cut ? FindingCode.FILE_TRUNCATED : FindingCode.FILE_UNREADABLE,
        "byte " + at + ": " + (cut ? "the file ends in the middle of the JSON" : "not well-formed"),
        e);
  }

  static JsonParser parser(InputStream in, int maxText) {
    return JsonFactory.builder()
        .enable(tools.jackson.core.json.JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
        .streamReadConstraints(
            StreamReadConstraints.builder().maxNestingDepth(64).maxStringLength(maxText).build())
        .build()
        .createParser(ObjectReadContext.empty(), in);
  }
}
