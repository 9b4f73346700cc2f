package org.tequio.publish;

import java.io.BufferedWriter;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tequio.catalogue.CatalogueModule;
import org.tequio.catalogue.CommunityLinks;
import org.tequio.catalogue.ImportRequest;
import org.tequio.catalogue.LayerGaps;
import org.tequio.feature.Crs;
import org.tequio.feature.CrsRegistry;
import org.tequio.feature.Progress;
import org.tequio.http.EgressRules;
import org.tequio.http.Guard;
import org.tequio.http.HttpConfig;
import org.tequio.http.HttpServer;
import org.tequio.http.Permissions;
import org.tequio.http.StaticSite;
import org.tequio.storage.CitySettings;
import org.tequio.storage.geopackage.GeoPackageCityStore;

/**
 * How long the first ten results take at 400,000 addresses and 400,000 parcel keys, over HTTP with
 * one client, beside SQLite's full-text search over the same addresses in the same process. Run by
 * {@code bench/search.sh}; writes a table to {@code target/search-bench.md}.
 */
class SearchBench {
  private static final int STREETS = 8_000;
  private static final int DOORS = 50;
  private static final int ROUNDS = 400;
  private static final String[] FIRST = {
    "Insurgentes", "Reforma", "Juárez", "Hidalgo", "Morelos", "Allende", "Zaragoza", "Madero",
    "Guerrero", "Matamoros", "Abasolo", "Aldama", "Galeana", "Bravo", "Victoria", "Ocampo",
    "Lerdo", "Degollado", "Escobedo", "Arteaga", "Xochimilco", "Tlalpan", "Coyoacán", "Ixtapalapa",
    "Azcapotzalco", "Chapultepec", "Popocatépetl", "Iztaccíhuatl", "Nevado", "Orizaba"
  };
  private static final String[] SECOND = {
    "Norte", "Sur", "Oriente", "Poniente", "del Río", "de los Pinos", "del Valle", "de la Peña",
    "del Bosque", "de las Flores", "Viejo", "Nuevo", "Alto", "Bajo", "Central", "del Lago"
  };
  private static final String[] KINDS = {"Calle", "Avenida", "Cerrada", "Privada", "Andador"};

  @TempDir Path folder;
  private final RandomGenerator random =
      RandomGeneratorFactory.of("L64X128MixRandom").create(20_261_125);

  private record Street(String kind, String name, double lon, double lat, boolean east) {}

  private final List<Street> streets = new ArrayList<>();

  private void makeStreets() {
    for (int i = 0; i < STREETS; i++) {
      // Ninety rows and columns of blocks; names come again in other parts of the city.
      boolean east = i % 2 == 0;
      String name =
          FIRST[random.nextInt(FIRST.length)] + " " + SECOND[random.nextInt(SECOND.length)];
      if (random.nextInt(3) == 0) {
        name += " " + (1 + random.nextInt(40));
      }
      double lon = -99.3 + (i / 2 % 60) * 0.005;
      double lat = 19.2 + (i / 120 % 70) * 0.005;
      streets.add(new Street(KINDS[random.nextInt(KINDS.length)], name, lon, lat, east));
    }
  }

