package org.tequio.procedure.pack;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tequio.catalogue.dictionary.LayerDictionary;
import org.tequio.feature.Bbox;
import org.tequio.feature.LocalText;
import org.tequio.procedure.CodeTable;
import org.tequio.procedure.Figure;
import org.tequio.procedure.Kind;
import org.tequio.procedure.Pack;
import org.tequio.procedure.PackFault;
import org.tequio.procedure.PackRefused;
import org.tequio.procedure.Procedure;
import org.tequio.procedure.ProcedureId;
import org.tequio.procedure.ServiceTerms;
import org.tequio.procedure.rule.CompiledProcedure;
import org.tequio.procedure.rule.ExpressionRefused;
import org.tequio.procedure.term.Office;
import org.tequio.procedure.term.OfficesFile;

/**
 * Reads the folder of a pack whole: each expression is checked, and every file that is wrong is
 * named before it is refused.
 */
public final class PackReader {
  private static final long MOST_FILES = 5_000;

  private final Path folder;
  private final LayerDictionary dictionary;
  private final List<PackFault> faults = new ArrayList<>();
  private final List<PackFault> remarks = new ArrayList<>();
  private final SharedWords shared;
  private final Map<String, Office> offices = new LinkedHashMap<>();
  private final Map<String, Figure> figures = new LinkedHashMap<>();
  private final Map<String, CodeTable> tables = new LinkedHashMap<>();
  private final Map<ProcedureId, CompiledProcedure> compiled = new LinkedHashMap<>();
  private final Map<ProcedureId, String> files = new LinkedHashMap<>();
  private final Map<String, Town> towns = new LinkedHashMap<>();

  private PackReader(Path folder, LayerDictionary dictionary, @Nullable ReadPack below) {
    this.folder = folder;
    this.dictionary = dictionary;
    this.shared = new SharedWords(below == null ? null : below.shared());
    if (below != null) {
      offices.putAll(below.offices());
      figures.putAll(below.pack().figures());
      tables.putAll(below.pack().tables());
      compiled.putAll(below.compiled());
      towns.putAll(below.towns());
      files.putAll(below.files());
    }
  }

  /**
   * Reads a pack.
   *
   * @param below the pack over which it is laid; null where it stands alone
   * @throws PackRefused naming everything that is wrong
   */
  public static ReadPack read(Path folder, LayerDictionary dictionary, @Nullable ReadPack below)
      throws IOException {
    return new PackReader(folder, dictionary, below).read();
  }

  /** The id of the pack that a folder's pack is laid over; null where it stands alone. */
  static @Nullable String parent(Path folder) throws IOException {
    @Nullable String[] parent = new @Nullable String[1];
    header(folder, root -> parent[0] = root.optional("extends"));
    return parent[0];
  }

  /** Where the pack of a folder is meant to be used; null where it is not bound to a place. */
  static @Nullable Bbox box(Path folder) throws IOException {
    @Nullable Bbox[] box = new @Nullable Bbox[1];
    header(folder, root -> box[0] = root.has("box") ? box(root.get("box")) : null);
    return box[0];
  }

  private static void header(Path folder, Work reading) throws IOException {
    new PackReader(folder, LayerDictionary.standard(), null).file("pack.yaml", reading);
  }

  private ReadPack read() throws IOException {
    PackNode[] header = new PackNode[1];
    file("pack.yaml", root -> header[0] = root);
    if (header[0] == null && faults.isEmpty()) {
      faults.add(
          new PackFault(
              "pack.yaml",
              0,
              "",
              new LocalText(
                  "no hay pack.yaml en " + folder.getFileName(),
                  "não há pack.yaml em " + folder.getFileName(),
                  "there is no pack.yaml in " + folder.getFileName())));
    }
    file("shared.yaml", shared::read);
    file("offices.yaml", this::readOffices);
    for (String name : yaml("tables")) {
      file(name, root -> new TableFile(shared).read(root, figures, tables));
    }
    for (String name : yaml("examples")) {
      file(
          name,
          root -> {
            String town = name.substring("examples/".length(), name.length() - ".yaml".length());
            towns.put(town, new TownFile(dictionary).read(town, root));
          });
    }
    for (String name : yaml("procedures")) {
      file(name, root -> readProcedure(name, root));
    }
    Pack pack = faults.isEmpty() && header[0] != null ? told(header[0]) : null;
    if (pack == null || !faults.isEmpty()) {
      throw new PackRefused(faults);
    }
    return new ReadPack(pack, compiled, offices, towns, remarks, files, shared);
  }

