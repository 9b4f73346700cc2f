package org.tequio.publish.search;

import java.util.Locale;
import org.tequio.feature.LocalText;

/** How precisely a result says where it is. */
enum Precision {
  LAYER("capa", "camada", "layer"),
  PLACE("lugar registrado", "lugar registrado", "recorded place"),
  STREET("calle completa", "rua inteira", "whole street"),
  NUMBER("número exacto", "número exato", "exact number"),
  INTERPOLATED(
      "calculado entre números conocidos",
      "calculado entre números conhecidos",
      "reckoned between known numbers"),
  NEAREST(
      "el número conocido más cercano", "o número conhecido mais próximo", "nearest known number"),
  CROSSING("cruce de calles", "cruzamento de ruas", "street crossing"),
  PARCEL("predio exacto", "lote exato", "exact parcel"),
  COORDINATE("punto exacto", "ponto exato", "exact point"),
  CODE("área del código", "área do código", "area of the code");

  private final LocalText text;

  Precision(String es, String pt, String en) {
    this.text = new LocalText(es, pt, en);
  }

  String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** In words, with the metres where they are known and not nothing. */
  LocalText text(double meters) {
    if (Double.isNaN(meters) || meters < 1) {
      return text;
    }
    String off = " ± " + Math.round(Math.ceil(meters)) + " m";
    return new LocalText(text.es() + off, text.pt() + off, text.en() + off);
  }
}
