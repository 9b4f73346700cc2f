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
import org.tequio.feature.LayerId;
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
      LayerId layer, @Nullable RetentionRule rule, long due, @Nullable LocalDate next) {}

  /** Every layer that is about people. */
  public List<Standing> list() {
    List<Standing> all = new ArrayList<>();
    for (LayerRecord layer : catalogue.listLayers()) {
      Optional<ClosedFields> fields = ClosedFields.of(store.features(), layer, AsOf.NOW);
      if (fields.isPresent() && fields.get().hasPersonal()) {
        all.add(
            tables
                .findRule(layer.id())
                .map(rule -> standing(fields.get(), rule))
                .orElseGet(() -> new Standing(layer.id(), null, 0, null)));
      }
    }
    return all;
  }

  private Standing standing(ClosedFields fields, RetentionRule rule) {
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    List<Place> due = new ArrayList<>();
    LocalDate next = walk(fields, rule, today, due);
    return new Standing(fields.layer(), rule, due.size(), next);
  }

  // Collects what is due; gives the next day on which something will be.
  private @Nullable LocalDate walk(
      ClosedFields fields, RetentionRule rule, LocalDate today, List<Place> due) {
    int date = indexOf(fields, rule.dateField());
    if (date < 0) {
      return null;
    }
    List<Integer> emptied =
        names(fields, rule).stream().map(name -> indexOf(fields, name)).toList();
    LocalDate[] next = new LocalDate[1];
    store
        .features()
        .scan(
            fields.layer(),
            FeatureQuery.ALL,
            row -> {
              LocalDate day = day(row.value(date));
              boolean has = emptied.stream().anyMatch(i -> i >= 0 && row.value(i) != null);
              if (day != null && has) {
                LocalDate over = day.plusDays(rule.days());
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

  private static List<String> names(ClosedFields fields, RetentionRule rule) {
    return rule.fields().isEmpty() ? fields.personalNames() : rule.fields();
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
        walk(fields.get(), rule.get(), today, due);
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
    Instant before = clock.instant().minus(Duration.ofDays(rule.blockedDays()));
    // A rule that was made longer meanwhile, or a corrected day, saves what is no longer due.
    List<Place> over = new ArrayList<>(tables.listBlockedByClock(fields.layer(), before));
    over.retainAll(new HashSet<>(due));
    if (over.isEmpty()) {
      return false;
    }
    Set<Long> features = over.stream().map(Place::feature).collect(Collectors.toSet());
    erasure.erase(
        Map.of(fields.layer(), new Erasure.Part(features, new HashSet<>(names(fields, rule)))),
        CLOCK,
        rule.basis());
    tables.unblock(over);
    return true;
  }
}
