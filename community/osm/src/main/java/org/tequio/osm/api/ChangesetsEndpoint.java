package org.tequio.osm.api;

import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tequio.http.Call;
import org.tequio.http.Endpoint;
import org.tequio.http.Parameter;
import org.tequio.http.Permission;
import org.tequio.http.Permissions;
import org.tequio.http.Problem;
import org.tequio.http.ProblemException;
import org.tequio.http.Reply;
import org.tequio.osm.Changeset;
import org.tequio.osm.changeset.Change;
import org.tequio.osm.changeset.Changesets;
import org.tequio.osm.changeset.Discussion;
import org.tequio.osm.changeset.OsmRefused;
import org.tequio.osm.element.Authors;
import org.tequio.osm.element.Elements;
import org.tequio.osm.element.StoredElement;
import org.tequio.osm.wire.Answers;
import org.tequio.osm.wire.ChangesetAnswer;
import org.tequio.osm.wire.OsmForm;
import org.tequio.osm.wire.OsmInput;
import org.tequio.storage.Database;

/** Changesets: opening, closing, uploads, what they contain, and what is said about them. */
final class ChangesetsEndpoint {
  private static final Parameter<String> BBOX =
      Parameter.text("bbox", "West, south, east, north in degrees.", 200);
  private static final String ONE = Routes.ROOT + "/changeset/{id}";

  private final Database database;
  private final Changesets changesets;
  private final Discussion discussion;
  private final Routes routes;
  private final Permissions permissions;
  private final Clock clock;

  ChangesetsEndpoint(
      Database database,
      Changesets changesets,
      Discussion discussion,
      Routes routes,
      Permissions permissions,
      Clock clock) {
    this.database = database;
    this.changesets = changesets;
    this.discussion = discussion;
    this.routes = routes;
    this.permissions = permissions;
    this.clock = clock;
  }

  /** Its operations. */
  List<Endpoint> endpoints() {
    List<Endpoint> all =
        new ArrayList<>(
            List.of(
                edit("PUT", Routes.ROOT + "/changeset/create", "osmOpen", this::create)
                    .summary("OSM API: opens a changeset; the answer is its number."),
                edit("POST", Routes.ROOT + "/changesets", "osmOpenAmong", this::create)
                    .summary("OSM API: opens a changeset; the answer is its number."),
                routes
                    .read(ONE, "osmChangeset", this::one, Routes.ID)
                    .summary("OSM API: one changeset; include_discussion adds what was said."),
                edit("PUT", ONE, "osmChangesetUpdate", this::update, Routes.ID)
                    .summary("OSM API: says something else of an open changeset."),
                routes
                    .route(
                        "PUT", ONE + "/close", "osmClose", OsmAction.EDIT, this::close, Routes.ID)
                    .summary("OSM API: closes a changeset."),
                edit("POST", ONE + "/upload", "osmUpload", this::upload, Routes.ID)
                    .summary("OSM API: makes all changes of an osmChange, or none.")));
    all.addAll(
        routes.readInForms(
            ONE + "/download",
            "osmDownload",
            "OSM API: what a changeset did, as an osmChange.",
            this::download,
            Routes.ID));
    all.addAll(
        routes.readInForms(
            Routes.ROOT + "/changesets",
            "osmChangesets",
            "OSM API: changesets by bbox, user or display_name, time, from, to, open, closed and"
                + " changesets; order and limit.",
            this::many,
            BBOX));
    all.addAll(talk());
    all.add(
        routes
            .page("/changeset/{id}", "changesetPage", this::page)
            .summary("What people read of a changeset of the community map."));
    return all;
  }

  private List<Endpoint> talk() {
    return List.of(
        discuss("POST", ONE + "/comment", "osmComment", this::comment, Routes.ID)
            .summary("OSM API: says something about a closed changeset.")
            .takes("application/x-www-form-urlencoded", null),
        discuss(
                "POST",
                ONE + "/subscription",
                "osmSubscribe",
                call -> follow(call, true),
                Routes.ID)
            .summary("OSM API: hears of what is said about a changeset."),
        discuss(
                "DELETE",
                ONE + "/subscription",
                "osmUnsubscribe",
                call -> follow(call, false),
                Routes.ID)
            .summary("OSM API: hears of it no more."),
        discuss(
                "POST",
                ONE + "/subscribe",
                "osmSubscribeOld",
                call -> follow(call, true),
                Routes.ID)
            .summary("OSM API: as subscription, in its older form."),
        discuss(
                "POST",
                ONE + "/unsubscribe",
                "osmUnsubscribeOld",
                call -> follow(call, false),
                Routes.ID)
            .summary("OSM API: as subscription, in its older form."),
        moderate("/hide", "osmCommentHide", call -> show(call, false))
            .summary("OSM API: hides a comment."),
        moderate("/unhide", "osmCommentUnhide", call -> show(call, true))
            .summary("OSM API: shows a hidden comment again."));
  }

  private Endpoint edit(
      String method, String path, String id, Endpoint.Handler handler, Parameter<?>... parameters) {
    return routes
        .route(method, path, id, OsmAction.EDIT, handler, parameters)
        .takes("application/xml", null)
        .answers("text/plain", null)
        .answers("application/xml", null)
        .answers("application/json", null);
  }

