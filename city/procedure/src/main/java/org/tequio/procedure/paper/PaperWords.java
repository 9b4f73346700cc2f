package org.tequio.procedure.paper;

import java.text.NumberFormat;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import org.tequio.feature.Language;
import org.tequio.feature.LocalText;

/**
 * What papers say around what they are about, and how they write numbers and dates.
 *
 * @param language in which
 */
record PaperWords(Language language) {
  static final LocalText FOLIO = new LocalText("Folio", "Protocolo", "Folio");
  static final LocalText ISSUED = new LocalText("Emitido", "Emitido", "Issued");
  static final LocalText VALID = new LocalText("Vigencia", "Validade", "Valid until");
  static final LocalText ENDLESS =
      new LocalText("sin vencimiento", "sem vencimento", "does not expire");
  static final LocalText OF_THAT_DAY =
      new LocalText(
          "lo que el mapa decía ese día",
          "o que o mapa dizia nesse dia",
          "what was so on that day");
  static final LocalText OFFICE = new LocalText("Oficina", "Repartição", "Office");
  static final LocalText PARCEL = new LocalText("Predio", "Lote", "Parcel");
  static final LocalText COSTS = new LocalText("Costo", "Custo", "Fee");
  static final LocalText FREE = new LocalText("gratuito", "gratuito", "free of charge");
  static final LocalText PAID_UNDER =
      new LocalText("pagado con la referencia", "pago com a referência", "paid under reference");
  static final LocalText CODE =
      new LocalText("Código de verificación", "Código de verificação", "Verification code");
  static final LocalText VERIFY_HERE =
      new LocalText("Verifique este documento", "Verifique este documento", "Verify this document");
  static final LocalText QR_SAYS =
      new LocalText(
          "Código QR que lleva a la página de verificación: ",
          "Código QR que leva à página de verificação: ",
          "QR code that leads to the page of verification: ");
  static final LocalText ASKED =
      new LocalText("Lo que se pidió", "O que se pediu", "What was asked");
  static final LocalText DECIDED = new LocalText("Resolución", "Decisão", "Decision");
  static final LocalText REASONS = new LocalText("Motivos", "Motivos", "Reasons");
  static final LocalText APPEAL =
      new LocalText(
          "Qué se puede hacer en contra",
          "O que se pode fazer contra",
          "What may be done against it");
  static final LocalText SAYS =
      new LocalText("Lo que dice el mapa", "O que diz o mapa", "What the map says");
  static final LocalText RULES =
      new LocalText(
          "Las reglas que decidieron", "As regras que decidiram", "The rules that decided");
  static final LocalText FURTHER =
      new LocalText("Además hace falta", "Além disso é preciso", "Also needed");
  static final LocalText LAYERS =
      new LocalText("Capas consultadas", "Camadas consultadas", "Layers that were asked");
  static final LocalText LAYER = new LocalText("Capa", "Camada", "Layer");
  static final LocalText DATA_OF = new LocalText("Datos del", "Dados de", "Data of");
  static final LocalText REVISION = new LocalText("Revisión", "Revisão", "Revision");
  static final LocalText SEEN = new LocalText("Elementos", "Elementos", "Features");
  static final LocalText NOTHING_THERE = new LocalText("ninguno aquí", "nenhum aqui", "none here");
  static final LocalText UNDATED = new LocalText("sin fecha", "sem data", "no date");
  static final LocalText SIGNATURE =
      new LocalText(
          "Firma y verificación", "Assinatura e verificação", "Signature and verification");
  static final LocalText SIGNED_BY =
      new LocalText(
          "Firmado electrónicamente (PAdES) por",
          "Assinado eletronicamente (PAdES) por",
          "Signed electronically (PAdES) by");
  static final LocalText CERTIFICATE =
      new LocalText("certificado SHA-256", "certificado SHA-256", "certificate SHA-256");
  static final LocalText ANY_CHANGE =
      new LocalText(
          "Cualquier cambio posterior rompe la firma. La página de verificación dice si este archivo"
              + " es el que se emitió y si sigue vigente.",
          "Qualquer alteração posterior rompe a assinatura. A página de verificação diz se este"
              + " arquivo é o que foi emitido e se continua válido.",
          "Any later change breaks the signature. The page of verification tells whether this file is"
              + " the one that was issued, and whether it still holds.");
  static final LocalText DEMO =
      new LocalText(
          "Clave de demostración, sin valor legal: la ciudad aún no tiene la clave de esta oficina.",
          "Chave de demonstração, sem valor legal: a cidade ainda não tem a chave desta repartição.",
          "Demonstration key, without legal value: the city does not have this office's key yet.");
  static final LocalText TO_BE_CONFIRMED =
      new LocalText(
          "Por confirmar por la ciudad: hay fundamentos, plazos o costos de este trámite que sus"
              + " abogados aún no confirman. Van señalados abajo.",
          "A confirmar pela cidade: há fundamentos, prazos ou custos deste serviço que os seus"
              + " advogados ainda não confirmaram. Estão assinalados abaixo.",
          "To be confirmed by the city: its lawyers have still to confirm laws, terms or fees of this"
              + " procedure. They are marked below.");
  static final LocalText UNCONFIRMED =
      new LocalText(
          "por confirmar por la ciudad", "a confirmar pela cidade", "to be confirmed by the city");
  static final LocalText PAGE = new LocalText("Página", "Página", "Page");
  static final LocalText SCALE = new LocalText("Escala", "Escala", "Scale");
  static final LocalText OUTLINED =
      new LocalText(
          "el contorno marca el lugar", "o contorno marca o lugar", "the outline marks the place");
  static final LocalText MAP_SHOWS =
      new LocalText("Mapa del lugar: ", "Mapa do lugar: ", "Map of the place: ");
  static final LocalText YES = new LocalText("sí", "sim", "yes");
  static final LocalText NO = new LocalText("no", "não", "no");
  static final LocalText DRAWN =
      new LocalText("dibujado en el mapa", "desenhado no mapa", "as drawn");
  static final LocalText PACK = new LocalText("Reglas: paquete", "Regras: pacote", "Rules: pack");

