package org.tequio.privacy.breach;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.tequio.catalogue.Catalogue;
import org.tequio.catalogue.LayerRecord;
import org.tequio.feature.Field;
import org.tequio.feature.Language;
import org.tequio.feature.LayerId;
import org.tequio.feature.LocalText;
import org.tequio.privacy.law.Laws.Law;
import org.tequio.privacy.look.Looks.Look;

/**
 * The report that a breach needs: which looks there were in a span of time, by whom, at which
 * fields, of how many people at most, and what the law asks for by when.
 *
 * @param people at most so many were seen: the features of all looks added up; whether two looks
 *     saw the same person is not kept
 * @param accesses how many looks
 * @param fields those that were seen
 * @param timeline the looks, oldest first
 * @param laws what the law asks for
 * @param notification a letter to begin with
 */
public record BreachReport(
    String from,
    String to,
    long people,
    long accesses,
    List<Seen> fields,
    List<Line> timeline,
    List<Duty> laws,
    String notification) {

  private static final LocalText LETTER =
      new LocalText(
          "Entre %1$s y %2$s (UTC) hubo acceso no autorizado a datos personales que guarda %3$s."
              + " Los datos: %4$s. Personas afectadas: a lo más %5$d. Qué se hizo: [describir]. Qué"
              + " puede hacer usted: [recomendaciones]. Contacto: [oficina, correo, teléfono].",
          "Entre %1$s e %2$s (UTC) houve acesso não autorizado a dados pessoais guardados por %3$s."
              + " Os dados: %4$s. Pessoas afetadas: no máximo %5$d. O que se fez: [descrever]. O que"
              + " você pode fazer: [recomendações]. Contato: [repartição, correio, telefone].",
          "Between %1$s and %2$s (UTC) somebody had access without permission to personal data kept"
              + " by %3$s. The data: %4$s. People affected: at most %5$d. What was done: [describe]."
              + " What you can do: [advice]. Contact: [office, e-mail, telephone].");

  /**
   * One look.
   *
   * @param people at most so many
   */
  public record Line(
      String at,
      String actor,
      String layer,
      List<String> fields,
      long people,
      String reason,
      String text) {}

  /** A field that was seen. */
  public record Seen(String layer, String title, String name, String label, String dataClass) {}

  /**
   * What the law asks for.
   *
   * @param text whom to tell, and how soon
   * @param due the last day, as its last minute
   * @param confirmed false where no lawyer of the city has confirmed the law's data
   */
  public record Duty(
      String country, String text, String due, String law, String source, boolean confirmed) {}

  /** Makes the report of some looks. */
  public static BreachReport of(
      List<Look> looks,
      Catalogue catalogue,
      Instant from,
      Instant to,
      Instant known,
      String city,
      Law law,
      Language language) {
    Map<String, Set<String>> fields = new TreeMap<>();
    Map<String, Long> people = new TreeMap<>();
    List<Line> timeline = new ArrayList<>();
    for (Look look : looks.reversed()) {
      fields.computeIfAbsent(look.layer(), layer -> new LinkedHashSet<>()).addAll(look.fields());
      people.merge(look.layer(), look.features(), Long::sum);
      timeline.add(
          new Line(
              look.instant().toString(),
              look.actor(),
              look.layer(),
              look.fields(),
              look.features(),
              look.reason(),
              look.layer() + ": " + String.join(", ", look.fields()) + " (" + look.reason() + ")"));
    }
    Map<String, List<String>> named = new TreeMap<>();
    fields.forEach((layer, names) -> named.put(layer, List.copyOf(names)));
    long most = people.values().stream().mapToLong(Long::longValue).sum();
    LocalDate due = law.breach().from(LocalDate.ofInstant(known, ZoneOffset.UTC));
    return new BreachReport(
        from.toString(),
        to.toString(),
        most,
        looks.size(),
        seen(named, catalogue, language),
        timeline,
        List.of(
            new Duty(
                law.country(),
                law.tell().in(language) + "; " + law.within().in(language),
                due.atTime(23, 59).toInstant(ZoneOffset.UTC).toString(),
                law.law(),
                law.source(),
                law.confirmed())),
        LETTER.in(language).formatted(from, to, city, listed(named), most));
  }

  private static List<Seen> seen(
      Map<String, List<String>> fields, Catalogue catalogue, Language language) {
    List<Seen> seen = new ArrayList<>();
    fields.forEach(
        (layer, names) -> {
          Optional<LayerRecord> record =
              LayerId.isValid(layer) ? catalogue.findLayer(new LayerId(layer)) : Optional.empty();
          for (String name : names) {
            Optional<Field> field = record.flatMap(one -> one.schema().findField(name));
            seen.add(
                new Seen(
                    layer,
                    record.map(one -> one.title().in(language)).orElse(layer),
                    name,
                    field.map(one -> one.label().in(language)).orElse(name),
                    field
                        .map(one -> one.dataClass().name().toLowerCase(Locale.ROOT))
                        .orElse("personal")));
          }
        });
    return seen;
  }

  private static String listed(Map<String, List<String>> fields) {
    List<String> parts = new ArrayList<>();
    fields.forEach((layer, names) -> parts.add(layer + " (" + String.join(", ", names) + ")"));
    return parts.isEmpty() ? "–" : String.join("; ", parts);
  }

  /** True where a look belongs to what was asked for; null asks for all. */
  public static boolean concerns(Look look, @Nullable String actor, @Nullable String layer) {
    return (actor == null || look.actor().equals(actor))
        && (layer == null || look.layer().equals(layer));
  }
}
