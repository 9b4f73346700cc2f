package org.tequio.privacy.desk;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tequio.catalogue.Catalogue;
import org.tequio.catalogue.LayerRecord;
import org.tequio.privacy.desk.DeskTables.Place;
import org.tequio.privacy.look.ClosedFields;
import org.tequio.storage.AsOf;
import org.tequio.storage.CityStore;
import org.tequio.storage.FeatureQuery;

/**
 * The clock: what has been kept for as long as its rule says is blocked, and some days later
 * erased, so that a mistake in a rule can be seen before anything is lost.
 */
public final class Retention {
  /** So long a mistake in a rule can be seen before anything is lost. */
  static final int BLOCKED_DAYS = 30;

  private static final String CLOCK = "retention";

  private final CityStore store;
  private final Catalogue catalogue;
  private final DeskTables tables;
  private final Clock clock;
  private final Erasure erasure;

  /** Watches these. */
  public Retention(
      CityStore store, Catalogue catalogue, DeskTables tables, Clock clock, Erasure erasure) {
    this.store = store;
    this.catalogue = catalogue;
    this.tables = tables;
    this.clock = clock;
    this.erasure = erasure;
  }

  /**
   * How a layer stands.
   *
   * @param due features whose time is over and that still have values
   * @param next the day on which the next feature falls due; null where none will
   */
  public record Standing(
      LayerRecord layer, @Nullable RetentionRule rule, long due, @Nullable LocalDate next) {}

  /** Every layer that is about people. */
  public List<Standing> list() {
    List<Standing> all = new ArrayList<>();
    for (LayerRecord layer : catalogue.listLayers()) {
      Optional<ClosedFields> fields = ClosedFields.of(store.features(), layer, AsOf.NOW);
      if (fields.isPresent() && fields.get().hasPersonal()) {
        all.add(
            tables
                .findRule(layer.id())
                .map(rule -> standing(layer, fields.get(), rule))
                .orElseGet(() -> new Standing(layer, null, 0, null)));
      }
    }
    return all;
  }

  private Standing standing(LayerRecord layer, ClosedFields fields, RetentionRule rule) {
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    List<Place> due = new ArrayList<>();
    LocalDate next = walk(layer, fields, rule, today, due);
    return new Standing(layer, rule, due.size(), next);
  }

  // Collects what is due; gives the next day on which something will be.
  private @Nullable LocalDate walk(
      LayerRecord layer,
      ClosedFields fields,
      RetentionRule rule,
      LocalDate today,
      List<Place> due) {
    String from = rule.from();
    int date = from == null ? -1 : indexOf(fields, from);
    if (from != null && date < 0) {
      return null;
    }
    LocalDate imported = LocalDate.ofInstant(layer.updated(), ZoneOffset.UTC);
    List<Integer> emptied = fields.personalNames().stream().map(n -> indexOf(fields, n)).toList();
    LocalDate[] next = new LocalDate[1];
    store
        .features()
        .scan(
            fields.layer(),
            FeatureQuery.ALL,
            row -> {
              LocalDate day = date < 0 ? imported : day(row.value(date));
              boolean has = emptied.stream().anyMatch(i -> row.value(i) != null);
              if (day != null && has) {
                LocalDate over = day.plus(rule.period());
                if (!over.isAfter(today)) {
                  due.add(new Place(fields.layer(), row.id()));
                } else if (next[0] == null || over.isBefore(next[0])) {
                  next[0] = over;
                }
              }
              return true;
            });
    return next[0];
  }

  private static int indexOf(ClosedFields fields, String name) {
    for (int i = 0; i < fields.fields().size(); i++) {
      if (fields.fields().get(i).name().equalsIgnoreCase(name)) {
        return i;
      }
    }
    return -1;
  }

  // What has no day is never due: not knowing is no reason to erase.
  private static @Nullable LocalDate day(@Nullable Object value) {
    return switch (value) {
      case LocalDate day -> day;
      case Instant instant -> LocalDate.ofInstant(instant, ZoneOffset.UTC);
      case null, default -> null;
    };
  }

  /** Blocks what is due, and erases what has been blocked long enough. */
  public void tick() {
    boolean erased = false;
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    for (LayerRecord layer : catalogue.listLayers()) {
      Optional<RetentionRule> rule = tables.findRule(layer.id());
      Optional<ClosedFields> fields = ClosedFields.of(store.features(), layer, AsOf.NOW);
      if (rule.isPresent() && fields.isPresent()) {
        List<Place> due = new ArrayList<>();
        walk(layer, fields.get(), rule.get(), today, due);
        List<Place> fresh =
            due.stream().filter(p -> !tables.isBlocked(p.layer(), p.feature())).toList();
        if (!fresh.isEmpty()) {
          tables.block(0, fresh, CLOCK);
          store
              .audit()
              .append(CLOCK, "block", layer.id() + ": " + fresh.size() + " features are due");
        }
        erased |= erase(fields.get(), rule.get(), due);
      }
    }
    if (erased) {
      erasure.finish();
    }
  }

  private boolean erase(ClosedFields fields, RetentionRule rule, List<Place> due) {
    Instant before = clock.instant().minus(Duration.ofDays(BLOCKED_DAYS));
    // A rule that was made longer meanwhile, or a corrected day, saves what is no longer due.
    List<Place> over = new ArrayList<>(tables.listBlockedByClock(fields.layer(), before));
    over.retainAll(new HashSet<>(due));
    if (over.isEmpty() || rule.then() == RetentionRule.Then.BLOCK) {
      return false;
    }
    Set<Long> features = over.stream().map(Place::feature).collect(Collectors.toSet());
    erasure.erase(
        Map.of(fields.layer(), new Erasure.Part(features, new HashSet<>(fields.personalNames()))),
        CLOCK,
        "kept for " + rule.period());
    tables.unblock(over);
    return true;
  }
}
