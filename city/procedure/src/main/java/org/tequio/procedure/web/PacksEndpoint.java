package org.tequio.procedure.web;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.tequio.catalogue.Catalogue;
import org.tequio.catalogue.dictionary.LayerDictionary;
import org.tequio.feature.Language;
import org.tequio.feature.LocalText;
import org.tequio.http.Action;
import org.tequio.http.Call;
import org.tequio.http.Endpoint;
import org.tequio.http.Parameter;
import org.tequio.http.Permission;
import org.tequio.http.Permissions;
import org.tequio.http.Problem;
import org.tequio.http.ProblemException;
import org.tequio.http.Reply;
import org.tequio.procedure.ExampleOutcome;
import org.tequio.procedure.PackCheck;
import org.tequio.procedure.PackFault;
import org.tequio.procedure.PackRefused;
import org.tequio.procedure.ProcedureId;
import org.tequio.procedure.Procedures;
import org.tequio.procedure.pack.OwnPacks;
import org.tequio.procedure.pack.PackShelf;
import org.tequio.procedure.pack.PackTexts;
import org.tequio.procedure.pack.ReadPack;

/**
 * Packs for their author: the sources, what is wrong with them and what could be better, how their
 * examples come out, and how a procedure would be read. The program's own packs are read only; a
 * city's own is saved whole, once it reads and its examples come out. Thread-safe.
 */
public final class PacksEndpoint {
  private static final Action MANAGE = new Action("pack.manage");
  static final Parameter<String> PACK =
      Parameter.pathId(
          "pack", "Identifier of a pack.", new LocalText("un paquete", "um pacote", "a pack"));

  private final Catalogue catalogue;
  private final Procedures procedures;
  private final OwnPacks own;
  private final Permissions permissions;
  private final Clock clock;
  private final PackShelf shelf = new PackShelf(LayerDictionary.standard());

  /** For the packs of a city. */
  public PacksEndpoint(
      Catalogue catalogue,
      Procedures procedures,
      OwnPacks own,
      Permissions permissions,
      Clock clock) {
    this.catalogue = catalogue;
    this.procedures = procedures;
    this.own = own;
    this.permissions = permissions;
    this.clock = clock;
  }

  /** Its operations. */
  public List<Endpoint> endpoints() {
    String one = "/api/packs/{pack}";
    return List.of(
        Endpoint.get("/api/packs", "packs", MANAGE, this::list)
            .summary("The packs of the program, and those that the city wrote itself.")
            .answers("application/json", PackList.class),
        Endpoint.get(one, "pack", MANAGE, this::sources)
            .summary("The files of a pack, as they are written.")
            .with(PACK)
            .answers("application/json", SourcesJson.class),
        Endpoint.post(one + "/check", "checkPack", MANAGE, this::check)
            .summary("What is wrong with a pack as it would be with these files; nothing is kept.")
            .with(PACK)
            .takes("application/json", DraftJson.class)
            .answers("application/json", ReportJson.class),
        Endpoint.put(one, "savePack", MANAGE, this::save)
            .summary("Saves these files of a city's own pack, all of them or none.")
            .with(PACK)
            .takes("application/json", DraftJson.class)
            .answers("application/json", SavedJson.class));
  }

  record PackList(List<PackJson> packs) {}

  /** A pack; {@code own} where the city wrote it, and may write it. */
  record PackJson(String id, boolean own, int files) {}

  record SourcesJson(String id, boolean own, String tag, Map<String, String> files) {}

  /**
   * Files to put in a pack.
   *
   * @param tag of the sources that were changed; null for a pack that is new
   * @param files by name; null for one that goes
   * @param show the procedure to show as residents would read it
   */
  record DraftJson(
      @Nullable String tag, Map<String, @Nullable String> files, @Nullable String show) {}

  record SavedJson(String tag) {}

  record FaultJson(String file, int line, String path, String message) {}

  /**
   * What was found.
   *
   * @param faults for which it cannot be used; without any, the rest is known
   * @param findings what could be better
   */
  record ReportJson(
      List<FaultJson> faults,
      List<FaultJson> findings,
      int procedures,
      int examples,
      List<ExampleOutcome> failed,
      ProcedureJson.@Nullable ProcedureWhole shown) {}

  private Reply list(Call call) throws IOException {
    permissions.require(call, Permission.of(MANAGE));
    Map<String, PackJson> all = new TreeMap<>();
    shelf
        .texts()
        .forEach((id, texts) -> all.put(id, new PackJson(id, false, texts.files().size())));
    for (String id : own.ids()) {
      all.put(id, new PackJson(id, true, PackTexts.of(own.folder(id)).files().size()));
    }
    return Reply.json(new PackList(List.copyOf(all.values())));
  }

  /** The files of a pack; none for one that is not there. */
  private PackTexts texts(String id) throws IOException {
    if (own.has(id)) {
      return PackTexts.of(own.folder(id));
    }
    PackTexts program = shelf.texts().get(id);
    return program == null ? new PackTexts(new TreeMap<>()) : program;
  }