  private List<Path> files() throws IOException {
    Path doors = folder.resolve("domicilios.csv");
    Path parcels = folder.resolve("predios.csv");
    Path lines = folder.resolve("vialidades.geojson");
    try (BufferedWriter d = Files.newBufferedWriter(doors);
        BufferedWriter p = Files.newBufferedWriter(parcels);
        BufferedWriter l = Files.newBufferedWriter(lines)) {
      d.write("id_domicilio,via,num_ext,colonia,lon,lat\n");
      p.write("cuenta_catastral,superficie,lon,lat\n");
      l.write("{\"type\":\"FeatureCollection\",\"features\":[\n");
      int n = 0;
      for (int s = 0; s < STREETS; s++) {
        Street street = streets.get(s);
        double dx = street.east ? 0.0001 : 0;
        double dy = street.east ? 0 : 0.0001;
        l.write(
            String.format(
                Locale.ROOT,
                "%s{\"type\":\"Feature\",\"properties\":{\"id_segmento\":\"S%05d\",\"nombre\":\"%s %s\"},"
                    + "\"geometry\":{\"type\":\"LineString\",\"coordinates\":[[%.6f,%.6f],[%.6f,%.6f]]}}",
                s == 0 ? "" : ",\n",
                s,
                street.kind,
                street.name,
                street.lon,
                street.lat,
                street.lon + 55 * dx,
                street.lat + 55 * dy));
        for (int i = 0; i < DOORS; i++) {
          double lon = street.lon + i * dx + (i % 2) * dy;
          double lat = street.lat + i * dy + (i % 2) * dx;
          d.write(
              String.format(
                  Locale.ROOT,
                  "D%07d,%s %s,%d,Colonia %d,%.6f,%.6f%n",
                  n,
                  street.kind,
                  street.name,
                  100 + i * 3,
                  s / 40,
                  lon,
                  lat));
          p.write(String.format(Locale.ROOT, "%s,%d,%.6f,%.6f%n", key(n), 200, lon, lat));
          n++;
        }
      }
      l.write("]}");
    }
    return List.of(doors, parcels, lines);
  }

  private static String key(int n) {
    return String.format(Locale.ROOT, "%03d-%03d-%02d", n / 40_000, n / 40 % 1000, n % 40);
  }

  @FunctionalInterface
  private interface Asking {
    int ask(String text) throws Exception;
  }

  private record Kind(String name, List<String> ours, List<String> fts) {}

  private List<Kind> kinds() {
    List<Kind> kinds = new ArrayList<>();
    for (String name :
        List.of("prefix", "whole name", "typo", "number", "unknown number", "crossing", "key")) {
      List<String> ours = new ArrayList<>();
      List<String> fts = new ArrayList<>();
      for (int i = 0; i < ROUNDS; i++) {
        int s = random.nextInt(STREETS);
        Street street = streets.get(s);
        String whole = street.kind + " " + street.name;
        String[] words = whole.split(" ");
        int door = 100 + 3 * random.nextInt(DOORS);
        switch (name) {
          case "prefix" -> {
            String cut = words[1].substring(0, 1 + random.nextInt(4));
            ours.add(cut);
            fts.add("\"" + cut + "\"*");
          }
          case "whole name" -> {
            ours.add(whole);
            fts.add(quoted(words));
          }
          case "typo" -> {
            String w = words[1];
            int at = 1 + random.nextInt(w.length() - 2);
            ours.add(w.substring(0, at) + w.substring(at + 1) + " " + words[2]);
          }
          case "number" -> {
            ours.add(whole + " " + door);
            fts.add(quoted(words) + " \"" + door + "\"");
          }
          case "unknown number" -> ours.add(whole + " " + (door + 1));
          case "crossing" -> {
            Street other = streets.get(s ^ 1);
            ours.add(whole + " y " + other.kind + " " + other.name);
          }
          default -> {
            String key = key(random.nextInt(STREETS * DOORS));
            ours.add(key.replace('-', ' '));
            fts.add("\"" + key.replace('-', ' ') + "\"");
          }
        }
      }
      kinds.add(new Kind(name, ours, fts));
    }
    return kinds;
  }

  private static String quoted(String[] words) {
    return String.join(" ", Arrays.stream(words).map(w -> "\"" + w + "\"").toList());
  }