  private Endpoint discuss(
      String method, String path, String id, Endpoint.Handler handler, Parameter<?>... parameters) {
    return routes
        .route(method, path, id, OsmAction.DISCUSS, handler, parameters)
        .answers("application/xml", null)
        .answers("application/json", null);
  }

  private Endpoint moderate(String verb, String id, Endpoint.Handler handler) {
    return routes
        .route(
            "POST",
            Routes.ROOT + "/changeset/comment/{id}" + verb,
            id,
            OsmAction.MODERATE,
            handler,
            Routes.ID)
        .answers("application/xml", null);
  }

  // ---- opening, closing, uploading

  private static Map<String, String> tags(Call call) throws IOException {
    try (InputStream body = call.unpackedBody(Routes.MOST_BYTES)) {
      return OsmInput.changesetTags(body);
    }
  }

  private Reply create(Call call) throws IOException {
    return Answers.text(Long.toString(changesets.create(Routes.mapper(call), tags(call))));
  }

  private Reply update(Call call) throws IOException {
    return told(call, changesets.update(Routes.mapper(call), id(call), tags(call)));
  }

  private Reply close(Call call) {
    changesets.close(Routes.mapper(call), id(call));
    return Answers.text("");
  }

  private Reply upload(Call call) throws IOException {
    OsmForm form = Routes.form(call, call.path(Routes.ID).form());
    Sent sent = sent(call);
    return Answers.diffResult(
        form, changesets.upload(Routes.mapper(call), id(call), sent.changes, sent.digest));
  }

  /** What is to be changed, and the digest of the bytes that say so. */
  private record Sent(List<Change> changes, String digest) {}

  private static Sent sent(Call call) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      try (InputStream body = new DigestInputStream(call.unpackedBody(Routes.MOST_BYTES), digest)) {
        List<Change> changes = OsmInput.osmChange(body);
        return new Sent(changes, HexFormat.of().formatHex(digest.digest()));
      }
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static long id(Call call) {
    return call.path(Routes.ID).id();
  }

  // ---- reading

  private Changeset getChangeset(long id) {
    return changesets.find(id).orElseThrow(() -> OsmRefused.notFound("changeset", id));
  }

  private Reply one(Call call) {
    OsmForm form = Routes.form(call, call.path(Routes.ID).form());
    Changeset changeset = getChangeset(id(call));
    String asked = call.queryTexts().getOrDefault("include_discussion", "false");
    boolean hidden =
        call.queryTexts().getOrDefault("show_hidden_comments", "false").equals("true")
            && permissions.allows(call, Permission.of(OsmAction.MODERATE));
    return ChangesetAnswer.one(
        form,
        answer(changeset, asked.equals("false") ? null : discussion.list(changeset.id(), hidden)),
        clock.instant());
  }

  private ChangesetAnswer answer(Changeset changeset, @Nullable List<Discussion.Comment> comments) {
    return database.read(connection -> answer(connection, changeset, comments));
  }

  private static ChangesetAnswer answer(
      Connection connection, Changeset changeset, @Nullable List<Discussion.Comment> comments)
      throws SQLException {
    return new ChangesetAnswer(changeset, Discussion.count(connection, changeset.id()), comments);
  }

  private Reply told(Call call, Changeset changeset) {
    OsmForm form = Routes.form(call, call.path(Routes.ID).form());
    return ChangesetAnswer.one(form, answer(changeset, null), clock.instant());
  }

  private Reply page(Call call) {
    Changeset changeset =
        changesets
            .find(id(call))
            .orElseThrow(() -> new ProblemException(Problem.notFound(call.path())));
    return TalkPage.of(
        call.language(),
        call.caller().isSignedIn(),
        changeset,
        discussion.list(changeset.id(), false),
        clock.instant());
  }

  private Reply download(Call call) {
    Changeset changeset = getChangeset(id(call));
    OsmForm form = Routes.form(call);
    return Answers.osmChange(
        form,
        database.read(
            connection -> {
              List<StoredElement> made = Elements.madeIn(connection, changeset.id());
              return new Answers.Found(null, made, Authors.names(connection, made));
            }));
  }

  private Reply many(Call call) {
    OsmForm form = Routes.form(call);
    Instant now = clock.instant();
    ChangesetParameters asked = new ChangesetParameters(call.queryTexts());
    return ChangesetAnswer.many(
        form,
        database.read(
            connection -> {
              List<ChangesetAnswer> answers = new ArrayList<>();
              for (Changeset one : asked.query(connection).list(connection, now)) {
                answers.add(answer(connection, one, null));
              }
              return answers;
            }),
        now);
  }

  // ---- talking

  private Reply comment(Call call) {
    String text =
        call.form()
            .getOrDefault("text", List.of(call.queryTexts().getOrDefault("text", "")))
            .getFirst();
    return told(call, discussion.add(Routes.mapper(call), id(call), text));
  }

  private Reply follow(Call call, boolean wanted) {
    return told(call, discussion.follow(Routes.mapper(call), id(call), wanted));
  }

  private Reply show(Call call, boolean visible) {
    return told(call, discussion.show(id(call), visible));
  }
}