  private static final Map<String, String> UNITS =
      Map.of("m2", "m²", "m3", "m³", "km2", "km²", "[mi_i]", "mi", "Cel", "°C");

  String say(LocalText text) {
    return text.in(language);
  }

  Locale locale() {
    return switch (language) {
      case ES -> Locale.forLanguageTag("es-MX");
      case PT -> Locale.forLanguageTag("pt-BR");
      case EN -> Locale.ENGLISH;
    };
  }

  String day(LocalDate day) {
    return DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG).withLocale(locale()).format(day);
  }

  String moment(Instant at, String zone) {
    return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.LONG, FormatStyle.SHORT)
            .withLocale(locale())
            .format(at.atZone(ZoneId.of(zone)))
        + " ("
        + zone
        + ")";
  }

  String number(Number number) {
    NumberFormat format = NumberFormat.getInstance(locale());
    format.setMaximumFractionDigits(2);
    return format.format(number);
  }

  /** A value that a rule or an answer has. */
  String value(Object value, @org.jspecify.annotations.Nullable String unit) {
    return switch (value) {
      case Boolean truth -> say(truth ? YES : NO);
      case Number number ->
          number(number)
              + (unit == null
                  ? ""
                  : unit.equals("%") ? " %" : " " + UNITS.getOrDefault(unit, unit));
      case Collection<?> list ->
          list.isEmpty()
              ? "–"
              : String.join("; ", list.stream().map(one -> value(one, unit)).toList());
      case Map<?, ?> map ->
          String.join(
              ", ",
              map.values().stream()
                  .filter(java.util.Objects::nonNull)
                  .map(one -> value(one, unit))
                  .toList());
      case LocalDate day -> day(day);
      default -> {
        String text = value.toString();
        yield text.matches("[0-9]{4}-[0-9]{2}-[0-9]{2}") ? day(LocalDate.parse(text)) : text;
      }
    };
  }
}
