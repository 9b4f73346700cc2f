package org.tequio.formats;

import java.util.List;
import java.util.Optional;
import org.tequio.formats.csv.CsvFormat;
import org.tequio.formats.csv.CsvWriter;
import org.tequio.formats.csv.CsvZipWriter;
import org.tequio.formats.esri.EsriJsonFormat;
import org.tequio.formats.flatgeobuf.FlatGeobufWriter;
import org.tequio.formats.geojson.GeoJsonFormat;
import org.tequio.formats.geojson.GeoJsonWriter;
import org.tequio.formats.geopackage.GeoPackageFormat;
import org.tequio.formats.geopackage.GeoPackageWriter;
import org.tequio.formats.geoparquet.GeoParquetWriter;
import org.tequio.formats.gml.GmlFormat;
import org.tequio.formats.gpx.GpxFormat;
import org.tequio.formats.gpx.GpxWriter;
import org.tequio.formats.gtfs.GtfsFormat;
import org.tequio.formats.kml.KmlFormat;
import org.tequio.formats.kml.KmlWriter;
import org.tequio.formats.kml.KmzWriter;
import org.tequio.formats.osm.OsmFormat;
import org.tequio.formats.raster.RasterFormat;
import org.tequio.formats.shapefile.DbfFormat;
import org.tequio.formats.shapefile.ShapefileFormat;
import org.tequio.formats.shapefile.ShapefileWriter;
import org.tequio.formats.table.JsonTableFormat;
import org.tequio.formats.xlsx.XlsxFormat;
import org.tequio.formats.xlsx.XlsxWriter;

/** The ordered lists of formats. */
public final class Formats {
  private Formats() {}

  /** All readers; the first that claims a file has it. */
  public static List<Format> readers() {
    return List.of(
        new ShapefileFormat(), //
        new DbfFormat(),
        new GeoPackageFormat(),
        new EsriJsonFormat(),
        new GeoJsonFormat(),
        new GtfsFormat(),
        new KmlFormat(),
        new GpxFormat(),
        new GmlFormat(),
        new OsmFormat(),
        new XlsxFormat(),
        new RasterFormat(),
        new JsonTableFormat(),
        new CsvFormat() //
        );
  }

  /** All writers. */
  public static List<WriterFormat> writers() {
    return List.of(
        new GeoPackageWriter(), //
        new ShapefileWriter(),
        new GeoJsonWriter(),
        new FlatGeobufWriter(),
        new GeoParquetWriter(),
        new CsvWriter(),
        new CsvZipWriter(),
        new XlsxWriter(),
        new KmlWriter(),
        new KmzWriter(),
        new GpxWriter() //
        );
  }

  /** The writer for a file name such as {@code predios.gpkg} or {@code predios.shp.zip}. */
  public static Optional<WriterFormat> findWriter(String fileName) {
    String lower = fileName.toLowerCase(java.util.Locale.ROOT);
    return writers().stream().filter(w -> lower.endsWith("." + w.extension())).findFirst();
  }
}
