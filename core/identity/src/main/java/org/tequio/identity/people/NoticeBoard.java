package org.tequio.identity.people;

import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.tequio.identity.Notice;
import org.tequio.identity.Notices;
import org.tequio.identity.tables.AccountRow;
import org.tequio.identity.tables.AccountTable;
import org.tequio.identity.tables.NoticeTable;
import org.tequio.storage.Database;

/** Writes notices into the table, and hands those that people want by mail to the mailer. */
public final class NoticeBoard implements Notices {
  private final Database database;
  private final AccountTable accounts;
  private final NoticeTable notices;
  private final Clock clock;
  private final Mailing mailing;

  /** Mails one notice to one person. */
  @FunctionalInterface
  public interface Mailing {
    /** Takes it; durable when this returns. */
    void mail(AccountRow to, Notice notice);
  }

  /** Over the tables of a city. */
  public NoticeBoard(
      Database database, AccountTable accounts, NoticeTable notices, Clock clock, Mailing mailing) {
    this.database = database;
    this.accounts = accounts;
    this.notices = notices;
    this.clock = clock;
    this.mailing = mailing;
  }

  @Override
  public void send(List<String> to, Notice notice) {
    List<AccountRow> readers = new ArrayList<>();
    for (String account : new LinkedHashSet<>(to)) {
      accounts.find(account).filter(row -> !row.blocked()).ifPresent(readers::add);
    }
    if (readers.isEmpty()) {
      return;
    }
    List<String> ids = readers.stream().map(AccountRow::id).toList();
    database.write(
        connection -> {
          notices.insert(connection, ids, notice, clock.instant());
          return true;
        });
    for (AccountRow reader : readers) {
      if (reader.mail()) {
        mailing.mail(reader, notice);
      }
    }
  }
}
