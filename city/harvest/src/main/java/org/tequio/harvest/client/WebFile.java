package org.tequio.harvest.client;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Map;
import org.tequio.harvest.HarvestException;
import org.tequio.harvest.fetch.Fetched;
import org.tequio.harvest.fetch.Haul;

/** A file on the web under the name that people would give it. Pure functions. */
final class WebFile {
  private static final Map<String, String> EXTENSIONS =
      Map.ofEntries(
          Map.entry("application/geo+json", "geojson"),
          Map.entry("application/vnd.geo+json", "geojson"),
          Map.entry("application/json", "json"),
          Map.entry("text/csv", "csv"),
          Map.entry("application/zip", "zip"),
          Map.entry("application/x-zip-compressed", "zip"),
          Map.entry("application/geopackage+sqlite3", "gpkg"),
          Map.entry("application/gml+xml", "gml"),
          Map.entry("application/xml", "xml"),
          Map.entry("text/xml", "xml"),
          Map.entry("application/vnd.google-earth.kml+xml", "kml"),
          Map.entry("application/vnd.google-earth.kmz", "kmz"),
          Map.entry("image/tiff", "tif"),
          Map.entry("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"));

  private WebFile() {}

  /** The file name of an answer: what the server says, else the end of its address. */
  static String name(URI asked, Fetched answer) {
    String said = answer.fileName();
    String path = String.valueOf(asked.getPath()).replaceFirst("/+$", "");
    String last = path.substring(path.lastIndexOf('/') + 1);
    String name = said != null && !said.isBlank() ? said : last;
    name =
        Haul.fileName(name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1));
    String extension = EXTENSIONS.get(answer.mediaType().toLowerCase(Locale.ROOT));
    boolean named = name.matches(".*\\.[A-Za-z0-9]{2,8}");
    return named || extension == null ? name : name + "." + extension;
  }

  /** Puts an answer that is data under its name into the haul's folder. */
  static Path keep(URI asked, Fetched answer, String name, Haul haul)
      throws IOException, HarvestException {
    String lower = name.toLowerCase(Locale.ROOT);
    boolean isPage = answer.isPage() && !lower.endsWith(".html");
    if (isPage) {
      throw HarvestException.page(answer.host());
    }
    if (Files.size(answer.file()) == 0) {
      throw HarvestException.empty(name);
    }
    Path target = haul.folder().resolve(name);
    for (int n = 2; Files.exists(target); n++) {
      target = haul.folder().resolve(n + "_" + name);
    }
    return Files.move(answer.file(), target, StandardCopyOption.ATOMIC_MOVE);
  }
}
