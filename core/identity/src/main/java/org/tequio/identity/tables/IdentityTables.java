package org.tequio.identity.tables;

import java.util.List;
import org.tequio.storage.Migration;

/** The tables of this module, in the order in which they came to be. */
public final class IdentityTables {
  /** The module's name, and the prefix of its tables. */
  public static final String MODULE = "identity";

  /** Every step, first to last. */
  public static final List<Migration> MIGRATIONS =
      List.of(
          new Migration(
              1,
              List.of(
                  "CREATE TABLE identity_account (id TEXT PRIMARY KEY, name TEXT NOT NULL,"
                      + " folded TEXT NOT NULL, email TEXT NOT NULL, language TEXT NOT NULL,"
                      + " mail INTEGER NOT NULL, password TEXT, blocked INTEGER NOT NULL,"
                      + " created TEXT NOT NULL, seen TEXT)",
                  "CREATE UNIQUE INDEX identity_account_email ON identity_account (email)",
                  "CREATE INDEX identity_account_folded ON identity_account (folded, id)",
                  "CREATE TABLE identity_holding (account TEXT NOT NULL, role TEXT NOT NULL,"
                      + " organisation TEXT NOT NULL, PRIMARY KEY (account, role, organisation))",
                  "CREATE INDEX identity_holding_role ON identity_holding (role, organisation)",
                  "CREATE TABLE identity_organisation (id TEXT PRIMARY KEY, kind TEXT NOT NULL,"
                      + " name TEXT NOT NULL)",
                  "CREATE TABLE identity_notice (number BIGINT PRIMARY KEY, account TEXT NOT NULL,"
                      + " instant TEXT NOT NULL, kind TEXT NOT NULL, title TEXT NOT NULL,"
                      + " text TEXT NOT NULL, link TEXT NOT NULL, seen INTEGER NOT NULL)",
                  "CREATE INDEX identity_notice_account ON identity_notice (account, number)")),
          SessionTable.MIGRATION,
          ApplicationTable.MIGRATION);

  private IdentityTables() {}
}
