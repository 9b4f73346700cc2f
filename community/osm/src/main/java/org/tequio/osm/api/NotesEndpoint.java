package org.tequio.osm.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
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
import org.tequio.osm.changeset.Changesets.Mapper;
import org.tequio.osm.changeset.OsmRefused;
import org.tequio.osm.note.Note;
import org.tequio.osm.note.NoteQuery;
import org.tequio.osm.note.Notes;
import org.tequio.osm.wire.Answers;
import org.tequio.osm.wire.Degrees;
import org.tequio.osm.wire.NoteAnswer;
import org.tequio.osm.wire.NoteForm;
import org.tequio.storage.Database;

/** Notes: leaving them, finding them, and what is said of them. */
final class NotesEndpoint {
  private static final String ALL = Routes.ROOT + "/notes";
  private static final String ONE = ALL + "/{note}";

  /**
   * What stands in a path, perhaps with the form of the answer after it.
   *
   * @param form null where the Accept header says
   */
  private record Asked(String what, @Nullable NoteForm form) {
    static Optional<Asked> of(String pattern, String text) {
      int dot = text.indexOf('.');
      String what = dot < 0 ? text : text.substring(0, dot);
      if (!what.matches(pattern)) {
        return Optional.empty();
      }
      return dot < 0
          ? Optional.of(new Asked(what, null))
          : NoteForm.ofSuffix(text.substring(dot + 1)).map(form -> new Asked(what, form));
    }
  }

  private static Parameter<Asked> asked(String name, String says, String pattern) {
    return new Parameter<>(
        Parameter.Place.PATH,
        name,
        says + "; .xml, .json, .rss or .gpx after it asks for a form.",
        LocalText.same(name),
        Parameter.schema("string", "pattern", "^(" + pattern + ")(\\.(xml|json|rss|gpx))?$"),
        text -> Asked.of(pattern, text));
  }

  private static final Parameter<Asked> NOTE = asked("note", "Number of a note", "[0-9]{1,16}");
  private static final Parameter<Asked> VERB =
      asked("verb", "What is done", "comment|close|reopen");

  private static final Parameter<NoteForm> FORM =
      new Parameter<>(
          Parameter.Place.PATH,
          "form",
          "xml, json, rss or gpx.",
          LocalText.same("xml|json|rss|gpx"),
          Parameter.schema("string", "enum", List.of("xml", "json", "rss", "gpx")),
          NoteForm::ofSuffix);

  private static final Problem HIDDEN =
      Problem.of(
          410,
          "note-hidden",
          new LocalText("La nota ya no está", "A nota já não está", "The note is gone"),
          new LocalText(
              "quien modera el mapa comunitario ocultó esta nota",
              "quem modera o mapa comunitário ocultou esta nota",
              "a moderator of the community map hid this note"));

  private final Notes notes;
  private final Routes routes;
  private final Permissions permissions;

  NotesEndpoint(Notes notes, Routes routes, Permissions permissions) {
    this.notes = notes;
    this.routes = routes;
    this.permissions = permissions;
  }

  /** Its operations. */
  List<Endpoint> endpoints() {
    List<Endpoint> all = new ArrayList<>();
    all.addAll(inForms("GET", ALL, "osmNotes", "notes of a box", OsmAction.READ, this::inBox));
    all.addAll(inForms("POST", ALL, "osmNoteOpen", "leaves a note", OsmAction.NOTE, this::open));
    all.addAll(
        inForms(
            "GET",
            ALL + "/search",
            "osmNotesSearch",
            "notes by q, user or display_name, bbox, from, to, closed; sort, order and limit",
            OsmAction.READ,
            this::search));
    all.add(
        told(routes.route("GET", ALL + "/feed", "osmNotesFeed", OsmAction.READ, this::feed))
            .summary("OSM API: what was said of notes, for readers of news."));
    all.add(
        told(routes.route("GET", ONE, "osmNote", OsmAction.READ, this::one, NOTE))
            .summary("OSM API: one note."));
    all.add(
        told(routes.route("DELETE", ONE, "osmNoteHide", OsmAction.NOTE_HIDE, this::hide, NOTE))
            .summary("OSM API: hides a note."));
    for (String method : List.of("POST", "DELETE")) {
      boolean wanted = method.equals("POST");
      all.add(
          routes
              .route(
                  method,
                  ONE + "/subscription",
                  wanted ? "osmNoteSubscribe" : "osmNoteUnsubscribe",
                  OsmAction.NOTE_ANSWER,
                  call -> follow(call, wanted),
                  NOTE)
              .answers("text/plain", null)
              .summary("OSM API: hears of what is said of a note, or no more."));
    }
    all.add(
        told(routes.route(
                "POST",
                ONE + "/{verb}",
                "osmNoteAnswer",
                OsmAction.NOTE_ANSWER,
                this::answer,
                NOTE,
                VERB))
            .takes("application/x-www-form-urlencoded", null)
            .summary("OSM API: says something of a note, closes or reopens it."));
    all.add(
        routes
            .page("/note/{id}", "notePage", this::page)
            .summary("What people read of a note on the community map."));
    return all;
  }

