package org.tequio.cartography;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.LocalText;

/**
 * How one layer is drawn and, from the same facts, what its legend says. The web map, the pictures
 * of the server and every form in which a style is handed out are made from this.
 *
 * @param shape what its features are
 * @param symbol sizes and opacities
 * @param color of what no class takes, and of the whole layer where there are no classes
 * @param field whose values decide the class; null where there are no classes
 * @param classes in the order of the legend; the first that takes a feature decides
 * @param ordered true where the classes have an order, from little to much
 * @param others true where some features fall in none of the classes
 * @param icon the name of the sign that points carry; null for dots
 * @param label the field whose values stand beside the features; null for no names
 * @param labelZoom from which zoom on names and signs are drawn
 * @param names how names are written
 * @param opacity of all of it, above 0 to 1
 * @param heat true where points are drawn as a glow that grows where they are dense
 * @param fromZoom the farthest zoom at which it is drawn
 * @param toZoom the nearest zoom at which it is drawn
 */
public record LayerStyle(
    Shape shape,
    Symbol symbol,
    Rgb color,
    @Nullable String field,
    List<StyleClass> classes,
    boolean ordered,
    boolean others,
    @Nullable String icon,
    @Nullable String label,
    double labelZoom,
    NameStyle names,
    double opacity,
    boolean heat,
    double fromZoom,
    double toZoom) {

  /** What legends say of what is in no class. */
  public static final LocalText OTHERS =
      new LocalText("Otros o sin dato", "Outros ou sem dado", "Others or no data");

  /** No style has more classes: nobody could read its legend. */
  public static final int MOST_CLASSES = 64;

  /** The deepest zoom that a style may name; from it on there is no limit. */
  public static final double MOST_ZOOM = 20;

  /** Copies the classes; refuses more than a legend can hold. */
  public LayerStyle {
    classes = List.copyOf(classes);
    if (classes.size() > MOST_CLASSES) {
      throw new IllegalArgumentException("a style has at most " + MOST_CLASSES + " classes");
    }
    if (!(opacity > 0 && opacity <= 1)) {
      throw new IllegalArgumentException("not an opacity: " + opacity);
    }
    if (field == null && !classes.isEmpty()) {
      throw new IllegalArgumentException("classes need a field");
    }
  }

  /** True where it is drawn at a zoom. */
  public boolean isDrawnAt(double zoom) {
    return zoom >= fromZoom && (zoom < toZoom || toZoom >= MOST_ZOOM);
  }

  /** The scale denominator below which it is drawn; 0 for none. */
  public double farthestScale() {
    return Scales.farthest(fromZoom);
  }

  /** The scale denominator from which on it is drawn; 0 for none. */
  public double nearestScale() {
    return Scales.nearest(toZoom);
  }

  /** The class of a value; -1 where none takes it. */
  public int classOf(@Nullable Object value) {
    for (int i = 0; i < classes.size(); i++) {
      if (classes.get(i).test().holds(value)) {
        return i;
      }
    }
    return -1;
  }

  /** The colour of a class as {@link #classOf} numbers them. */
  public Rgb colorOf(int index) {
    return index < 0 ? color : classes.get(index).color();
  }
}