  private Reply sources(Call call) throws IOException {
    permissions.require(call, Permission.of(MANAGE));
    String id = call.path(PACK);
    PackTexts texts = texts(id);
    if (texts.files().isEmpty()) {
      throw new ProblemException(Problem.notFound(call.path()));
    }
    return Reply.json(new SourcesJson(id, own.has(id), texts.tag(), texts.files()))
        .with("Cache-Control", "no-cache");
  }

  /** The files of a pack as they would be. */
  PackTexts changed(String id, Map<String, @Nullable String> files) throws IOException {
    return changed(texts(id), files);
  }

  private static PackTexts changed(PackTexts texts, Map<String, @Nullable String> files) {
    try {
      return texts.with(files);
    } catch (IllegalArgumentException e) {
      throw new ProblemException(
          Problem.invalidBody(LocalText.same(String.valueOf(e.getMessage()))));
    }
  }

  private Reply check(Call call) throws IOException {
    permissions.require(call, Permission.of(MANAGE));
    String id = call.path(PACK);
    DraftJson draft = call.json(DraftJson.class);
    PackTexts texts = changed(id, draft.files());
    Language language = call.language();
    boolean isProgram = !own.has(id) && shelf.texts().containsKey(id);
    try {
      ReadPack read =
          OwnPacks.trying(
              id, texts, folder -> isProgram ? shelf.read(folder) : shelf.readOwn(folder));
      PackCheck check = PackCheck.of(read);
      List<ExampleOutcome> outcomes = check.runExamples();
      return Reply.json(
          new ReportJson(
              List.of(),
              json(check.lint(LocalDate.now(clock)), language),
              read.compiled().size(),
              outcomes.size(),
              outcomes.stream().filter(one -> !one.passed()).toList(),
              shown(read, draft.show(), language)));
    } catch (PackRefused e) {
      return Reply.json(
          new ReportJson(json(e.faults(), language), List.of(), 0, 0, List.of(), null));
    }
  }

  private ProcedureJson.@Nullable ProcedureWhole shown(
      ReadPack read, @Nullable String show, Language language) {
    return show == null || !ProcedureId.isValid(show)
        ? null
        : read.pack()
            .find(new ProcedureId(show))
            .map(new ProcedureWriter(Procedures.of(catalogue, read), language)::whole)
            .orElse(null);
  }

  private static List<FaultJson> json(List<PackFault> faults, Language language) {
    List<FaultJson> all = new ArrayList<>();
    for (PackFault one : faults) {
      all.add(new FaultJson(one.file(), one.line(), one.path(), one.message().in(language)));
    }
    return all;
  }

  // One after the other: whoever comes second is told that the pack changed.
  private synchronized Reply save(Call call) throws IOException {
    permissions.require(call, Permission.of(MANAGE));
    String id = call.path(PACK);
    DraftJson draft = call.json(DraftJson.class);
    if (!own.has(id) && shelf.texts().containsKey(id)) {
      throw conflict(
          "pack-of-the-program",
          new LocalText(
              "este paquete viene con el programa y cambia con él; un paquete propio que lo"
                  + " extiende se pone encima",
              "este pacote vem com o programa e muda com ele; um pacote próprio que o estende"
                  + " fica por cima",
              "this pack comes with the program and changes with it; a pack of the city's own that"
                  + " extends it lies over it"));
    }
    PackTexts before = texts(id);
    String tag = before.files().isEmpty() ? null : before.tag();
    if (tag == null ? draft.tag() != null : !tag.equals(draft.tag())) {
      throw conflict(
          "pack-changed",
          new LocalText(
              "alguien guardó el paquete mientras tanto",
              "alguém salvou o pacote enquanto isso",
              "somebody saved the pack in the meantime"));
    }
    PackTexts after = changed(before, draft.files());
    try {
      OwnPacks.trying(id, after, this::tried);
    } catch (PackRefused e) {
      PackFault first = e.faults().getFirst();
      throw conflict(
          "pack-refused",
          new LocalText(first.in(Language.ES), first.in(Language.PT), first.in(Language.EN)));
    }
    own.save(id, after);
    procedures.renew();
    return Reply.json(new SavedJson(after.tag()));
  }

  /**
   * Reads the city's packs as they would be; what does not come out as its examples say stops it.
   */
  private boolean tried(Path draft) throws IOException {
    for (ExampleOutcome one : PackCheck.of(shelf.readOwn(draft)).runExamples()) {
      if (!one.passed()) {
        String name = one.procedure().value() + ": " + one.example();
        throw conflict(
            "pack-examples-failed",
            new LocalText(
                "un ejemplo no sale como dice: " + name,
                "um exemplo não sai como diz: " + name,
                "an example does not come out as it says: " + name));
      }
    }
    procedures.tryOut(draft);
    return true;
  }

  private static ProblemException conflict(String type, LocalText detail) {
    return new ProblemException(Problem.conflict(type, detail));
  }
}
