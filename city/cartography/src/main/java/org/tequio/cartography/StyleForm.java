package org.tequio.cartography;

import java.util.List;
import java.util.Optional;
import org.tequio.cartography.style.MapLibreForm;
import org.tequio.cartography.style.QmlForm;
import org.tequio.cartography.style.SldForm;
import org.tequio.feature.Language;

/** A form in which a style is handed out. A new one is one class and one line here. */
public interface StyleForm {
  /** All, in the order in which they are offered. */
  List<StyleForm> ALL =
      List.of(new MapLibreForm(), SldForm.version11(), SldForm.version10(), new QmlForm());

  /** What the query parameter {@code f} calls it. */
  String name();

  /** Its media type. */
  String mediaType();

  /** How the name of its file ends. */
  String extension();

  /** What people call it. */
  String title();

  /** The standard or program that defines it, and its version. */
  Specification specification();

  /**
   * The style of a layer in this form, in UTF-8.
   *
   * @param site the address of the city's site, for sources of data
   */
  byte[] write(MapLayer layer, LayerStyle style, Language language, String site);

  /** The form of a name. */
  static Optional<StyleForm> find(String name) {
    return ALL.stream().filter(form -> form.name().equals(name)).findFirst();
  }

  /**
   * Who defines a form.
   *
   * @param uri where it is described
   * @param version the version that is written
   * @param isNative true where the style loses nothing in it
   */
  record Specification(String uri, String version, boolean isNative) {}
}
