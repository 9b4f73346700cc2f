package org.tequio.publish.layer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.Code;
import org.tequio.feature.Field;
import org.tequio.feature.Language;
import org.tequio.http.Action;
import org.tequio.http.Call;
import org.tequio.http.Endpoint;
import org.tequio.http.Parameter;
import org.tequio.http.Permission;
import org.tequio.http.Permissions;
import org.tequio.http.Problem;
import org.tequio.http.ProblemException;
import org.tequio.http.Reply;
import org.tequio.storage.FeatureQuery;
import org.tequio.storage.FeatureStore;

/** The most frequent values of a field, for legends. */
public final class ValuesEndpoint {
  private static final int MOST = 50;
  private static final int MAX_DISTINCT = 20_000;
  private static final int MAX_KEPT = 500;
  private static final Parameter<String> FIELD =
      Parameter.text("field", "Name of a public field.", 200);

  private final FeatureStore store;
  private final PublicLayers layers;
  private final Permissions permissions;
  private final Map<String, Tally> kept =
      new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Tally> eldest) {
          return size() > MAX_KEPT;
        }
      };

  private record Tally(
      List<Map.Entry<Object, long[]>> most,
      boolean truncated,
      int withheld,
      @Nullable List<NumberJson> distribution) {}

  /** Answers from these. */
  public ValuesEndpoint(FeatureStore store, PublicLayers layers, Permissions permissions) {
    this.store = store;
    this.layers = layers;
    this.permissions = permissions;
  }

  /** Its operations. */
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/api/layers/{layer}/values", "layerValues", Action.LAYER_READ, this::values)
            .summary("The values of one field, most frequent first, for legends.")
            .with(Parameter.LAYER, FIELD)
            .answers("application/json", Values.class));
  }

  /**
   * What a field holds.
   *
   * @param truncated true where there are more values than are told
   * @param withheld counts that are not told, because they are of few people
   * @param distribution how numbers spread, the least first, where not every value is told; null
   *     where the values tell it, are no numbers, or are of people
   */
  record Values(
      List<ValueJson> values,
      boolean truncated,
      int withheld,
      @Nullable List<NumberJson> distribution) {}

  /** A number, and how many features have it or one between it and the next. */
  record NumberJson(double value, long count) {}

  record ValueJson(Object value, String label, @Nullable Long count) {}

  private Reply values(Call call) {
    var id = call.path(Parameter.LAYER);
    permissions.require(call, Permission.READ_LAYER);
    PublicLayer layer = layers.get(id);
    String name = call.required(FIELD);
    int index = layer.indexOf(name);
    if (index < 0) {
      List<String> known = layer.fields().stream().map(Field::name).toList();
      throw new ProblemException(
          Problem.invalidParameter(
              "field", org.tequio.feature.LocalText.same(String.join("|", known)), name));
    }
    Field field = layer.fields().get(index);
    Tally tally = tally(layer, field, layer.positions()[index]);
    Language language = call.language();
    return Reply.json(
            new Values(
                tally.most.stream()
                    .map(e -> value(field, e.getKey(), told(e.getValue()[0]), language))
                    .toList(),
                tally.truncated,
                tally.withheld,
                tally.distribution))
        .tagged(layer.version() + "-" + index + "-" + language.tag());
  }

  // A count that is withheld stands as nothing in the tally.
  private static @Nullable Long told(long count) {
    return count == 0 ? null : count;
  }

  private static ValueJson value(
      Field field, Object value, @Nullable Long count, Language language) {
    String text = value.toString();
    String label =
        field.codes().stream()
            .filter(code -> code.value().equals(text))
            .findFirst()
            .map(Code::label)
            .map(l -> l.in(language))
            .orElse(text);
    boolean plain = value instanceof Number || value instanceof Boolean;
    return new ValueJson(plain ? value : text, label, count);
  }

  private Tally tally(PublicLayer layer, Field field, int position) {
    String key = layer.id() + " " + layer.version() + " " + field.name();
    synchronized (kept) {
      Tally known = kept.get(key);
      if (known != null) {
        return known;
      }
    }
    Tally counted = count(layer, position);
    synchronized (kept) {
      kept.put(key, counted);
    }
    return counted;
  }

  private Tally count(PublicLayer layer, int position) {
    Map<Object, long[]> counts = new HashMap<>();
    boolean[] truncated = new boolean[1];
    Numbers numbers = new Numbers();
    store.scan(
        layer.id(),
        FeatureQuery.ALL,
        row -> {
          Object value = row.value(position);
          if (value instanceof Number number) {
            numbers.add(number.doubleValue());
          }
          if (value != null) {
            long[] count = counts.get(value);
            if (count != null) {
              count[0]++;
            } else if (counts.size() < MAX_DISTINCT) {
              counts.put(value, new long[] {1});
            } else {
              truncated[0] = true;
            }
          }
          return true;
        });
    List<Map.Entry<Object, long[]>> all = new ArrayList<>(counts.entrySet());
    all.sort(
        Comparator.<Map.Entry<Object, long[]>>comparingLong(e -> -e.getValue()[0])
            .thenComparing(e -> e.getKey().toString()));
    boolean cut = truncated[0] || all.size() > MOST;
    int withheld =
        layer.isAboutPeople()
            ? SmallCounts.withheld(all.stream().mapToLong(e -> e.getValue()[0]).toArray())
            : 0;
    all.subList(all.size() - withheld, all.size()).forEach(e -> e.getValue()[0] = 0);
    boolean spread = cut && numbers.size() > 0 && !layer.isAboutPeople();
    return new Tally(
        List.copyOf(all.subList(0, Math.min(MOST, all.size()))),
        cut,
        withheld,
        spread ? numbers.distribution() : null);
  }
}
