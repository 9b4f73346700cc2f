package org.tequio.harvest.client;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Envelope;
import org.tequio.formats.FormatException;
import org.tequio.formats.Limits;
import org.tequio.formats.XmlReader;

/**
 * What a WFS says of itself.
 *
 * @param version of the protocol: {@code 2.0.0}, {@code 1.1.0}
 * @param types what it offers
 */
record WfsCapabilities(String version, List<Type> types) {
  WfsCapabilities {
    types = List.copyOf(types);
  }

  /**
   * A feature type.
   *
   * @param name with its prefix
   * @param title for people; the name where there is none
   * @param extent in longitude and latitude; null where it is not told
   */
  record Type(String name, String title, @Nullable Envelope extent) {}

  boolean isVersion2() {
    return version.startsWith("2.");
  }

  Optional<Type> findType(String name) {
    return types.stream().filter(type -> type.name().equals(name)).findFirst();
  }

  /** Reads a capabilities document; empty where the file is something else. */
  static Optional<WfsCapabilities> read(Path file) throws IOException {
    try (XmlReader xml = XmlReader.open(file, Limits.STANDARD)) {
      String version = "";
      List<Type> types = new ArrayList<>();
      while (xml.next()) {
        if (!xml.isStart()) {
          continue;
        }
        if (xml.depth() == 1) {
          String given = xml.attribute("version");
          if (!xml.localName().equals("WFS_Capabilities") || given == null) {
            return Optional.empty();
          }
          version = given;
        } else if (xml.isStart("FeatureType")) {
          type(xml).ifPresent(types::add);
        }
      }
      return version.isEmpty()
          ? Optional.empty()
          : Optional.of(new WfsCapabilities(version, types));
    } catch (FormatException e) {
      return Optional.empty();
    }
  }

  private static Optional<Type> type(XmlReader xml) throws FormatException {
    int inside = xml.depth();
    String name = "";
    String title = "";
    double[] lower = {};
    double[] upper = {};
    while (xml.next() && !(xml.isEnd() && xml.depth() == inside)) {
      if (xml.isStart() && xml.depth() == inside + 1) {
        switch (xml.localName()) {
          case "Name" -> name = xml.text().strip();
          case "Title" -> title = xml.text().strip();
          default -> {}
        }
      } else if (xml.isStart("LowerCorner")) {
        lower = numbers(xml.text());
      } else if (xml.isStart("UpperCorner")) {
        upper = numbers(xml.text());
      }
    }
    if (name.isEmpty()) {
      return Optional.empty();
    }
    Envelope extent =
        lower.length == 2 && upper.length == 2
            ? new Envelope(lower[0], upper[0], lower[1], upper[1])
            : null;
    return Optional.of(new Type(name, title.isEmpty() ? name : title, extent));
  }

  private static double[] numbers(String text) {
    try {
      String[] parts = text.strip().split("\\s+");
      double[] numbers = new double[parts.length];
      for (int i = 0; i < parts.length; i++) {
        numbers[i] = Double.parseDouble(parts[i]);
        if (!Double.isFinite(numbers[i])) {
          return new double[0];
        }
      }
      return numbers;
    } catch (NumberFormatException e) {
      return new double[0];
    }
  }
}
