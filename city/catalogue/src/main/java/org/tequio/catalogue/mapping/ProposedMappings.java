package org.tequio.catalogue.mapping;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tequio.catalogue.Catalogue;
import org.tequio.catalogue.FieldSettings;
import org.tequio.catalogue.Kind;
import org.tequio.catalogue.LayerMapping;
import org.tequio.catalogue.LayerRecord;
import org.tequio.catalogue.LayerSettings;
import org.tequio.catalogue.Mappings;
import org.tequio.catalogue.Stewardship;
import org.tequio.catalogue.dictionary.Attribute;
import org.tequio.catalogue.dictionary.LayerDictionary;
import org.tequio.feature.LayerId;
import org.tequio.feature.LocalText;
import org.tequio.storage.FeatureStore;

/** Reads samples of a layer's columns and compares them with the dictionary. Thread-safe. */
public final class ProposedMappings implements Mappings {
  private static final int MOST_CANDIDATES = 5;
  private static final double WORTH_CHOOSING = 0.35;
  private static final LocalText CONFIRMED = new LocalText("confirmado", "confirmado", "confirmed");
  private static final LocalText NOTHING =
      new LocalText(
          "ningún atributo se le parece",
          "nenhum atributo se parece com ele",
          "no attribute is like it");

  private final Catalogue catalogue;
  private final FeatureStore store;
  private final LayerDictionary dictionary;
  private final Stewardship stewardship;

  /** Compares the layers of a store with a dictionary. */
  public ProposedMappings(
      Catalogue catalogue,
      FeatureStore store,
      LayerDictionary dictionary,
      Stewardship stewardship) {
    this.catalogue = catalogue;
    this.store = store;
    this.dictionary = dictionary;
    this.stewardship = stewardship;
  }

  @Override
  public List<Kind> listKinds() {
    return dictionary.listEntries().stream()
        .map(entry -> new Kind(entry.id(), entry.title()))
        .toList();
  }

  @Override
  public Optional<LayerMapping> find(LayerId layer, @Nullable String standard) {
    LayerRecord known = catalogue.findLayer(layer).orElse(null);
    var stored = store.findLayer(layer).orElse(null);
    if (known == null || stored == null) {
      return Optional.empty();
    }
    long version = stewardship.version(layer);
    List<ColumnSample> columns = ColumnSample.of(store, stored);
    Optional<LayerDictionary.Entry> kind =
        dictionary.findEntry(standard == null ? known.standard() : standard);
    List<LayerMapping.Candidate> candidates = candidates(known, columns);
    if (kind.isEmpty()) {
      List<LayerMapping.Item> undecided =
          columns.stream()
              .map(c -> new LayerMapping.Item(c.field().name(), null, 0, NOTHING, false))
              .toList();
      return Optional.of(new LayerMapping(layer, version, null, candidates, undecided, List.of()));
    }
    return Optional.of(mapping(known, version, columns, kind.get(), candidates));
  }

  private static LayerMapping mapping(
      LayerRecord layer,
      long version,
      List<ColumnSample> columns,
      LayerDictionary.Entry kind,
      List<LayerMapping.Candidate> candidates) {
    Map<Integer, String> decided = new HashMap<>();
    for (int i = 0; i < columns.size(); i++) {
      String said = said(layer.settings(), columns.get(i).field().name());
      if (said != null) {
        decided.put(i, said);
      }
    }
    Set<String> taken = new HashSet<>(decided.values());
    var pairs = new MappingProposal(columns, kind, decided.keySet(), taken).byColumn();
    List<LayerMapping.Item> items = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      String field = columns.get(i).field().name();
      MappingProposal.Pair pair = pairs.get(i);
      if (decided.containsKey(i)) {
        LayerMapping.Target target =
            kind.findAttribute(String.valueOf(decided.get(i)))
                .map(ProposedMappings::target)
                .orElse(null);
        items.add(new LayerMapping.Item(field, target, 1, CONFIRMED, true));
      } else if (pair == null) {
        items.add(new LayerMapping.Item(field, null, 0, NOTHING, false));
      } else {
        taken.add(pair.attribute().name());
        items.add(
            new LayerMapping.Item(
                field, target(pair.attribute()), pair.score(), pair.reason(), false));
      }
    }
    return new LayerMapping(
        layer.id(),
        version,
        new Kind(kind.id(), kind.title()),
        candidates,
        items,
        kind.attributes().stream()
            .filter(attribute -> !taken.contains(attribute.name()))
            .map(ProposedMappings::target)
            .toList());
  }

  private static LayerMapping.Target target(Attribute attribute) {
    return new LayerMapping.Target(attribute.name(), attribute.label());
  }

  private static @Nullable String said(LayerSettings settings, String field) {
    return settings.findField(field).map(FieldSettings::standard).orElse(null);
  }

  private List<LayerMapping.Candidate> candidates(LayerRecord layer, List<ColumnSample> columns) {
    String recognized = layer.standard();
    List<LayerMapping.Candidate> all = new ArrayList<>();
    for (LayerDictionary.Entry kind : dictionary.listEntries()) {
      boolean isRecognized = kind.id().equals(recognized);
      if (!isRecognized && !LayerDictionary.fits(kind, layer.schema().geometry())) {
        continue;
      }
      double share =
          new MappingProposal(columns, kind, Set.of(), Set.of()).share(kind.attributes().size());
      double score = isRecognized ? 0.6 + 0.4 * share : share;
      if (isRecognized || score >= WORTH_CHOOSING) {
        all.add(
            new LayerMapping.Candidate(
                new Kind(kind.id(), kind.title()), Math.round(Math.min(1, score) * 100) / 100.0));
      }
    }
    all.sort(Comparator.comparingDouble(LayerMapping.Candidate::score).reversed());
    return all.subList(0, Math.min(MOST_CANDIDATES, all.size()));
  }

  @Override
  public Stewardship.Version confirm(
      LayerId layer, String standard, Map<String, String> attributes, long basedOn, String author) {
    LayerSettings before = stewardship.settings(layer);
    Map<String, FieldSettings> fields = new LinkedHashMap<>();
    for (FieldSettings field : before.fields()) {
      fields.put(field.name().toLowerCase(Locale.ROOT), undecided(field));
    }
    attributes.forEach(
        (name, attribute) ->
            fields.merge(
                name.toLowerCase(Locale.ROOT),
                new FieldSettings(name, null, null, null, attribute),
                (old, now) -> with(old, attribute)));
    List<FieldSettings> kept = fields.values().stream().filter(field -> !isEmpty(field)).toList();
    return stewardship.save(layer, before.withStandard(standard).withFields(kept), basedOn, author);
  }

  private static FieldSettings undecided(FieldSettings field) {
    return new FieldSettings(field.name(), field.label(), field.unit(), field.dataClass(), null);
  }

  private static FieldSettings with(FieldSettings field, String attribute) {
    return new FieldSettings(
        field.name(), field.label(), field.unit(), field.dataClass(), attribute);
  }

  private static boolean isEmpty(FieldSettings field) {
    return field.label() == null
        && field.unit() == null
        && field.dataClass() == null
        && field.standard() == null;
  }
}
