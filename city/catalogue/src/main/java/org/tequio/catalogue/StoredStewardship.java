package org.tequio.catalogue;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tequio.catalogue.tables.SettingsTable;
import org.tequio.feature.LayerId;
import org.tequio.feature.LocalText;
import org.tequio.storage.AuditLog;

/**
 * Keeps the newest settings of each layer in memory and every version in a table. The number of the
 * newest version of all tells readers when what they hold is old.
 */
final class StoredStewardship implements Stewardship {
  private final SettingsTable table;
  private final SettingsCheck check;
  private final AuditLog audit;
  private final Clock clock;
  private volatile State state;

  /** Versions are replaced as a whole, so that readers see either all of a change or nothing. */
  private record State(long number, Map<LayerId, Version> newest) {}

  StoredStewardship(SettingsTable table, SettingsCheck check, AuditLog audit, Clock clock) {
    this.table = table;
    this.check = check;
    this.audit = audit;
    this.clock = clock;
    Map<LayerId, Version> newest = new HashMap<>();
    long number = 0;
    for (Version version : table.list()) {
      newest.putIfAbsent(version.layer(), version);
      number = Math.max(number, version.number());
    }
    this.state = new State(number, Map.copyOf(newest));
  }

  /** The number of the newest version of all layers; 0 where nobody said anything. */
  long number() {
    return state.number;
  }

  @Override
  public LayerSettings settings(LayerId layer) {
    Version version = state.newest.get(layer);
    return version == null ? LayerSettings.EMPTY : version.settings();
  }

  @Override
  public long version(LayerId layer) {
    Version version = state.newest.get(layer);
    return version == null ? 0 : version.number();
  }

  @Override
  public List<Version> listVersions(LayerId layer) {
    return table.list().stream().filter(version -> version.layer().equals(layer)).toList();
  }

  @Override
  public synchronized Version save(
      LayerId layer, LayerSettings settings, long basedOn, String author) {
    requireNewest(layer, basedOn);
    check.require(layer, settings, settings(layer));
    return add(layer, settings, author, "settings");
  }

  @Override
  public synchronized Version undo(LayerId layer, long basedOn, String author) {
    requireNewest(layer, basedOn);
    List<Version> versions = listVersions(layer);
    if (versions.isEmpty()) {
      throw new SettingsRefused(
          "version",
          new LocalText(
              "nadie ha descrito esta capa; no hay qué deshacer",
              "ninguém descreveu esta camada; não há o que desfazer",
              "nobody described this layer; there is nothing to take back"));
    }
    LayerSettings before = versions.size() > 1 ? versions.get(1).settings() : LayerSettings.EMPTY;
    return add(layer, before, author, "settings-undo");
  }

  private void requireNewest(LayerId layer, long basedOn) {
    long newest = version(layer);
    if (newest != basedOn) {
      throw new StaleSettings(layer, newest);
    }
  }

  private Version add(LayerId layer, LayerSettings settings, String author, String action) {
    Version version =
        new Version(
            state.number + 1,
            layer,
            clock.instant().truncatedTo(ChronoUnit.MILLIS),
            author,
            settings);
    table.add(version);
    Map<LayerId, Version> newest = new HashMap<>(state.newest);
    newest.put(layer, version);
    state = new State(version.number(), Map.copyOf(newest));
    audit.append(author, action, "layer " + layer + " version " + version.number());
    return version;
  }
}
