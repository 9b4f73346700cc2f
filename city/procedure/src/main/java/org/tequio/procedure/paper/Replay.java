package org.tequio.procedure.paper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tequio.catalogue.dictionary.LayerDictionary;
import org.tequio.feature.LocalText;
import org.tequio.procedure.PaperReplay;
import org.tequio.procedure.PaperReplay.Difference;
import org.tequio.procedure.ProcedureId;
import org.tequio.procedure.Procedures;
import org.tequio.procedure.pack.PackShelf;
import org.tequio.procedure.pack.ReadPack;
import org.tequio.procedure.rule.CompiledProcedure;
import org.tequio.procedure.rule.Entries;
import org.tequio.procedure.rule.EntryReader;
import org.tequio.procedure.rule.Layers;
import org.tequio.procedure.rule.PlaceReader;
import org.tequio.procedure.web.ProcedureJson.AnswerJson;
import org.tequio.procedure.web.ProcedureWriter;
import org.tequio.procedure.web.ProceduresEndpoint;
import org.tequio.storage.BlobStore;
import tools.jackson.databind.JsonNode;

/**
 * Answers again what a paper answers: by the rules of then, over the layers of then, for the day of
 * then; and says what comes out otherwise. What stewards say of layers, and the names of offices,
 * are those of today. Thread-safe.
 */
public final class Replay {
  private static final LocalText NOTHING =
      new LocalText(
          "lo que decía ya no se guarda, o no se preguntó a ninguna regla",
          "o que dizia já não se guarda, ou não se perguntou a nenhuma regra",
          "what it said was let go, or no rules were asked for it");

  private final Papers papers;
  private final Procedures procedures;
  private final PastLayers layers;
  private final BlobStore blobs;

  /** Gives the layers as they were. */
  @FunctionalInterface
  public interface PastLayers {
    /**
     * Those of a state.
     *
     * @param revision that was the newest then
     * @param moment when that was
     */
    Layers at(long revision, Instant moment);
  }

  /** Answers papers of a register again. */
  public Replay(Papers papers, Procedures procedures, PastLayers layers, BlobStore blobs) {
    this.papers = papers;
    this.procedures = procedures;
    this.layers = layers;
    this.blobs = blobs;
  }

  /**
   * Answers a paper again.
   *
   * @param named by its code or its folio
   * @return nothing where there is no such paper
   */
  public Optional<PaperReplay> of(String named) {
    return PaperCode.find(named)
        .flatMap(papers::find)
        .or(() -> papers.listByFolio(named.strip()).stream().findFirst())
        .map(this::of);
  }

  /** Answers a paper again. */
  PaperReplay of(Paper paper) {
    Optional<PaperBody> body = papers.body(paper);
    AnswerJson then = body.map(PaperBody::answer).orElse(null);
    if (body.isEmpty() || then == null) {
      return told(paper, List.of(), NOTHING);
    }
    Layers past = layers.at(paper.revision(), paper.face().issued());
    CompiledProcedure procedure =
        pack(paper).compiled().get(new ProcedureId(paper.face().procedure()));
    if (procedure == null) {
      throw new IllegalStateException("the pack of " + paper.face().folio() + " is another");
    }
    try {
      Entries entries =
          EntryReader.read(procedure, body.get().inputs(), PlaceReader.ofDegrees(past.crs()));
      AnswerJson again =
          new ProcedureWriter(procedures, paper.face().language())
              .answer(procedure.answer(past, entries, LocalDate.parse(then.day())));
      List<Difference> differences = new ArrayList<>();
      compare("", tree(then), tree(again), differences);
      return told(paper, differences, null);
    } catch (Entries.Refused e) {
      return told(paper, List.of(), ProceduresEndpoint.reasons(e.reasons()));
    }
  }

  private static PaperReplay told(
      Paper paper, List<Difference> differences, @Nullable LocalText hindered) {
    return new PaperReplay(
        paper.face().code().value(),
        paper.face().folio(),
        paper.face().day(),
        paper.revision(),
        paper.face().pack() + " " + paper.face().packVersion(),
        differences,
        hindered);
  }

  /** The pack by which it was made: the one that is in use, where nothing of it has changed. */
  private ReadPack pack(Paper paper) {
    Optional<ReadPack> used =
        procedures
            .findPack(new ProcedureId(paper.face().procedure()))
            .filter(pack -> papers.packCopy(pack).equals(paper.packCopy()));
    return used.orElseGet(() -> copy(paper));
  }

  private ReadPack copy(Paper paper) {
    try (var copy = blobs.open(paper.packCopy())) {
      return new PackShelf(LayerDictionary.standard()).readCopy(copy.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  // Both go the same way through text, so that 3 and 3.0 are one number.
  private static JsonNode tree(AnswerJson answer) {
    return PaperTables.MAPPER.readTree(PaperTables.MAPPER.writeValueAsString(answer));
  }

  private static void compare(
      String path, JsonNode then, JsonNode now, List<Difference> differences) {
    if (then.isContainer() && now.isContainer() && then.isArray() == now.isArray()) {
      Map<String, JsonNode> before = parts(then);
      Map<String, JsonNode> after = parts(now);
      Set<String> names = new LinkedHashSet<>(before.keySet());
      names.addAll(after.keySet());
      JsonNode none = PaperTables.MAPPER.missingNode();
      for (String name : names) {
        compare(
            path.isEmpty() ? name : path + "/" + name,
            before.getOrDefault(name, none),
            after.getOrDefault(name, none),
            differences);
      }
    } else if (!told(then).equals(told(now))) {
      differences.add(new Difference(path, told(then), told(now)));
    }
  }

  /** Members by their names; elements by their identifiers, else by their places. */
  private static Map<String, JsonNode> parts(JsonNode container) {
    Map<String, JsonNode> parts = new LinkedHashMap<>();
    if (container.isObject()) {
      container.forEachEntry(parts::put);
      return parts;
    }
    for (int i = 0; i < container.size(); i++) {
      JsonNode one = container.get(i);
      String id = one.path("id").asString("");
      parts.put(id.isEmpty() || parts.containsKey(id) ? Integer.toString(i) : id, one);
    }
    return parts;
  }

  private static String told(JsonNode node) {
    if (node.isMissingNode() || node.isNull()) {
      return "";
    }
    return node.isString() ? node.asString() : node.toString();
  }
}
