package org.tequio.osm.draft;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.LocalText;
import org.tequio.formats.FormatException;
import org.tequio.http.Action;
import org.tequio.http.Call;
import org.tequio.http.Chore;
import org.tequio.http.Coding;
import org.tequio.http.Endpoint;
import org.tequio.http.Parameter;
import org.tequio.http.Permission;
import org.tequio.http.Permissions;
import org.tequio.http.Problem;
import org.tequio.http.ProblemException;
import org.tequio.http.Reply;
import org.tequio.identity.PersonalData;
import org.tequio.storage.Database;

/**
 * One's own drafts over HTTP. What is acknowledged is durable; a draft that nobody touches for
 * {@link #KEPT} is removed. Thread-safe.
 */
public final class Drafts {
  /** Keeping, reading and removing one's own drafts. */
  public static final Action OWN = new Action("map.draft");

  /** The longest document, in bytes. */
  public static final int LARGEST = 8 << 20;

  /** The most drafts that one person may have. */
  public static final int MOST = 30;

  /** How long a draft is kept after it was saved last. */
  public static final Duration KEPT = Duration.ofDays(180);

  private static final String PATH = "/api/map/drafts";
  private static final String XML = "application/xml";
  private static final Pattern TASK_FORM = Pattern.compile("[0-9]{1,9}/[0-9]{1,9}");
  private static final Parameter<String> DRAFT =
      Parameter.pathId(
          "draft",
          "Identifier of a draft, chosen by the editor.",
          new LocalText("un borrador", "um rascunho", "a draft"));
  private static final Parameter<String> COMMENT =
      Parameter.text("comment", "What the changeset will say.", 255);
  private static final Parameter<String> TASK =
      new Parameter<>(
          Parameter.Place.QUERY,
          "task",
          "The task that it belongs to: project/task.",
          new LocalText("proyecto/tarea", "projeto/tarefa", "project/task"),
          Parameter.schema("string", "pattern", TASK_FORM.pattern()),
          text -> TASK_FORM.matcher(text).matches() ? Optional.of(text) : Optional.empty());

  private final DraftTable table;
  private final Permissions permissions;
  private final Clock clock;

  record DraftJson(
      String id, String saved, int changes, int bytes, String comment, @Nullable String task) {}

  record DraftList(List<DraftJson> items, @Nullable String next) {}

  /** Opens the drafts of a city, creating or upgrading their table. */
  public Drafts(Database database, Permissions permissions, Clock clock) {
    this.table = new DraftTable(database);
    this.permissions = permissions;
    this.clock = clock;
  }

  /** Its operations. */
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get(PATH, "mapDrafts", OWN, this::list)
            .summary("One's edits that were not uploaded, the newest first.")
            .answers("application/json", DraftList.class),
        Endpoint.get(PATH + "/{draft}", "mapDraft", OWN, this::read)
            .summary("A draft as an osmChange document.")
            .with(DRAFT)
            .answers(XML, null),
        Endpoint.put(PATH + "/{draft}", "keepMapDraft", OWN, this::keep)
            .summary("Keeps a draft in place of its earlier state.")
            .with(DRAFT, COMMENT, TASK)
            .takes(XML, null)
            .answers("application/json", DraftJson.class),
        Endpoint.delete(PATH + "/{draft}", "removeMapDraft", OWN, this::remove)
            .summary("Removes a draft that is not needed any more.")
            .with(DRAFT));
  }

  private String own(Call call) {
    String account = call.account();
    permissions.require(call, Permission.ofPerson(OWN, account));
    return account;
  }

  private Reply list(Call call) {
    return Reply.json(
        new DraftList(table.list(own(call)).stream().map(Drafts::document).toList(), null));
  }

  private Reply read(Call call) {
    String id = call.path(DRAFT);
    byte[] packed =
        table.find(own(call), id).orElseThrow(() -> new ProblemException(Problem.notFound(id)));
    return Reply.packed(XML, packed, Coding.GZIP);
  }

  private Reply keep(Call call) throws IOException {
    String account = own(call);
    byte[] document = call.body(LARGEST).readAllBytes();
    int changes;
    try {
      changes = ChangeDocument.count(document);
    } catch (FormatException e) {
      throw new ProblemException(notAChange(e));
    }
    Draft draft =
        new Draft(
            call.path(DRAFT),
            clock.instant(),
            changes,
            document.length,
            call.query(COMMENT).orElse(""),
            call.query(TASK).orElse(null));
    if (!table.put(account, draft, document, MOST)) {
      throw new ProblemException(tooMany());
    }
    return Reply.json(document(draft));
  }

  private Reply remove(Call call) {
    String id = call.path(DRAFT);
    if (!table.delete(own(call), id)) {
      throw new ProblemException(Problem.notFound(id));
    }
    return Reply.empty();
  }

  private static DraftJson document(Draft draft) {
    return new DraftJson(
        draft.id(),
        draft.saved().toString(),
        draft.changes(),
        draft.bytes(),
        draft.comment(),
        draft.task());
  }

  private static Problem notAChange(FormatException e) {
    return Problem.invalidBody(
        new LocalText(
            "un borrador es un documento osmChange; " + e.getMessage(),
            "um rascunho é um documento osmChange; " + e.getMessage(),
            "a draft is an osmChange document; " + e.getMessage()));
  }

  private static Problem tooMany() {
    return Problem.conflict(
        "too-many-drafts",
        new LocalText(
            "ya hay " + MOST + " borradores; envíe o tire alguno y este se guardará",
            "já há " + MOST + " rascunhos; envie ou jogue fora algum e este será guardado",
            "there are " + MOST + " drafts already; upload or remove one, and this one is kept"));
  }

  /** What runs from time to time. */
  public List<Chore> chores() {
    return List.of(
        new Chore(
            "map-drafts",
            Duration.ofHours(24),
            () -> table.deleteBefore(clock.instant().minus(KEPT))));
  }

  /** What it keeps about people. */
  public PersonalData personalData() {
    return new PersonalData() {
      @Override
      public String name() {
        return DraftTable.MODULE;
      }

      @Override
      public List<Map<String, Object>> heldAbout(String account) {
        List<Map<String, Object>> held = new ArrayList<>();
        for (Draft draft : table.list(account)) {
          held.add(
              Map.of(
                  "draft", draft.id(),
                  "saved", draft.saved().toString(),
                  "changes", draft.changes(),
                  "comment", draft.comment()));
        }
        return held;
      }

      @Override
      public void erase(Connection connection, String account) throws SQLException {
        DraftTable.erase(connection, account);
      }
    };
  }
}
