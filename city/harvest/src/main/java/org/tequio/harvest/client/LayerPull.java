package org.tequio.harvest.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.tequio.formats.Limits;
import org.tequio.formats.PagedFile;
import org.tequio.harvest.HarvestException;
import org.tequio.harvest.Source;
import org.tequio.harvest.client.Way.DamagedPage;
import org.tequio.harvest.client.Way.End;
import org.tequio.harvest.client.Way.Walk;
import org.tequio.harvest.fetch.Haul;

/**
 * Gets all features of one layer into one file, by the first way on which all come. All are there
 * when as many different ones came as the server says it has; where it does not say, when it went
 * on until it had no more. Anything less is no answer.
 */
final class LayerPull {
  private static final int DAMAGED_AT_MOST = 3;

  private final Haul haul;
  private final Source.Options options;
  private final String host;
  private final String name;

  LayerPull(Haul haul, Source.Options options, String host, String name) {
    this.haul = haul;
    this.options = options;
    this.host = host;
    this.name = name;
  }

  /** Begins a file. */
  @FunctionalInterface
  interface Opening {
    PagedFile open(Path file, Limits limits) throws IOException;
  }

  /** Asks the server how many there are; -1 where it does not say. */
  @FunctionalInterface
  interface Total {
    long ask() throws IOException, HarvestException;
  }

  /** Pulls into the file. */
  void pull(Path file, Opening opening, String accept, Total total, List<Way> ways)
      throws IOException, HarvestException {
    long wanted = total.ask();
    Best best = new Best();
    if (tryAll(file, opening, accept, wanted, ways, best)) {
      return;
    }
    // It may have changed while it was pulled, or since the pages were kept.
    long now = total.ask();
    if (haul.fetcher().hasKept() || now != wanted) {
      haul.log()
          .note(
              "el origen cambió entretanto; se empieza de nuevo",
              "a origem mudou entretanto; começa-se de novo",
              "the source changed meanwhile; beginning again");
      haul.fetcher().forgetAll();
      if (tryAll(file, opening, accept, now, ways, best)) {
        return;
      }
    }
    Files.deleteIfExists(file);
    if (best.onlyFaults && !best.faults.isEmpty()) {
      throw HarvestException.fault(host, best.faults.getFirst());
    }
    throw HarvestException.incomplete(name, best.features, now);
  }

  private static final class Best {
    private long features;
    private boolean onlyFaults = true;
    private final List<String> faults = new ArrayList<>();
  }

  private boolean tryAll(
      Path file, Opening opening, String accept, long total, List<Way> ways, Best best)
      throws IOException, HarvestException {
    for (Way way : ways) {
      haul.log()
          .note(
              "'" + name + "': " + way.name() + ", " + (total < 0 ? "?" : total) + " elementos",
              "'" + name + "': " + way.name() + ", " + (total < 0 ? "?" : total) + " elementos",
              "'" + name + "': " + way.name() + ", " + (total < 0 ? "?" : total) + " features");
      if (tryOne(file, opening, accept, total, way, best)) {
        return true;
      }
    }
    return false;
  }

  private boolean tryOne(Path file, Opening opening, String accept, long total, Way way, Best best)
      throws IOException, HarvestException {
    for (int damaged = 1; ; damaged++) {
      try (PagedFile into = opening.open(file, Limits.STANDARD)) {
        Walk walk = new Walk(into, haul, accept, total);
        End end = way.go(walk);
        long features = into.features();
        best.features = Math.max(best.features, features);
        if (end instanceof End.Fault fault) {
          best.faults.add(fault.words());
        } else {
          best.onlyFaults = false;
        }
        boolean whole = total >= 0 ? features == total : end instanceof End.NoMore;
        if (whole && features == 0 && !options.emptyAllowed()) {
          throw HarvestException.empty(name);
        }
        if (whole) {
          haul.log().counted(features);
          return true;
        }
        String how = why(end) + " (" + features + ")";
        haul.log()
            .note(
                "'" + name + "': así no llegan todos: " + how,
                "'" + name + "': assim não chegam todos: " + how,
                "'" + name + "': not all come this way: " + how);
        return false;
      } catch (DamagedPage e) {
        haul.fetcher().forget(e.address());
        if (e.isRefused() || damaged == DAMAGED_AT_MOST) {
          throw HarvestException.damaged(host, e.getMessage());
        }
        haul.log()
            .note(
                "una página llegó dañada; se pide otra vez: " + e.getMessage(),
                "uma página chegou danificada; pede-se de novo: " + e.getMessage(),
                "a page was damaged; asking again: " + e.getMessage());
      }
    }
  }

  private static String why(End end) {
    return switch (end) {
      case End.NoMore _ -> "—";
      case End.Repeated _ -> "↻";
      case End.Fault fault ->
          fault.words().length() > 200 ? fault.words().substring(0, 200) + "…" : fault.words();
    };
  }
}