  /** At a path that may have a form as its suffix. */
  private List<Endpoint> inForms(
      String method, String path, String id, String what, Action action, Endpoint.Handler handler) {
    String summary = "OSM API: " + what + ".";
    return List.of(
        told(routes.route(method, path, id, action, handler)).summary(summary),
        told(routes.route(method, path + ".{form}", id + "InForm", action, handler, FORM))
            .summary(summary));
  }

  private static Endpoint told(Endpoint endpoint) {
    Endpoint all = endpoint;
    for (NoteForm form : NoteForm.values()) {
      all = all.answers(form.mediaType().split(";")[0], null);
    }
    return all;
  }

  private static NoteForm form(Call call) {
    String path = call.path();
    int dot = path.lastIndexOf('.');
    return form(
        call,
        path.indexOf('/', dot) < 0
            ? NoteForm.ofSuffix(path.substring(dot + 1)).orElse(null)
            : null);
  }

  private static NoteForm form(Call call, @Nullable NoteForm suffix) {
    return suffix != null ? suffix : NoteForm.of(Routes.form(call, null));
  }

  private static NoteAnswer answer(String base) {
    return new NoteAnswer(base + Routes.ROOT);
  }

  private static long id(Call call) {
    return Long.parseLong(call.path(NOTE).what);
  }

  /** A member of the form or of the address; empty where there is none. */
  private static String said(Call call, String name) {
    return call.form()
        .getOrDefault(name, List.of(call.queryTexts().getOrDefault(name, "")))
        .getFirst();
  }

  // ---- reading

  private Reply told(Call call, Database.Reading<NoteQuery> asked) {
    NoteForm form = form(call);
    return answer(call.base()).many(form, notes.list(asked));
  }

  private Reply inBox(Call call) {
    NoteParameters asked = new NoteParameters(call.queryTexts());
    return told(call, connection -> asked.inBox());
  }

  private Reply search(Call call) {
    NoteParameters asked = new NoteParameters(call.queryTexts());
    return told(call, asked::search);
  }

  private Reply feed(Call call) {
    NoteParameters asked = new NoteParameters(call.queryTexts());
    return answer(call.base()).feed(notes.list(connection -> asked.feed()));
  }

  private Reply one(Call call) {
    NoteForm form = form(call, call.path(NOTE).form);
    Note note = notes.find(id(call)).orElseThrow(Notes::notFound);
    if (!permissions.allows(call, Permission.of(OsmAction.NOTE_HIDE))) {
      Notes.requireVisible(note);
    }
    return answer(call.base()).one(form, note);
  }

  private Reply page(Call call) {
    Note note =
        notes
            .find(call.path(Routes.ID).id())
            .orElseThrow(() -> new ProblemException(Problem.notFound(call.path())));
    if (!note.visible()) {
      throw new ProblemException(HIDDEN);
    }
    return TalkPage.of(call.language(), call.caller().isSignedIn(), note);
  }

  // ---- saying

  private Reply open(Call call) {
    NoteForm form = form(call);
    int lat = degrees(call, "lat");
    int lon = degrees(call, "lon");
    String text = said(call, "text");
    @Nullable Mapper mapper = call.caller().account() == null ? null : Routes.mapper(call);
    return answer(call.base()).one(form, notes.open(mapper, lon, lat, text));
  }

  private static int degrees(Call call, String name) {
    String text = said(call, name);
    if (text.isBlank()) {
      throw OsmRefused.bad("No " + name + " was given");
    }
    double degrees =
        Parameter.finite(text.strip())
            .orElseThrow(() -> OsmRefused.bad(name + " was not a number"));
    if (Math.abs(degrees) > (name.equals("lat") ? 90 : 180)) {
      throw OsmRefused.bad("The note is outside this world");
    }
    return Degrees.e7(degrees);
  }

  private Reply answer(Call call) {
    Asked verb = call.path(VERB);
    NoteForm form = form(call, verb.form);
    Mapper mapper = Routes.mapper(call);
    String text = said(call, "text");
    Note note =
        switch (verb.what) {
          case "comment" -> notes.comment(mapper, id(call), text);
          case "close" -> notes.close(mapper, id(call), text);
          default ->
              notes.reopen(
                  mapper,
                  id(call),
                  text,
                  permissions.allows(call, Permission.of(OsmAction.NOTE_HIDE)));
        };
    return answer(call.base()).one(form, note);
  }

  private Reply hide(Call call) {
    NoteForm form = form(call, call.path(NOTE).form);
    return answer(call.base())
        .one(form, notes.hide(Routes.mapper(call), id(call), said(call, "text")));
  }

  private Reply follow(Call call, boolean wanted) {
    notes.follow(Routes.mapper(call), id(call), wanted);
    return Answers.text("");
  }
}
