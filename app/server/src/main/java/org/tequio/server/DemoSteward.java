package org.tequio.server;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.tequio.catalogue.LayerMapping;
import org.tequio.catalogue.LayerRecord;
import org.tequio.catalogue.LayerSettings;
import org.tequio.catalogue.Mappings;
import org.tequio.catalogue.Stewardship;
import org.tequio.demo.VillaTequio;
import org.tequio.demo.VillaTequio.KnownColumn;

/**
 * What the stewards of Villa Tequio do after the first import: they go through what is proposed of
 * each layer, correct what they know better, confirm it, and say which layers lack nothing.
 */
public final class DemoSteward {
  /** What the departments keep whole: where these have nothing, there is nothing in the city. */
  private static final Set<String> COMPLETE =
      Set.of(
          "adm.alcaldia",
          "agua.reporte",
          "agua.rio",
          "amb.anp",
          "amb.arbol",
          "amb.area_verde",
          "amb.residuos",
          "cat.construccion",
          "cat.predio",
          "eco.estab",
          "eco.viapublica",
          "eq.educ",
          "eq.mercado",
          "eq.salud",
          "her.acp",
          "her.inmueble",
          "mov.estac",
          "plan.asent_irreg",
          "plan.norma_vial",
          "plan.suelo_cons",
          "pub.bache",
          "pub.luminaria",
          "pub.obra",
          "ref.vialidad",
          "risk.encharca",
          "risk.fractura",
          "risk.inundacion",
          "risk.ladera",
          "risk.quimico",
          "risk.refugio");

  private DemoSteward() {}

  /**
   * Confirms what every column holds.
   *
   * @param author the account in whose name
   * @return of how many layers
   */
  public static int confirm(City city, String author) {
    Map<String, Map<String, String>> known = new HashMap<>();
    for (KnownColumn one : VillaTequio.knownColumns()) {
      known.computeIfAbsent(one.layer(), any -> new HashMap<>()).put(one.column(), one.attribute());
    }
    Mappings mappings = city.mappings();
    int confirmed = 0;
    for (LayerRecord layer : city.catalogue().listLayers()) {
      Map<String, String> said = known.getOrDefault(layer.id().value(), Map.of());
      String standard = said.getOrDefault("", layer.standard());
      if (standard == null) {
        continue;
      }
      LayerMapping proposed = mappings.find(layer.id(), layer.standard()).orElseThrow();
      Map<String, String> attributes = new LinkedHashMap<>();
      if (!standard.equals(LayerSettings.NONE)) {
        for (LayerMapping.Item item : proposed.items()) {
          LayerMapping.Target likely = item.attribute();
          attributes.put(
              item.field(),
              said.getOrDefault(item.field(), likely == null ? LayerSettings.NONE : likely.name()));
        }
      }
      Stewardship.Version version =
          mappings.confirm(layer.id(), standard, attributes, proposed.version(), author);
      if (COMPLETE.contains(standard)) {
        city.stewardship()
            .save(layer.id(), version.settings().withComplete(true), version.number(), author);
      }
      confirmed++;
    }
    return confirmed;
  }
}
