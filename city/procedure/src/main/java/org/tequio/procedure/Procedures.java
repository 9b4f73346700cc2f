package org.tequio.procedure;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tequio.catalogue.Catalogue;
import org.tequio.catalogue.dictionary.LayerDictionary;
import org.tequio.feature.Bbox;
import org.tequio.feature.LocalText;
import org.tequio.procedure.pack.PackShelf;
import org.tequio.procedure.pack.ReadPack;
import org.tequio.procedure.rule.CompiledProcedure;
import org.tequio.procedure.term.Office;
import org.tequio.procedure.term.Offices;

/**
 * The procedures of a city: those of the packs that are meant for its place, and of its own packs
 * over them. Read once, when they are first asked for. Thread-safe.
 */
public final class Procedures {
  private final Catalogue catalogue;
  private final Path own;
  private @Nullable Read read;

  /** What was read; {@code placed} false where the city had no place yet. */
  private record Read(
      boolean placed,
      Map<ProcedureId, CompiledProcedure> procedures,
      Offices offices,
      List<ReadPack> packs,
      Map<String, byte[]> copies) {}

  /**
   * Those of a city.
   *
   * @param own the folder of its own packs, which may be absent
   */
  public Procedures(Catalogue catalogue, Path own) {
    this.catalogue = catalogue;
    this.own = own;
  }

  private synchronized Read read() {
    Bbox bounds = catalogue.city().bounds();
    Read known = read;
    // A city without a place yet may get one, and then procedures.
    if (known == null || !known.placed && bounds != null) {
      PackShelf shelf = new PackShelf(LayerDictionary.standard());
      Map<String, ReadPack> packs = shelf.ofCity(own, null, bounds);
      Map<String, byte[]> copies = new LinkedHashMap<>();
      packs.keySet().forEach(id -> copies.put(id, shelf.copy(own, id)));
      known = read(packs, bounds != null, copies);
      read = known;
    }
    return known;
  }

  private static Read read(
      Map<String, ReadPack> packs, boolean placed, Map<String, byte[]> copies) {
    Map<String, Office> offices = new LinkedHashMap<>();
    packs.values().forEach(pack -> offices.putAll(pack.offices()));
    return new Read(
        placed, compile(packs), together(offices.values()), List.copyOf(packs.values()), copies);
  }

  /** Those of one pack alone, for its author to look at. */
  public static Procedures of(Catalogue catalogue, ReadPack pack) {
    Procedures alone = new Procedures(catalogue, Path.of(""));
    alone.read = read(Map.of(pack.pack().id(), pack), true, Map.of());
    return alone;
  }

  /**
   * Reads all packs of the city with a draft among them, and uses none of it.
   *
   * @param draft the folder of a pack
   * @throws PackRefused naming everything that is wrong
   */
  public void tryOut(Path draft) {
    Bbox bounds = catalogue.city().bounds();
    read(
        new PackShelf(LayerDictionary.standard()).ofCity(own, draft, bounds),
        bounds != null,
        Map.of());
  }

  /** Reads the packs anew with the next question, since one was saved. */
  public synchronized void renew() {
    read = null;
  }

  private static Offices together(Collection<Office> offices) {
    try {
      return new Offices(List.copyOf(offices));
    } catch (IllegalArgumentException e) {
      // Each pack is right by itself.
      LocalText said = LocalText.same(String.valueOf(e.getMessage()));
      throw new PackRefused(List.of(new PackFault("offices.yaml", 0, "", said)));
    }
  }

  /**
   * Reads the city's own packs, where it has any, so that a mistake in them is told at the start.
   *
   * @throws PackRefused naming everything that is wrong
   */
  public void check() {
    if (Files.isDirectory(own)) {
      read();
    }
  }

  /** All of them, in the order of their packs. */
  public List<Procedure> list() {
    List<Procedure> all = new ArrayList<>();
    read().procedures.values().forEach(one -> all.add(one.procedure()));
    return all;
  }

  /** One of them. */
  public Optional<Procedure> find(ProcedureId id) {
    return findCompiled(id).map(CompiledProcedure::procedure);
  }

  /** One of them, ready to be asked. */
  public Optional<CompiledProcedure> findCompiled(ProcedureId id) {
    return Optional.ofNullable(read().procedures.get(id));
  }

  /** All of them, ready to be asked. */
  public Map<ProcedureId, CompiledProcedure> compiled() {
    return Collections.unmodifiableMap(read().procedures);
  }

  /**
   * All of them as they would be with another pack laid over those of the city; nothing is kept.
   *
   * @param draft a folder with a pack; it takes the place of the city's pack of its name
   * @throws PackRefused naming everything that is wrong with it
   */
  public Map<ProcedureId, CompiledProcedure> compiledWith(Path draft) {
    return compile(
        new PackShelf(LayerDictionary.standard()).ofCity(own, draft, catalogue.city().bounds()));
  }

  private static Map<ProcedureId, CompiledProcedure> compile(Map<String, ReadPack> packs) {
    Map<ProcedureId, CompiledProcedure> all = new LinkedHashMap<>();
    packs.values().forEach(pack -> all.putAll(pack.compiled()));
    return all;
  }

  /** Who handles them. */
  public Offices offices() {
    return read().offices;
  }

  /** What an office is called now; its id where no pack has it. */
  public String officeName(String office) {
    return offices().find(office).map(Office::name).orElse(office);
  }

  /** A list of codes of a pack. */
  public Optional<CodeTable> table(String id) {
    return read().packs.stream()
        .map(pack -> pack.pack().tables().get(id))
        .filter(Objects::nonNull)
        .findFirst();
  }

  /** The pack in which a procedure stands as people may ask it now. */
  public Optional<ReadPack> findPack(ProcedureId id) {
    return read().packs.reversed().stream()
        .filter(pack -> pack.compiled().containsKey(id))
        .findFirst();
  }

  /** The files of a pack that the city uses, as they were when it was read. */
  public byte[] copy(ReadPack pack) {
    byte[] copy = read().copies.get(pack.pack().id());
    if (copy == null) {
      throw new IllegalArgumentException("the city uses no pack " + pack.pack().id());
    }
    return copy.clone();
  }
}
