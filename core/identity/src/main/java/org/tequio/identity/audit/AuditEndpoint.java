package org.tequio.identity.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.LocalText;
import org.tequio.http.Call;
import org.tequio.http.Endpoint;
import org.tequio.http.Parameter;
import org.tequio.http.Permission;
import org.tequio.http.Permissions;
import org.tequio.http.Reply;
import org.tequio.identity.IdentityAction;
import org.tequio.storage.AuditLog;

/** The audit log for those who may read it. */
public final class AuditEndpoint {
  private static final int MOST = 500;

  /** A rare word in a long log: so many lines are looked at before the answer says where it is. */
  private static final int MOST_LOOKED_AT = 200_000;

  private static final Parameter<String> ACTOR =
      Parameter.text("actor", "Identifier of the account, or a command.", 80);
  private static final Parameter<String> ACTION =
      Parameter.text("action", "Beginning of the action's name.", 80);
  private static final Parameter<String> TEXT =
      Parameter.text("text", "Part of the detail, ignoring case.", 200);
  private static final Parameter<Long> BEFORE =
      new Parameter<>(
          Parameter.Place.QUERY,
          "before",
          "Number of the line before which to begin.",
          new LocalText("un número de línea", "um número de linha", "the number of a line"),
          Parameter.schema("string", "pattern", "^[0-9]{1,15}$"),
          text ->
              text.matches("[0-9]{1,15}") ? Optional.of(Long.parseLong(text)) : Optional.empty());
  private static final Parameter<Integer> LIMIT =
      Parameter.integer("limit", "Most lines to answer with.", 1, MOST, 100);

  private final AuditLog log;
  private final Permissions permissions;

  record LineJson(long line, String at, String actor, String action, String detail) {}

  record LineList(List<LineJson> items, @Nullable String next) {}

  record Whole(boolean whole, long lines, @Nullable String broken) {}

  /** Reads this log. */
  public AuditEndpoint(AuditLog log, Permissions permissions) {
    this.log = log;
    this.permissions = permissions;
  }

  /** Its operations. */
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/api/audit", "audit", IdentityAction.AUDIT_READ, this::list)
            .summary("Lines of the audit log, newest first.")
            .with(ACTOR, ACTION, TEXT, BEFORE, LIMIT)
            .answers("application/json", LineList.class),
        Endpoint.get("/api/audit/verify", "verifyAudit", IdentityAction.AUDIT_READ, this::verify)
            .summary("Whether the chain of the audit log is whole; names the first broken link.")
            .answers("application/json", Whole.class));
  }

  private Reply list(Call call) {
    permissions.require(call, Permission.of(IdentityAction.AUDIT_READ));
    String actor = call.query(ACTOR).orElse("");
    String action = call.query(ACTION).orElse("");
    String text = call.query(TEXT).orElse("").toLowerCase(Locale.ROOT);
    int limit = call.query(LIMIT).orElse(100);
    List<LineJson> items = new ArrayList<>();
    long[] looked = {0, 0};
    log.readBack(
        call.query(BEFORE).orElse(Long.MAX_VALUE),
        line -> {
          looked[0]++;
          looked[1] = line.number();
          if ((actor.isEmpty() || line.actor().equals(actor))
              && line.action().startsWith(action)
              && line.detail().toLowerCase(Locale.ROOT).contains(text)) {
            items.add(
                new LineJson(
                    line.number(),
                    line.instant().toString(),
                    line.actor(),
                    line.action(),
                    line.detail()));
          }
          return items.size() < limit && looked[0] < MOST_LOOKED_AT;
        });
    return Reply.json(new LineList(items, looked[1] > 1 ? Long.toString(looked[1]) : null));
  }

  private Reply verify(Call call) {
    permissions.require(call, Permission.of(IdentityAction.AUDIT_READ));
    Optional<String> broken = log.findBreak();
    return Reply.json(new Whole(broken.isEmpty(), log.lines(), broken.orElse(null)));
  }
}
