package org.tequio.server;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.tequio.catalogue.Access;
import org.tequio.catalogue.FieldSettings;
import org.tequio.catalogue.ImportRequest;
import org.tequio.catalogue.LayerSettings;
import org.tequio.feature.DataClass;
import org.tequio.feature.LayerId;
import org.tequio.feature.Progress;
import org.tequio.formats.Formats;
import org.tequio.formats.WriterFormat;
import org.tequio.http.Caller;
import org.tequio.http.Endpoint;
import org.tequio.http.Parameter;
import org.tequio.identity.RoleBook;
import org.tequio.review.NewSubmission;
import org.tequio.review.Submission;
import org.tequio.review.SubmissionState;

/**
 * Xochitl complained, and left her name, telephone and CURP. Everybody asks every reading endpoint
 * of the server for everything, in all forms and of every past and waiting state: nobody is told
 * who she is who does not say why, and what the department keeps to itself stays there. A new
 * endpoint is asked without another word.
 */
class ClosedFieldsTest {
  /** Of the words that may not come out, none is in a question, which an answer may repeat. */
  private static final Set<String> PERSONAL =
      Set.of("Canaria", "CAXX900101", "97734", "0199-7734", "@vecina.example");

  /** A field and a whole layer that the department keeps to itself. */
  private static final Set<String> INTERNAL = Set.of("visitar-sin-aviso", "Bodega Escondida");

  private static final LayerId COMPLAINTS = new LayerId("quejas");
  private static final LayerId STORES = new LayerId("bodegas");

  private static final Map<String, List<String>> QUESTIONS =
      Map.ofEntries(
          Map.entry("q", List.of("xochitl", "caxx9001", "555-0199", "bache", "bodeg")),
          Map.entry("field", List.of("nombre_solicitante", "nota", "asunto")),
          Map.entry("f", List.of("html", "json")),
          Map.entry("asOf", List.of("1")),
          Map.entry("layer", List.of("quejas", "bodegas")),
          Map.entry("kind", List.of("added", "removed", "attributes", "both", "doubtful")),
          Map.entry("bbox", List.of("-99.2,19.3,-99.0,19.6")),
          Map.entry("text", List.of("quejas", "telefono")),
          Map.entry("mine", List.of("true", "false")),
          Map.entry("crs", List.of("EPSG:4326")),
          Map.entry("filter", List.of("curp%20LIKE%20%27CAXX%25%27", "nota%3D%27x%27")),
          Map.entry("properties", List.of("curp", "nota")),
          Map.entry("sortby", List.of("curp", "nota")),
          Map.entry("state", List.of("draft")));

  @TempDir static Path folder;
  private static ServedCity town;
  private static final ListAppender<ILoggingEvent> LOG = new ListAppender<>();
  private static final Map<String, ServedCity.@Nullable Session> PEOPLE = new LinkedHashMap<>();
  private static final List<Answer> ANSWERS = new ArrayList<>();

  /** Which of the words that matter somebody read under an address. */
  private record Answer(String person, String address, int status, Set<String> words) {
    boolean tells(Set<String> secrets) {
      return words.stream().anyMatch(secrets::contains);
    }
  }

