package org.tequio.procedure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.tequio.catalogue.dictionary.LayerDictionary;
import org.tequio.procedure.pack.ExampleRun;
import org.tequio.procedure.pack.PackLint;
import org.tequio.procedure.pack.PackShelf;
import org.tequio.procedure.pack.ReadPack;
import org.tequio.procedure.rule.Layers;
import org.tequio.procedure.whatif.CityTrial;

/** What its author asks of a pack: does it read, do its examples come out, what could be better. */
public final class PackCheck {
  private final ReadPack pack;

  private PackCheck(ReadPack pack) {
    this.pack = pack;
  }

  /** Asks of a pack that was read. */
  public static PackCheck of(ReadPack pack) {
    return new PackCheck(pack);
  }

  /**
   * Reads a pack for its author.
   *
   * @param folder where it may lie
   * @param id under which it may be one of the program's
   * @return none where it is neither
   * @throws PackRefused naming everything that is wrong
   */
  public static Optional<PackCheck> find(Path folder, String id) throws IOException {
    PackShelf shelf = new PackShelf(LayerDictionary.standard());
    return Files.isDirectory(folder)
        ? Optional.of(new PackCheck(shelf.read(folder)))
        : shelf.find(id).map(PackCheck::new);
  }

  /** What was read. */
  public Pack pack() {
    return pack.pack();
  }

  /** Runs all examples in the towns of the pack. */
  public List<ExampleOutcome> runExamples() {
    return ExampleRun.all(pack);
  }

  /**
   * Asks its procedures in a real city.
   *
   * @param day as of which the law is read
   * @param count at how many parcels each is asked
   * @throws IllegalArgumentException where the city has no parcels
   */
  public List<ProcedureTrial> tryIn(Layers city, LocalDate day, int count) {
    return CityTrial.of(pack, city, day, count);
  }

  /**
   * What could be better.
   *
   * @param today on which amounts must hold
   */
  public List<PackFault> lint(LocalDate today) {
    return PackLint.of(pack, today);
  }
}