  @Test
  void measure() throws Exception {
    makeStreets();
    List<Path> files = files();
    StringBuilder table = new StringBuilder();
    try (GeoPackageCityStore store =
        GeoPackageCityStore.create(
            folder.resolve("city"), new CitySettings("Ciudad", new Crs(32614)))) {
      CatalogueModule catalogue =
          new CatalogueModule(store, CrsRegistry.standard(), Clock.systemUTC());
      catalogue.describe("Ciudad", new Crs(32614), null);
      catalogue.importer().run(ImportRequest.of(files, "Catastro", "alicia"), Progress.NONE);
      PublishModule module =
          new PublishModule(
              catalogue.catalogue(),
              store,
              catalogue.mappings(),
              catalogue.metadata(),
              Permissions.publicReading(),
              Clock.systemUTC(),
              PublishConfig.DEFAULT,
              EgressRules.STANDARD,
              folder,
              LayerGaps.NONE,
              CommunityLinks.NONE);
      long before = System.nanoTime();
      module.warmUp();
      double made = (System.nanoTime() - before) / 1e9;
      Runtime runtime = Runtime.getRuntime();
      System.gc();
      table.append(
          String.format(
              Locale.ROOT,
              "index made in %.1f s; %.0f MiB by its own account; heap used with everything %.0f MiB%n%n",
              made,
              module.searchBytes() / 1048576.0,
              (runtime.totalMemory() - runtime.freeMemory()) / 1048576.0));
      table.append(
          "| query | ours p50 ms | p90 | p99 | found | FTS5 p50 ms | p90 | p99 | found |\n");
      table.append("|---|---|---|---|---|---|---|---|---|\n");
      List<Kind> kinds = kinds();
      try (HttpServer server =
              HttpServer.start(
                  HttpConfig.local(0), module.endpoints(), StaticSite.NONE, Guard.NOBODY);
          HttpClient client = HttpClient.newHttpClient();
          Connection fts = fullText()) {
        Asking ours = text -> ask(client, server.port(), text);
        Asking theirs = text -> ask(fts, text);
        for (Kind kind : kinds) {
          measure(kind.ours, ours);
          table.append("| ").append(kind.name).append(" | ").append(measure(kind.ours, ours));
          if (kind.fts.isEmpty()) {
            table.append(" | cannot | | | |\n");
          } else {
            measure(kind.fts, theirs);
            table.append(" | ").append(measure(kind.fts, theirs)).append(" |\n");
          }
        }
      }
    }
    Files.writeString(Path.of("target/search-bench.md"), table);
  }

  private Connection fullText() throws Exception {
    Connection connection =
        DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("fts.sqlite"));
    connection.setAutoCommit(false);
    try (var statement = connection.createStatement()) {
      statement.execute(
          "CREATE VIRTUAL TABLE a USING fts5(address, key,"
              + " tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3 4')");
    }
    try (PreparedStatement insert = connection.prepareStatement("INSERT INTO a VALUES (?, ?)")) {
      for (int n = 0; n < STREETS * DOORS; n++) {
        Street street = streets.get(n / DOORS);
        insert.setString(1, street.kind + " " + street.name + " " + (100 + n % DOORS * 3));
        insert.setString(2, key(n));
        insert.addBatch();
        if (n % 10_000 == 0) {
          insert.executeBatch();
        }
      }
      insert.executeBatch();
    }
    connection.commit();
    return connection;
  }

  private static int ask(Connection fts, String text) throws Exception {
    try (PreparedStatement query =
        fts.prepareStatement(
            "SELECT rowid, address FROM a WHERE a MATCH ? ORDER BY rank LIMIT 10")) {
      query.setString(1, text);
      int found = 0;
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          found++;
        }
      }
      return found;
    }
  }

  private static int ask(HttpClient client, int port, String text) throws Exception {
    String q = URLEncoder.encode(text, StandardCharsets.UTF_8);
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/search?q=" + q));
    String body = client.send(request.build(), BodyHandlers.ofString()).body();
    return body.contains("\"kind\"") ? 1 : 0;
  }

  private static String measure(List<String> texts, Asking asking) throws Exception {
    double[] millis = new double[texts.size()];
    int found = 0;
    for (int i = 0; i < millis.length; i++) {
      long before = System.nanoTime();
      found += asking.ask(texts.get(i)) > 0 ? 1 : 0;
      millis[i] = (System.nanoTime() - before) / 1e6;
    }
    Arrays.sort(millis);
    return String.format(
        Locale.ROOT,
        "%.1f | %.1f | %.1f | %d %%",
        millis[millis.length / 2],
        millis[millis.length * 9 / 10],
        millis[millis.length * 99 / 100],
        found * 100 / millis.length);
  }
}