  private @Nullable Pack told(PackNode header) {
    try {
      header.only("id", "version", "name", "extends", "box");
      Map<ProcedureId, Procedure> procedures = new LinkedHashMap<>();
      compiled.forEach((id, one) -> procedures.put(id, one.procedure()));
      return new Pack(
          header.string("id"),
          header.string("version"),
          header.text("name"),
          header.optional("extends"),
          header.has("box") ? box(header.get("box")) : null,
          figures,
          tables,
          procedures);
    } catch (PackNode.Wrong e) {
      faults.add(e.fault());
      return null;
    }
  }

  private static Bbox box(PackNode node) {
    var box = node.value();
    if (box.size() != 4) {
      throw node.wrong(PackNode.wanted("[west, south, east, north]"));
    }
    return new Bbox(
        box.get(0).asDouble(), box.get(1).asDouble(), box.get(2).asDouble(), box.get(3).asDouble());
  }

  private void readOffices(PackNode root) {
    try {
      for (Office office : OfficesFile.read("offices.yaml", root.value()).list()) {
        offices.put(office.id(), office);
      }
    } catch (IllegalArgumentException e) {
      throw root.wrong(LocalText.same(String.valueOf(e.getMessage())));
    }
  }

  private void requireLayer(PackNode node, String layer) {
    if (dictionary.findEntry(layer).isEmpty()) {
      throw node.wrong(
          new LocalText(
              "no existe la capa '" + layer + "'",
              "não existe a camada '" + layer + "'",
              "there is no layer '" + layer + "'"));
    }
  }

  private void readProcedure(String name, PackNode root) {
    Procedure procedure = new ProcedureFile(shared, offices.keySet(), tables.keySet()).read(root);
    String expected = name.substring("procedures/".length(), name.length() - ".yaml".length());
    if (!procedure.id().value().equals(expected)) {
      throw root.get("id").wrong(PackNode.wanted("'" + expected + "'"));
    }
    for (var change : procedure.writeBack()) {
      requireLayer(root.get("write-back"), change.back().layer());
    }
    ServiceTerms service = procedure.service();
    if (service != null && procedure.kind() != Kind.SERVICE_REQUEST) {
      throw root.get("service").wrong(PackNode.wanted("kind: service-request"));
    }
    if (service != null && service.asset() != null) {
      requireLayer(root.get("service").get("asset"), service.asset().layer());
    }
    try {
      compiled.put(procedure.id(), CompiledProcedure.of(procedure, dictionary, figures, tables));
      files.put(procedure.id(), name);
    } catch (ExpressionRefused e) {
      faults.add(root.faultAt(e.path(), e.reason()));
    }
  }

  /** What is done with the content of a file. */
  @FunctionalInterface
  private interface Work {
    void with(PackNode root);
  }

  private void file(String name, Work work) throws IOException {
    Path file = folder.resolve(name);
    if (!Files.isRegularFile(file)) {
      return;
    }
    try {
      work.with(PackNode.parse(name, Files.readString(file), remarks));
    } catch (PackNode.Wrong e) {
      faults.add(e.fault());
    } catch (MalformedInputException e) {
      faults.add(
          new PackFault(
              name,
              0,
              "",
              new LocalText(
                  "el archivo no está en UTF-8",
                  "o arquivo não está em UTF-8",
                  "the file is not UTF-8")));
    }
  }

  private List<String> yaml(String sub) throws IOException {
    Path inside = folder.resolve(sub);
    if (!Files.isDirectory(inside)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(inside)) {
      return all.map(path -> path.getFileName().toString())
          .filter(name -> name.endsWith(".yaml"))
          .sorted()
          .limit(MOST_FILES)
          .map(name -> sub + "/" + name)
          .toList();
    }
  }
}
