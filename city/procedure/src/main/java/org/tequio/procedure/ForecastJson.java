package org.tequio.procedure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** A forecast for other programs: as a document, and as a map. */
public final class ForecastJson {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private ForecastJson() {}

  /**
   * All of it, with names of the wire.
   *
   * @param most how many turns at most; their number is told
   */
  public static Map<String, Object> document(Forecast forecast, int most) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("day", forecast.day().toString());
    document.put("revision", forecast.revision());
    document.put("parcels", forecast.parcels());
    document.put("sample", forecast.sample());
    document.put("files", forecast.files());
    document.put("procedures", forecast.procedures().stream().map(ForecastJson::tally).toList());
    document.put("turnCount", forecast.turns().size());
    document.put("turns", forecast.turns().stream().limit(most).map(ForecastJson::turn).toList());
    return document;
  }

  private static Map<String, Object> tally(Tally tally) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("procedure", tally.procedure().value());
    document.put("name", tally.name());
    document.put("isNew", tally.isNew());
    document.put("isGone", tally.isGone());
    document.put("parcels", tally.parcels());
    document.put("parcelsFlipped", tally.parcelsFlipped());
    if (tally.parcels() > 0) {
      document.put("share", tally.share());
      document.put("share95", List.of(tally.leastShare(), tally.greatestShare()));
    }
    document.put("files", tally.files());
    document.put("filesFlipped", tally.filesFlipped());
    document.put("notAsked", tally.notAsked());
    document.put("flips", tally.flips());
    document.put("rules", tally.rules());
    document.put("feesChanged", tally.feesChanged());
    document.put("feeBefore", tally.feeBefore());
    document.put("feeAfter", tally.feeAfter());
    return document;
  }

  private static Map<String, Object> turn(Turn turn) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("procedure", turn.procedure().value());
    document.put(turn.isFile() ? "folio" : "parcel", turn.source());
    document.put("example", turn.example());
    if (hasPlace(turn)) {
      document.put("at", List.of(turn.lon(), turn.lat()));
    }
    document.put("before", turn.before().wireName());
    document.put("after", turn.after().wireName());
    List<Object> rules = new ArrayList<>();
    for (Turn.RuleTurn rule : turn.rules()) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("rule", rule.rule());
      one.put("before", name(rule.before()));
      one.put("after", name(rule.after()));
      rules.add(one);
    }
    document.put("rules", rules);
    document.put("feeBefore", turn.feeBefore());
    document.put("feeAfter", turn.feeAfter());
    return document;
  }

  private static boolean hasPlace(Turn turn) {
    return Double.isFinite(turn.lon()) && Double.isFinite(turn.lat());
  }

  private static @Nullable String name(@Nullable Answer answer) {
    return answer == null ? null : answer.wireName();
  }

  /**
   * A map (RFC 7946) with one point for each question about a place that would be answered
   * otherwise.
   */
  public static byte[] map(Forecast forecast) {
    List<Object> features = new ArrayList<>();
    for (Turn turn : forecast.turns()) {
      if (hasPlace(turn)) {
        Map<String, Object> feature = new LinkedHashMap<>();
        feature.put("type", "Feature");
        feature.put(
            "geometry", Map.of("type", "Point", "coordinates", List.of(turn.lon(), turn.lat())));
        feature.put("properties", turn(turn));
        features.add(feature);
      }
    }
    Map<String, Object> collection = new LinkedHashMap<>();
    collection.put("type", "FeatureCollection");
    collection.put("features", features);
    return JSON.writeValueAsBytes(collection);
  }
}
