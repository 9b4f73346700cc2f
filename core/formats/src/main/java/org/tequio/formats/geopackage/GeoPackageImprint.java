package org.tequio.formats.geopackage;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;
import org.tequio.formats.Imprint;

/**
 * What a GeoPackage says of its table: in {@code gpkg_contents}, and as a document of ISO 19139 by
 * the extension for metadata (OGC 12-128r17, annex F.8).
 */
final class GeoPackageImprint {
  // Requirement 5: exactly three digits of a second and a Z.
  static final DateTimeFormatter INSTANT =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);

  private GeoPackageImprint() {}

  static void write(Connection connection, String table, Imprint imprint) throws SQLException {
    if (imprint.isEmpty()) {
      return;
    }
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE gpkg_contents SET identifier = ?, description = ?,"
                + " last_change = coalesce(?, last_change)")) {
      Instant updated = imprint.updated();
      update.setString(1, imprint.title().isBlank() ? table : imprint.title());
      update.setString(2, imprint.text());
      update.setString(3, updated == null ? null : INSTANT.format(updated));
      update.executeUpdate();
    }
    if (!imprint.metadata().isEmpty()) {
      document(connection, table, imprint);
    }
  }

  private static void document(Connection connection, String table, Imprint imprint)
      throws SQLException {
    try (Statement sql = connection.createStatement()) {
      sql.executeUpdate(
          """
          CREATE TABLE gpkg_metadata (
            id INTEGER CONSTRAINT m_pk PRIMARY KEY ASC NOT NULL,
            md_scope TEXT NOT NULL DEFAULT 'dataset', md_standard_uri TEXT NOT NULL,
            mime_type TEXT NOT NULL DEFAULT 'text/xml', metadata TEXT NOT NULL DEFAULT '')""");
      sql.executeUpdate(
          """
          CREATE TABLE gpkg_metadata_reference (
            reference_scope TEXT NOT NULL, table_name TEXT, column_name TEXT,
            row_id_value INTEGER,
            timestamp DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
            md_file_id INTEGER NOT NULL, md_parent_id INTEGER,
            CONSTRAINT crmr_mfi_fk FOREIGN KEY (md_file_id) REFERENCES gpkg_metadata(id),
            CONSTRAINT crmr_mpi_fk FOREIGN KEY (md_parent_id) REFERENCES gpkg_metadata(id))""");
      sql.executeUpdate(
          """
          INSERT INTO gpkg_extensions VALUES
            ('gpkg_metadata', NULL, 'gpkg_metadata',
             'http://www.geopackage.org/spec120/#extension_metadata', 'read-write'),
            ('gpkg_metadata_reference', NULL, 'gpkg_metadata',
             'http://www.geopackage.org/spec120/#extension_metadata', 'read-write')""");
    }
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO gpkg_metadata VALUES (1, 'dataset',"
                + " 'http://www.isotc211.org/2005/gmd', 'text/xml', ?)")) {
      insert.setString(1, imprint.metadata());
      insert.executeUpdate();
    }
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO gpkg_metadata_reference SELECT 'table', table_name, NULL, NULL,"
                + " last_change, 1, NULL FROM gpkg_contents WHERE table_name = ?")) {
      insert.setString(1, table);
      insert.executeUpdate();
    }
  }
}