  @BeforeAll
  static void xochitlComplains() throws Exception {
    ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).addAppender(LOG);
    LOG.start();
    town = new ServedCity(folder.resolve("city"));
    bring(complaints("quejas.csv", "555-0199-7734", 14), "Obras");
    var stewardship = town.city.stewardship();
    stewardship.save(
        COMPLAINTS,
        LayerSettings.EMPTY.withFields(
            List.of(
                said("nombre_solicitante", DataClass.PERSONAL),
                said("telefono", DataClass.PERSONAL),
                said("correo", DataClass.PERSONAL),
                said("curp", DataClass.SENSITIVE),
                said("nota", DataClass.INTERNAL))),
        stewardship.version(COMPLAINTS),
        "operator");
    Path stores = folder.resolve("bodegas.csv");
    Files.writeString(
        stores,
        "clave,nombre,lon,lat\nB-1,Bodega Escondida,-99.13,19.43\nB-2,Bodega Escondida 2,-99.14,19.44\n");
    bring(stores, "Obras");
    stewardship.save(
        STORES,
        LayerSettings.EMPTY.withAccess(Access.INTERNAL),
        stewardship.version(STORES),
        "operator");
    PEOPLE.put("anyone", null);
    PEOPLE.put("Bruno the neighbor", town.person("bruno"));
    PEOPLE.put("Aurelio the auditor", town.person("aurelio", role("auditor", null)));
    PEOPLE.put("Olga, steward of water", town.person("olga", role("steward", "agua")));
    PEOPLE.put("Omar, officer of water", town.person("omar", role("officer", "agua")));
    PEOPLE.put("Simon, steward of works", town.person("simon", role("steward", "obras")));
    PEOPLE.put("Gloria the administrator", town.person("gloria", role("gis-admin", null)));
    long published = handIn(complaints("queja nueva.csv", "55 5019 97734", 13));
    town.city.review().submissions().submit(published, "simon");
    town.city
        .review()
        .submissions()
        .act(published, SubmissionState.Verb.APPROVE, "gloria", "Gloria", "bien");
    handIn(complaints("queja otra.csv", "555-0199-7734", 12));
    askEverything();
  }

  @AfterAll
  static void stop() {
    town.close();
  }

  private static FieldSettings said(String field, DataClass dataClass) {
    return new FieldSettings(field, null, null, dataClass, null);
  }

  private static Caller.Holding role(String role, @Nullable String organisation) {
    return new Caller.Holding(role, organisation);
  }

  private static void bring(Path file, String department) throws IOException {
    town.city
        .importer()
        .run(ImportRequest.of(List.of(file), department, "operator"), Progress.NONE);
  }

  private static long handIn(Path file) throws IOException {
    var submissions = town.city.review().submissions();
    Submission made =
        submissions.create(
            new NewSubmission(
                file,
                file.getFileName().toString(),
                COMPLAINTS,
                "Obras",
                "simon",
                "Simon",
                "la entrega"));
    return submissions.check(made.id(), Progress.NONE).id();
  }

  /** Rows with everything; one is too long and is set aside whole. */
  private static Path complaints(String name, String telephone, int rows) throws IOException {
    StringBuilder csv =
        new StringBuilder("folio,nombre_solicitante,telefono,correo,curp,asunto,nota,lon,lat\n");
    for (int i = 0; i < rows; i++) {
      csv.append(
          "F-%03d,Xochitl Canaria %c,%s,x%d@vecina.example,CAXX900101MDFNRC%02d,Bache %d,visitar-sin-aviso,%f,%f%n"
              .formatted(
                  i, 'A' + i, telephone, i, i, i % 3, -99.13 + i * 0.001, 19.43 + i * 0.001));
    }
    csv.append(
        "F-999,Xochitl Canaria Z,555-0199-7734,z@vecina.example,CAXX900101MDFNRC99,a,b,1,2,3,4\n");
    return Files.writeString(folder.resolve(name), csv);
  }

  /** Every address under which an endpoint could tell something. */
  private static Set<String> addresses(Endpoint endpoint) {
    Set<String> paths = new LinkedHashSet<>(List.of(endpoint.path()));
    Map<String, List<String>> names = new LinkedHashMap<>();
    names.put("layer", List.of("quejas", "bodegas"));
    names.put("feature", List.of("1", "3"));
    names.put("file", files());
    names.put("document", documents());
    names.put("submission", List.of("1", "2"));
    names.put("revision", List.of("1", "2", "3"));
    names.put("z", List.of("13"));
    names.put("x", List.of("1840"));
    names.put("y", List.of("3644", "3645"));
    Matcher variables = Pattern.compile("\\{([^}]*)}").matcher(endpoint.path());
    while (variables.find()) {
      Set<String> filled = new LinkedHashSet<>();
      for (String path : paths) {
        for (String value : names.getOrDefault(variables.group(1), List.of("1"))) {
          filled.add(path.replace(variables.group(), value));
        }
      }
      paths = filled;
    }
    String needed = needed(endpoint);
    Set<String> all = new LinkedHashSet<>();
    for (String path : paths) {
      all.add(path + needed);
      for (Parameter<?> parameter : endpoint.parameters()) {
        for (String value : QUESTIONS.getOrDefault(parameter.name(), List.of())) {
          if (!needed.contains(parameter.name() + "=")) {
            all.add(
                path + needed + (needed.isEmpty() ? "?" : "&") + parameter.name() + "=" + value);
          } else {
            all.add(path + "?" + parameter.name() + "=" + value);
          }
        }
      }
      if (endpoint.openQuery()) {
        for (String filter : List.of("folio=F-001", "curp=CAXX", "nota=x", "NOTA=x")) {
          all.add(path + "?" + filter);
        }
      }
    }
    String wfs = "/wfs?service=WFS&version=2.0.0&request=";
    String wms = "/wms?service=WMS&version=1.3.0&request=";
    for (String layer : List.of("quejas", "bodegas")) {
      switch (endpoint.path()) {
        case "/wfs" -> {
          all.add(wfs + "GetFeature&typeNames=" + layer);
          all.add(wfs + "GetFeature&outputFormat=application/json&typeNames=" + layer);
          all.add(wfs + "DescribeFeatureType&typeNames=" + layer);
          all.add(wfs + "GetPropertyValue&valueReference=curp&typeNames=" + layer);
          all.add(wfs + "GetCapabilities");
        }
        case "/wms" -> {
          all.add(wms + "GetCapabilities");
          all.add(
              wms
                  + "GetFeatureInfo&styles=&crs=CRS:84&bbox=-99.2,19.3,-99.0,19.6&width=9&height=9"
                  + "&format=image/png&i=3&j=5&feature_count=50&info_format=text/html&layers="
                  + layer
                  + "&query_layers="
                  + layer);
        }
        default -> {}
      }
    }
    return all;
  }

  /** What an endpoint does not answer without. */
  private static String needed(Endpoint endpoint) {
    List<String> needed = new ArrayList<>();
    for (Parameter<?> parameter : endpoint.parameters()) {
      switch (parameter.name()) {
        case "lon" -> needed.add("lon=-99.13");
        case "lat" -> needed.add("lat=19.43");
        case "from" -> needed.add("from=1");
        case "q" -> needed.add("q=xochitl");
        case "field" -> needed.add("field=folio");
        default -> {}
      }
    }
    return needed.isEmpty() ? "" : "?" + String.join("&", needed);
  }

  private static List<String> files() {
    List<String> files = new ArrayList<>();
    for (WriterFormat format : Formats.writers()) {
      files.add("quejas." + format.extension());
      files.add("bodegas." + format.extension());
    }
    return files;
  }

  private static List<String> documents() {
    List<String> documents = new ArrayList<>();
    for (String ending : List.of("", ".jsonld", ".rdf", ".iso.xml", ".inegi.json")) {
      documents.add("quejas" + ending);
      documents.add("bodegas" + ending);
    }
    return documents;
  }

  /** Everybody asks for everything once. */
  private static void askEverything() throws IOException {
    Set<String> words = new LinkedHashSet<>(PERSONAL);
    words.addAll(INTERNAL);
    words.add(STORES.value());
    for (Endpoint endpoint : town.endpoints) {
      if (endpoint.method().equals("GET") && !isPicture(endpoint)) {
        boolean open = line(endpoint).isOpenToAnyone();
        for (var person : PEOPLE.entrySet()) {
          // What anyone may read is asked by a stranger and by who may most.
          if (!open || person.getKey().matches("anyone|Gloria.*")) {
            for (String address : addresses(endpoint)) {
              var reply = town.get(person.getValue(), address);
              ANSWERS.add(
                  new Answer(
                      person.getKey(), address, reply.statusCode(), wordsIn(reply.body(), words)));
            }
          }
        }
      }
    }
  }

  /** What is drawn can be read by people only. */
  private static boolean isPicture(Endpoint endpoint) {
    return !endpoint.answers().isEmpty()
        && endpoint.answers().stream().allMatch(one -> one.mediaType().startsWith("image/"));
  }

  private static RoleBook.Line line(Endpoint endpoint) {
    return town.city.identity().roles().getLine(endpoint.action());
  }

  @Test
  void nobodyIsToldWhoSheIsWithoutSayingWhy() {
    assertThat(ANSWERS).allMatch(answer -> answer.status < 500);
    assertThat(ANSWERS.stream().filter(answer -> answer.status == 200).count()).isGreaterThan(200);
    assertThat(ANSWERS).noneMatch(answer -> answer.tells(PERSONAL));
  }

  @Test
  void whatADepartmentKeepsToItselfStaysThere() {
    for (Answer answer : ANSWERS) {
      if (!answer.person.contains("works") && !answer.person.contains("administrator")) {
        assertThat(answer.tells(INTERNAL)).as("%s", answer).isFalse();
        // A refusal may repeat the question, and the auditor reads what was done to which layer.
        if (!answer.address.contains("bodeg") && !answer.address.startsWith("/api/audit")) {
          assertThat(answer.tells(Set.of(STORES.value()))).as("%s", answer).isFalse();
        }
        if (answer.address.contains("/bodegas")) {
          assertThat(answer.status).as("%s", answer).isBetween(400, 404);
        }
      }
    }
  }

  @Test
  void theOneDoorIsOpenToThoseWhoSayWhy() {
    String door = "/api/privacy/layers/quejas/features/1?reason=her%20call";
    var simon = town.get(PEOPLE.get("Simon, steward of works"), door);
    assertThat(ServedCity.text(simon)).contains("Canaria");
    for (String who : List.of("Olga, steward of water", "Omar, officer of water")) {
      assertThat(town.get(PEOPLE.get(who), door).statusCode()).as(who).isEqualTo(404);
    }
    for (String who : List.of("anyone", "Bruno the neighbor", "Aurelio the auditor")) {
      assertThat(town.get(PEOPLE.get(who), door).statusCode()).as(who).isIn(401, 403);
    }
  }

  @Test
  void neitherTheAuditLogNorTheServersLogNorAMailNamesHer() throws IOException {
    town.get(
        PEOPLE.get("Simon, steward of works"),
        "/api/privacy/layers/quejas/features/1?reason=her%20call");
    String wrong = "{\"email\":\"x0@vecina.example\",\"password\":\"tequio secreto 7734\"}";
    town.send(null, "POST", "/api/session", wrong);
    town.send(
        null, "POST", "/api/session", wrong + URLEncoder.encode(wrong, StandardCharsets.UTF_8));
    Set<String> secrets = new LinkedHashSet<>(PERSONAL);
    secrets.addAll(List.of("tequio secreto", "tequio de domingo", "Bodega Escondida"));
    PEOPLE
        .values()
        .forEach(
            person -> {
              if (person != null) {
                secrets.add(person.csrf());
                secrets.add(person.cookie());
              }
            });
    StringBuilder all = new StringBuilder(Files.readString(town.folder.resolve("audit/log.jsonl")));
    try (var files = Files.walk(town.folder)) {
      for (Path mail : files.filter(file -> file.toString().endsWith(".eml")).toList()) {
        all.append(Files.readString(mail, StandardCharsets.ISO_8859_1));
      }
    }
    for (ILoggingEvent event : List.copyOf(LOG.list)) {
      all.append(event.getFormattedMessage()).append(event.getThrowableProxy()).append('\n');
    }
    assertThat(all).contains("read personal data");
    assertThat(secrets).noneMatch(secret -> all.indexOf(secret) >= 0);
  }

  private static Set<String> wordsIn(byte[] bytes, Set<String> words) throws IOException {
    String text = new String(bytes, StandardCharsets.UTF_8) + inside(bytes);
    Set<String> found = new LinkedHashSet<>();
    words.stream().filter(text::contains).forEach(found::add);
    return found;
  }

  /** What a workbook or an archive holds, or the packed pages of a Parquet file, as text. */
  private static String inside(byte[] bytes) throws IOException {
    if (bytes.length > 4 && new String(bytes, 0, 4, StandardCharsets.US_ASCII).equals("PAR1")) {
      return pages(bytes);
    }
    if (bytes.length < 4 || bytes[0] != 'P' || bytes[1] != 'K') {
      return "";
    }
    StringBuilder all = new StringBuilder();
    Path file = Files.write(folder.resolve("answer.zip"), bytes);
    try (ZipFile zip = new ZipFile(file.toFile())) {
      for (ZipEntry entry : Collections.list(zip.entries())) {
        all.append(entry.getName());
        all.append(new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    return all.toString();
  }

  /** Wherever gzip begins, as far as it goes. */
  private static String pages(byte[] bytes) throws IOException {
    StringBuilder all = new StringBuilder();
    int pages = 0;
    for (int i = 0; i < bytes.length - 3; i++) {
      if (bytes[i] == 0x1f && bytes[i + 1] == (byte) 0x8b && bytes[i + 2] == 8) {
        var packed = new ByteArrayInputStream(bytes, i, bytes.length - i);
        // Behind the page comes what is no gzip: what was read before it is the page.
        try (var page = new GZIPInputStream(packed)) {
          pages++;
          for (int next = page.read(); next >= 0; next = page.read()) {
            all.append((char) next);
          }
        } catch (ZipException e) {
          all.append('\n');
        }
      }
    }
    assertThat(pages).isPositive();
    return new String(all.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }
}
