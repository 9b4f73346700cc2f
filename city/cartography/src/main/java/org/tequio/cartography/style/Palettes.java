package org.tequio.cartography.style;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.tequio.cartography.Rgb;

/**
 * The colours of layers for which nobody chose any: those of the web map. Sequences are
 * ColorBrewer's, kinds are told apart by Okabe and Ito's colours; both hold for people of any
 * colour vision.
 */
final class Palettes {
  /** Of kinds without an order. */
  static final List<Rgb> KINDS =
      colors(
          "#0072b2 #e69f00 #009e73 #cc79a7 #56b4e9 #d55e00"
              + " #a89c20 #6a51a3 #7f7f7f #8c6d31 #17828a #b2478f");

  /** Of what falls in no class. */
  static final Rgb OTHERS = Rgb.of("#9a9298");

  /** From little to much water. */
  static final List<Rgb> WATER = colors("#c6dbef #9ecae1 #6baed6 #3182bd #08519c");

  /** From little to much danger. */
  static final List<Rgb> EARTH = colors("#fee391 #fec44f #fe9929 #d95f0e #993404");

  /** From little to much shaking. */
  static final List<Rgb> SHAKE = colors("#dadaeb #bcbddc #9e9ac8 #756bb1 #54278f");

  /** From little to much of anything else. */
  static final List<Rgb> PEOPLE = colors("#ccebc5 #a8ddb5 #7bccc4 #43a2ca #0868ac");

  private static final Rgb PLAIN = Rgb.of("#5b6472");

  private static final Map<String, Rgb> THEMES =
      Map.ofEntries(
          Map.entry("reference", PLAIN),
          Map.entry("census", Rgb.of("#7a5195")),
          Map.entry("cadastre", Rgb.of("#8a6d3b")),
          Map.entry("planning", Rgb.of("#b5651d")),
          Map.entry("heritage", Rgb.of("#8c510a")),
          Map.entry("risk", Rgb.of("#b35806")),
          Map.entry("climate", Rgb.of("#c46a1b")),
          Map.entry("hydrography", Rgb.of("#2b7bba")),
          Map.entry("water", Rgb.of("#1f78b4")),
          Map.entry("environment", Rgb.of("#3d8b40")),
          Map.entry("mobility", Rgb.of("#5e4fa2")),
          Map.entry("facilities", Rgb.of("#00798c")),
          Map.entry("economy", Rgb.of("#a6761d")),
          Map.entry("public_space", Rgb.of("#3b6fb6")),
          Map.entry("social", Rgb.of("#80588a")),
          Map.entry("participation", Rgb.of("#2a8c82")),
          Map.entry("community", Rgb.of("#c2005f")),
          Map.entry("other", PLAIN));

  private Palettes() {}

  /** The colour of a theme's layers. */
  static Rgb ofTheme(String theme) {
    return THEMES.getOrDefault(theme, PLAIN);
  }

  /** Every colour of a theme. */
  static Stream<Rgb> themes() {
    return THEMES.values().stream();
  }

  /** One of a sequence for the i-th of n classes, as far apart as it allows. */
  static Rgb spread(List<Rgb> sequence, int i, int n) {
    int last = sequence.size() - 1;
    return sequence.get(n <= 1 ? last : (int) Math.round((double) i * last / (n - 1)));
  }

  private static List<Rgb> colors(String hex) {
    return Stream.of(hex.split(" ")).map(Rgb::of).toList();
  }
}
