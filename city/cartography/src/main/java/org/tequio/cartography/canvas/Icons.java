package org.tequio.cartography.canvas;

import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The signs that points may carry: Maki's, as on the web map. */
public final class Icons {
  private static final double UNITS = 15;
  private static final String FALLBACK = "marker";
  private static final Pattern STEP = Pattern.compile("([MLQCZ])([^MLQCZ]*)");
  private static final Map<String, Icon> ICONS = read();

  private record Icon(String path, Path2D outline) {}

  private Icons() {}

  /** True for a name that has a sign. */
  public static boolean isKnown(String name) {
    return ICONS.containsKey(name);
  }

  /** A sign around the origin, this wide; an unknown name is a plain marker. */
  public static Path2D outline(String name, double size) {
    Path2D path = new Path2D.Double(Path2D.WIND_NON_ZERO);
    AffineTransform place = AffineTransform.getScaleInstance(size / UNITS, size / UNITS);
    place.translate(-UNITS / 2, -UNITS / 2);
    path.append(icon(name).outline.getPathIterator(place), false);
    return path;
  }

  /** A sign as an SVG document, in one colour. */
  public static String svg(String name, String color) {
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"15\" height=\"15\" viewBox=\"0 0 15"
        + " 15\"><path fill=\""
        + color
        + "\" d=\""
        + icon(name).path
        + "\"/></svg>";
  }

  /** The same as QGIS keeps drawings inside of its styles. */
  public static String base64(String name, String color) {
    byte[] svg = svg(name, color).getBytes(StandardCharsets.UTF_8);
    return "base64:" + Base64.getEncoder().encodeToString(svg);
  }

  private static Icon icon(String name) {
    Icon icon = ICONS.getOrDefault(name, ICONS.get(FALLBACK));
    if (icon == null) {
      throw new IllegalStateException("the sign " + FALLBACK + " is missing");
    }
    return icon;
  }

  private static Map<String, Icon> read() {
    InputStream in = Icons.class.getResourceAsStream("icons.tsv");
    if (in == null) {
      throw new IllegalStateException("missing resource icons.tsv");
    }
    Map<String, Icon> icons = new HashMap<>();
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.startsWith("#")) {
          String[] cells = line.split("\t");
          icons.put(cells[0], new Icon(cells[1], outline(cells[1])));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return icons;
  }

  private static Path2D outline(String text) {
    Path2D path = new Path2D.Double(Path2D.WIND_NON_ZERO);
    Matcher step = STEP.matcher(text);
    while (step.find()) {
      String rest = step.group(2).strip();
      String[] words = rest.isEmpty() ? new String[0] : rest.split(" ");
      double[] n = new double[words.length];
      for (int i = 0; i < n.length; i++) {
        n[i] = Double.parseDouble(words[i]);
      }
      switch (step.group(1)) {
        case "M" -> path.moveTo(n[0], n[1]);
        case "L" -> path.lineTo(n[0], n[1]);
        case "Q" -> path.quadTo(n[0], n[1], n[2], n[3]);
        case "C" -> path.curveTo(n[0], n[1], n[2], n[3], n[4], n[5]);
        default -> path.closePath();
      }
    }
    return path;
  }
}
