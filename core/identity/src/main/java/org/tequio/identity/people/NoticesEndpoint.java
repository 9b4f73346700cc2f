package org.tequio.identity.people;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.Language;
import org.tequio.feature.LocalText;
import org.tequio.http.Call;
import org.tequio.http.Endpoint;
import org.tequio.http.Parameter;
import org.tequio.http.Permission;
import org.tequio.http.Permissions;
import org.tequio.http.Reply;
import org.tequio.identity.IdentityAction;
import org.tequio.identity.tables.NoticeTable;

/** One's own notices. */
public final class NoticesEndpoint {
  private static final int PAGE = 50;
  private static final Parameter<Long> AFTER =
      new Parameter<>(
          Parameter.Place.QUERY,
          "after",
          "Where the page before ended.",
          new LocalText("un número de aviso", "um número de aviso", "the number of a notice"),
          Parameter.schema("string", "pattern", "^[0-9]{1,15}$"),
          text ->
              text.matches("[0-9]{1,15}") ? Optional.of(Long.parseLong(text)) : Optional.empty());

  private final NoticeTable notices;
  private final Permissions permissions;

  record NoticeJson(
      String id, String at, String kind, String title, String text, String link, boolean read) {}

  record NoticeList(long unread, List<NoticeJson> items, @Nullable String next) {}

  record Read(String upTo) {}

  /** Reads this table. */
  public NoticesEndpoint(NoticeTable notices, Permissions permissions) {
    this.notices = notices;
    this.permissions = permissions;
  }

  /** Its operations. */
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/api/notices", "notices", IdentityAction.NOTICE_OWN, this::list)
            .summary("One's notices, newest first.")
            .with(AFTER)
            .answers("application/json", NoticeList.class),
        Endpoint.post("/api/notices/read", "readNotices", IdentityAction.NOTICE_OWN, this::read)
            .summary("Says that one has read everything up to a notice.")
            .takes("application/json", Read.class)
            .answers("application/json", NoticeList.class));
  }

  private Reply list(Call call) {
    String account = call.account();
    permissions.require(call, Permission.ofPerson(IdentityAction.NOTICE_OWN, account));
    return page(account, call.query(AFTER).orElse(Long.MAX_VALUE), call.language());
  }

  private Reply read(Call call) {
    String account = call.account();
    permissions.require(call, Permission.ofPerson(IdentityAction.NOTICE_OWN, account));
    notices.read(account, AFTER.parser().apply(call.json(Read.class).upTo()).orElse(0L));
    return page(account, Long.MAX_VALUE, call.language());
  }

  private Reply page(String account, long before, Language language) {
    List<NoticeTable.Sent> page = notices.list(account, before, PAGE + 1);
    boolean more = page.size() > PAGE;
    List<NoticeJson> items = page.stream().limit(PAGE).map(one -> document(one, language)).toList();
    return Reply.json(
        new NoticeList(notices.unread(account), items, more ? items.getLast().id() : null));
  }

  private static NoticeJson document(NoticeTable.Sent sent, Language language) {
    return new NoticeJson(
        Long.toString(sent.number()),
        sent.instant().toString(),
        sent.notice().kind(),
        sent.notice().title().in(language),
        sent.notice().text().in(language),
        sent.notice().link(),
        sent.seen());
  }
}
