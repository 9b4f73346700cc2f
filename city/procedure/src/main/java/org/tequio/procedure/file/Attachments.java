package org.tequio.procedure.file;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.LocalText;
import org.tequio.http.FileName;
import org.tequio.storage.BlobStore;
import org.tequio.storage.Database;
import org.tequio.storage.Sql;

/**
 * The files of a case: papers and photos. What one is, its first bytes say, whatever it is called;
 * only kinds that browsers show without running anything are taken, and photos lose what tells
 * where they were taken. Thread-safe.
 */
public final class Attachments {
  /** The largest file. */
  public static final long MAX_BYTES = 20L << 20;

  private static final int MOST = 60;

  private final Database database;
  private final BlobStore blobs;
  private final CaseBook book;

  Attachments(CaseBook book, BlobStore blobs) {
    this.database = book.tables().database();
    this.book = book;
    this.blobs = blobs;
  }

  /**
   * One file.
   *
   * @param number unique in its case
   * @param name a harmless form of what the sender called it
   * @param type its media type, by its content
   * @param author the account
   */
  public record Attachment(
      long number,
      String name,
      String type,
      long bytes,
      String sha256,
      String author,
      Instant at) {}

  /**
   * Keeps a file. The same bytes under the same name are kept once.
   *
   * @param byOffice true for an officer, who may add to every open file
   * @throws CaseRefused where it is none of the kinds that are taken, or the case takes no more
   */
  public Attachment add(String id, String account, boolean byOffice, String name, byte[] sent)
      throws IOException {
    requireTaking(book.tables().find(id).orElseThrow(CaseBook::gone).state(), byOffice);
    Prepared prepared = prepare(name, sent);
    return database.write(
        connection -> {
          CaseFile file = CaseTables.find(connection, id).orElseThrow(CaseBook::gone);
          requireTaking(file.state(), byOffice);
          return insert(connection, id, prepared, account);
        });
  }

  /**
   * A file that is kept, and that no case names yet.
   *
   * @param name a harmless form of what the sender called it
   * @param type its media type, by its content
   */
  record Prepared(String name, String type, long bytes, String sha256) {}

  /** Keeps the bytes of a file, cleaned; no case names it yet. */
  Prepared prepare(String name, byte[] sent) throws IOException {
    Kind kind = kind(sent);
    byte[] bytes = kind.clean(sent).orElseThrow(Attachments::notWhole);
    String sha256 = blobs.put(new ByteArrayInputStream(bytes));
    return new Prepared(FileName.harmless(name), kind.type, bytes.length, sha256);
  }

  /** Attaches it; part of a transaction. */
  Attachment insert(Connection connection, String id, Prepared file, String account)
      throws SQLException {
    List<Attachment> there = list(connection, id);
    for (Attachment one : there) {
      if (one.sha256().equals(file.sha256) && one.name().equals(file.name)) {
        return one;
      }
    }
    if (there.size() >= MOST) {
      throw new CaseRefused(
          "too-many-attachments",
          new LocalText(
              "un expediente tiene a lo más " + MOST + " archivos",
              "um processo tem no máximo " + MOST + " arquivos",
              "a case file has at most " + MOST + " files"));
    }
    Attachment added =
        new Attachment(
            there.isEmpty() ? 1 : there.getLast().number() + 1,
            file.name,
            file.type,
            file.bytes,
            file.sha256,
            account,
            book.now());
    Sql.update(
        connection,
        "INSERT INTO procedure_attachment"
            + " (case_id, number, name, type, bytes, sha256, author, at)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        id,
        added.number,
        added.name,
        added.type,
        added.bytes,
        added.sha256,
        added.author,
        added.at.toString());
    return added;
  }

  // What was filed stays as it was filed: applicants add before, and when they are asked to.
  private static void requireTaking(CaseState state, boolean byOffice) {
    boolean takes =
        byOffice
            ? state instanceof CaseState.Open
            : state instanceof CaseState.Draft || state instanceof CaseState.Prevented;
    if (!takes) {
      throw CaseRefused.wrongState(state);
    }
  }

  /** A kind of file that is taken. */
  private enum Kind {
    PDF("application/pdf"),
    JPEG("image/jpeg"),
    PNG("image/png");

    private final String type;

    Kind(String type) {
      this.type = type;
    }

    Optional<byte[]> clean(byte[] bytes) {
      return switch (this) {
        case PDF -> Optional.of(bytes);
        case JPEG -> Photos.jpeg(bytes);
        case PNG -> Photos.png(bytes);
      };
    }
  }

  private static Kind kind(byte[] bytes) {
    if (Photos.startsWith(bytes, 0, "%PDF-")) {
      return Kind.PDF;
    }
    if (Photos.startsWith(bytes, 0, "\u00ff\u00d8\u00ff")) {
      return Kind.JPEG;
    }
    if (Photos.startsWith(bytes, 0, "\u0089PNG\r\n\u001a\n")) {
      return Kind.PNG;
    }
    throw new CaseRefused(
        "attachment-kind",
        new LocalText(
            "se aceptan PDF, JPEG y PNG",
            "aceitam-se PDF, JPEG e PNG",
            "PDF, JPEG and PNG are taken"));
  }

  private static CaseRefused notWhole() {
    return new CaseRefused(
        "attachment-broken",
        new LocalText(
            "la imagen está incompleta o dañada",
            "a imagem está incompleta ou danificada",
            "the image is not whole"));
  }

  /** The files of a case, in their order. */
  public List<Attachment> list(String id) {
    return database.read(connection -> list(connection, id));
  }

  static List<Attachment> list(Connection connection, String id) throws SQLException {
    return Sql.list(
        connection,
        Attachments::attachment,
        "SELECT number, name, type, bytes, sha256, author, at FROM procedure_attachment"
            + " WHERE case_id = ? ORDER BY number",
        id);
  }

  private static Attachment attachment(ResultSet row) throws SQLException {
    return new Attachment(
        row.getLong(1),
        row.getString(2),
        row.getString(3),
        row.getLong(4),
        row.getString(5),
        row.getString(6),
        Instant.parse(row.getString(7)));
  }

  static List<String> hashes(Connection connection, String id) throws SQLException {
    return list(connection, id).stream().map(Attachment::sha256).toList();
  }

  static List<Long> numbers(Connection connection, String id) throws SQLException {
    return list(connection, id).stream().map(Attachment::number).toList();
  }

  /** One file of a case. */
  public Optional<Attachment> find(String id, long number) {
    return list(id).stream().filter(one -> one.number == number).findFirst();
  }

  /** Its bytes. */
  public InputStream open(Attachment attachment) throws IOException {
    return blobs.open(attachment.sha256);
  }

  /** Takes a file from a draft; its bytes stay until nothing names them. */
  public void remove(String id, long number) {
    @Nullable CaseState state = book.tables().find(id).map(CaseFile::state).orElse(null);
    if (state == null) {
      throw CaseBook.gone();
    }
    requireTaking(state, false);
    database.write(
        connection ->
            Sql.update(
                connection,
                "DELETE FROM procedure_attachment WHERE case_id = ? AND number = ?",
                id,
                number));
  }
}
