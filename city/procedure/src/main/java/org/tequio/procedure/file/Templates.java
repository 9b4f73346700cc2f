package org.tequio.procedure.file;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.Language;
import org.tequio.feature.LocalText;
import org.tequio.procedure.term.Office;
import org.tequio.procedure.term.OfficeText;
import org.tequio.procedure.term.Offices;
import org.tequio.storage.AuditLog;
import org.tequio.storage.Database;
import org.tequio.storage.Migration;
import org.tequio.storage.Sql;

/**
 * The texts that an office writes again and again. A pack brings some to begin with, as version 0;
 * each saving makes a new version and the older ones stay. Every change is in the audit log.
 * Thread-safe.
 */
final class Templates {
  private static final int MOST = 200;
  private static final List<Migration> MIGRATIONS =
      List.of(
          new Migration(
              1,
              List.of(
                  "CREATE TABLE procedure_template (id TEXT NOT NULL, version BIGINT NOT NULL,"
                      + " office TEXT NOT NULL, act TEXT NOT NULL, title TEXT NOT NULL,"
                      + " texts TEXT NOT NULL, is_newest INTEGER NOT NULL,"
                      + " is_retired INTEGER NOT NULL, author TEXT NOT NULL, at TEXT NOT NULL,"
                      + " PRIMARY KEY (id, version))",
                  "CREATE INDEX procedure_template_office"
                      + " ON procedure_template (office, is_newest, is_retired)")));
  private static final String COLUMNS =
      "SELECT id, version, office, act, title, texts, is_retired, author, at"
          + " FROM procedure_template";

  private final Database database;
  private final AuditLog audit;
  private final Supplier<Offices> offices;

  /**
   * Creates or upgrades the table.
   *
   * @param offices with the texts that their packs bring
   */
  Templates(Database database, AuditLog audit, Supplier<Offices> offices) {
    this.offices = offices;
    this.database = database;
    this.audit = audit;
    database.migrate("procedure_template", MIGRATIONS);
  }

  /**
   * One version of a text.
   *
   * @param title by which officers know it
   * @param texts with blanks, in the languages in which it is written
   * @param retired true where it is not offered any more
   * @param author the account; null for what a pack brought
   * @param at when it was saved; null for what a pack brought
   */
  record Template(
      String id,
      long version,
      String office,
      OfficeText.Act act,
      String title,
      Map<Language, String> texts,
      boolean retired,
      @Nullable String author,
      @Nullable Instant at) {
    /** Copies the texts. */
    Template {
      texts = Map.copyOf(texts);
    }
  }

  /**
   * The newest of those that an office uses, by their titles: its own, and those of its pack that
   * it has neither changed nor retired.
   *
   * @param language of the titles that a pack brings
   */
  List<Template> list(String office, Language language) {
    Map<String, Template> used = new LinkedHashMap<>();
    for (OfficeText text : offices.get().find(office).map(Office::texts).orElse(List.of())) {
      Template template = ofPack(office, text, language);
      used.put(template.id, template);
    }
    for (Template own : newest(office)) {
      if (own.retired) {
        used.remove(own.id);
      } else {
        used.put(own.id, own);
      }
    }
    return used.values().stream()
        .sorted(Comparator.comparing(Template::title).thenComparing(Template::id))
        .toList();
  }

  // Each office makes its own of it, and so it has an identifier of its own for each.
  private static Template ofPack(String office, OfficeText text, Language language) {
    Map<Language, String> texts = new EnumMap<>(Language.class);
    for (Language one : Language.values()) {
      texts.put(one, text.text().in(one));
    }
    return new Template(
        text.id() + "-" + office,
        0,
        office,
        text.act(),
        text.title().in(language),
        texts,
        false,
        null,
        null);
  }

  private List<Template> newest(String office) {
    return database.read(
        connection ->
            Sql.list(
                connection,
                Templates::template,
                COLUMNS + " WHERE office = ? AND is_newest = 1",
                office));
  }

  /** Every version of one, the newest first. */
  List<Template> versions(String id) {
    return database.read(connection -> versions(connection, id));
  }

  private static List<Template> versions(Connection connection, String id) throws SQLException {
    return Sql.list(
        connection, Templates::template, COLUMNS + " WHERE id = ? ORDER BY version DESC", id);
  }

  private static Template template(ResultSet row) throws SQLException {
    Map<Language, String> texts = new LinkedHashMap<>();
    CaseJson.texts(row.getString(6))
        .forEach((language, text) -> texts.put(Language.valueOf(language), text));
    return new Template(
        row.getString(1),
        row.getLong(2),
        row.getString(3),
        OfficeText.Act.valueOf(row.getString(4)),
        row.getString(5),
        texts,
        row.getInt(7) == 1,
        row.getString(8),
        Instant.parse(row.getString(9)));
  }

  /**
   * Saves a new version.
   *
   * @param template with the version that whoever writes has seen; 0 for a new one
   * @throws CaseRefused where somebody saved another meanwhile, or there are too many
   */
  Template save(Template template) {
    String author = Objects.requireNonNull(template.author, "who saves a text is known");
    Instant at = Objects.requireNonNull(template.at, "when a text is saved is known");
    Template saved =
        database.write(
            connection -> {
              Optional<Template> newest = versions(connection, template.id).stream().findFirst();
              long version = newest.map(Template::version).orElse(0L);
              if (version != template.version
                  || newest.filter(one -> !one.office.equals(template.office)).isPresent()) {
                throw new CaseRefused(
                    "template-changed",
                    new LocalText(
                        "alguien guardó otra versión mientras tanto",
                        "alguém salvou outra versão enquanto isso",
                        "somebody saved another version in the meantime"));
              }
              requireRoom(connection, template);
              Sql.update(
                  connection,
                  "UPDATE procedure_template SET is_newest = 0 WHERE id = ?",
                  template.id);
              Map<String, String> texts = new LinkedHashMap<>();
              template.texts.forEach((language, text) -> texts.put(language.name(), text));
              Sql.update(
                  connection,
                  "INSERT INTO procedure_template (id, version, office, act, title, texts,"
                      + " is_newest, is_retired, author, at) VALUES (?, ?, ?, ?, ?, ?, 1, ?, ?, ?)",
                  template.id,
                  version + 1,
                  template.office,
                  template.act.name(),
                  template.title,
                  CaseJson.write(texts),
                  template.retired ? 1 : 0,
                  author,
                  at.toString());
              return versions(connection, template.id).getFirst();
            });
    audit.append(
        author,
        saved.retired ? "template-retire" : "template-save",
        "template %s of %s, version %d".formatted(saved.id, saved.office, saved.version));
    return saved;
  }

  private static void requireRoom(Connection connection, Template template) throws SQLException {
    long there =
        Sql.number(
            connection,
            "SELECT COUNT(*) FROM procedure_template"
                + " WHERE office = ? AND is_newest = 1 AND is_retired = 0 AND id <> ?",
            template.office,
            template.id);
    if (there >= MOST && !template.retired) {
      throw new CaseRefused(
          "too-many-templates",
          new LocalText(
              "una oficina tiene a lo más " + MOST + " textos",
              "uma repartição tem no máximo " + MOST + " textos",
              "an office has at most " + MOST + " texts"));
    }
  }
}
