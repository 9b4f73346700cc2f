import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tequio.http.HttpConfig;
import org.tequio.server.City;
import org.tequio.server.CityServer;

/**
 * Many residents at once. {@code ResidentsBench people CITY N FILE} gives N of them accounts and
 * writes what their browsers show; {@code ResidentsBench run URL FILE SECONDS THINK_MS} lets them
 * work: of a hundred steps eighty are tiles, fifteen questions to the rules, five a filing with a
 * document. At the end every folio that was acknowledged is looked for among the files of whoever
 * filed it.
 */
public final class ResidentsBench {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final String[] ASKED = {"q.riesgo", "q.zona", "q.valor", "q.patrimonio"};
  private static final Map<String, ConcurrentLinkedQueue<Long>> TIMES = new ConcurrentHashMap<>();
  private static final Map<String, ConcurrentLinkedQueue<String>> FAULTS = new ConcurrentHashMap<>();

  private record Person(String account, String cookie, String csrf) {}

  public static void main(String[] args) throws Exception {
    if (args[0].equals("people")) {
      people(Path.of(args[1]), Integer.parseInt(args[2]), Path.of(args[3]));
    } else {
      run(args[1], Path.of(args[2]), Integer.parseInt(args[3]), Integer.parseInt(args[4]));
    }
  }

  private static void people(Path folder, int count, Path file) throws Exception {
    List<String> lines = new ArrayList<>();
    try (City city = City.open(folder);
        CityServer server = CityServer.start(city, new HttpConfig("127.0.0.1", 0, null))) {
      String url = "http://127.0.0.1:" + server.port();
      for (int i = 0; i < count; i++) {
        String link = city.identity().renewAdministratorLink();
        String token = link.substring(link.indexOf("token=") + "token=".length());
        HttpResponse<byte[]> reply =
            send(
                url,
                null,
                "POST",
                "/api/session/first",
                "application/json",
                ("{\"token\":\"%s\",\"name\":\"Resident %d\",\"email\":\"r%d@villa.example\","
                        + "\"password\":\"un tequio de domingo\"}")
                    .formatted(token, i, i)
                    .getBytes(StandardCharsets.UTF_8));
        String body = text(reply);
        String account = member(body, "id");
        String cookie = reply.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
        // The first one stays the administrator of the city.
        if (i > 0) {
          city.identity().giveRoles(account, List.of(), "bench");
          lines.add(account + "\t" + cookie + "\t" + member(body, "csrf"));
        }
      }
    }
    Files.write(file, lines);
  }

  private static void run(String url, Path file, int seconds, int think) throws Exception {
    List<Person> people = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      String[] cells = line.split("\t");
      people.add(new Person(cells[0], cells[1], cells[2]));
    }
    String layers = text(send(url, null, "GET", "/api/layers?lang=en", null, null));
    Matcher parcels = Pattern.compile("\"id\":\"(predios[^\"]*)\"").matcher(layers);
    String layer = parcels.find() ? parcels.group(1) : "predios";
    List<double[]> points = points(url, layer);
    List<String> tiles = tiles(layer, points);
    for (String tile : tiles) {
      send(url, null, "GET", tile, null, null);
    }
    byte[] document = document();
    long end = System.nanoTime() + seconds * 1_000_000_000L;
    Map<Person, Set<String>> folios = new ConcurrentHashMap<>();
    List<Thread> threads = new ArrayList<>();
    for (Person person : people) {
      Random random = new Random(person.account().hashCode());
      threads.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    while (System.nanoTime() < end) {
                      int step = random.nextInt(100);
                      double[] at = points.get(random.nextInt(points.size()));
                      if (step < 80) {
                        timed("tile", () -> send(url, null, "GET", tiles.get(random.nextInt(tiles.size())), null, null));
                      } else if (step < 95) {
                        String id = ASKED[random.nextInt(ASKED.length)];
                        timed("rules", () -> send(url, null, "POST", "/api/procedures/" + id + "/answer", "application/json", inputs(at)));
                      } else {
                        String folio = filing(url, person, at, document);
                        if (folio != null) {
                          folios.computeIfAbsent(person, any -> ConcurrentHashMap.newKeySet()).add(folio);
                        }
                      }
                      if (think > 0) {
                        sleep(random.nextInt(2 * think));
                      }
                    }
                  }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    report(seconds, people.size(), think);
    check(url, folios);
  }

  private static byte[] inputs(double[] at) {
    return ("{\"inputs\":{\"place\":{\"type\":\"Point\",\"coordinates\":[" + at[0] + "," + at[1] + "]}}}")
        .getBytes(StandardCharsets.UTF_8);
  }

  /** Saves a draft, attaches a document, files it; the folio, or null where something failed. */
  private static String filing(String url, Person person, double[] at, byte[] document) {
    String id = UUID.randomUUID().toString();
    String inputs = new String(inputs(at), StandardCharsets.UTF_8);
    String draft =
        "{\"procedure\":\"sr.bache\",\"version\":0,"
            + inputs.substring(1, inputs.length() - 2)
            + ",\"description\":\"un hoyo grande, " + id.substring(0, 8) + "\"}}";
    HttpResponse<byte[]> saved =
        timed("draft", () -> send(url, person, "PUT", "/api/cases/" + id, "application/json", draft.getBytes(StandardCharsets.UTF_8)));
    if (saved == null) {
      return null;
    }
    timed("attach", () -> send(url, person, "POST", "/api/cases/" + id + "/attachments?name=foto.pdf", "application/octet-stream", document));
    HttpResponse<byte[]> filed =
        timed("file", () -> send(url, person, "POST", "/api/cases/" + id + "/file", "application/json", ("{\"version\":" + number(text(saved), "version") + "}").getBytes(StandardCharsets.UTF_8)));
    return filed == null ? null : member(text(filed), "folio");
  }

  private static byte[] document() {
    StringBuilder text = new StringBuilder("%PDF-1.4\n");
    Random random = new Random(5);
    while (text.length() < 200_000) {
      text.append('%').append(Long.toHexString(random.nextLong())).append('\n');
    }
    return text.append("%%EOF\n").toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  private static List<double[]> points(String url, String layer) throws Exception {
    String page = text(send(url, null, "GET", "/ogc/collections/" + layer + "/items?f=json&limit=2000", null, null));
    Matcher corner = Pattern.compile("\"coordinates\":\\[+(-?[0-9.]+),(-?[0-9.]+)").matcher(page);
    List<double[]> points = new ArrayList<>();
    while (corner.find()) {
      points.add(new double[] {Double.parseDouble(corner.group(1)) + 1e-5, Double.parseDouble(corner.group(2)) + 1e-5});
    }
    if (points.isEmpty()) {
      throw new IllegalStateException("no parcels in " + layer);
    }
    return points;
  }

  private static List<String> tiles(String layer, List<double[]> points) {
    Set<String> tiles = new HashSet<>();
    for (double[] point : points) {
      for (int z = 13; z <= 17; z++) {
        int x = (int) Math.floor((point[0] + 180) / 360 * (1 << z));
        double lat = Math.toRadians(point[1]);
        int y = (int) Math.floor((1 - Math.log(Math.tan(lat) + 1 / Math.cos(lat)) / Math.PI) / 2 * (1 << z));
        tiles.add("/tiles/" + layer + "/" + z + "/" + x + "/" + y);
      }
    }
    return List.copyOf(tiles);
  }

  private interface Step {
    HttpResponse<byte[]> run() throws Exception;
  }

  private static HttpResponse<byte[]> timed(String what, Step step) {
    long start = System.nanoTime();
    try {
      HttpResponse<byte[]> reply = step.run();
      TIMES.computeIfAbsent(what, any -> new ConcurrentLinkedQueue<>()).add(System.nanoTime() - start);
      if (reply.statusCode() >= 300) {
        fault(what, reply.statusCode() + " " + text(reply));
        return null;
      }
      return reply;
    } catch (Exception e) {
      fault(what, e.toString());
      return null;
    }
  }

  private static void fault(String what, String said) {
    FAULTS.computeIfAbsent(what, any -> new ConcurrentLinkedQueue<>()).add(said);
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static HttpResponse<byte[]> send(
      String url, Person person, String method, String path, String type, byte[] body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + path))
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body))
            .header("Origin", url);
    if (type != null) {
      request.header("Content-Type", type);
    }
    if (person != null) {
      request.header("Cookie", person.cookie()).header("Tequio-Csrf", person.csrf());
    }
    return CLIENT.send(request.build(), BodyHandlers.ofByteArray());
  }

  private static void report(int seconds, int people, int think) {
    System.out.printf("%d residents, %d s, %d ms between their steps%n%n", people, seconds, think);
    System.out.println("| step | count | per s | p50 ms | p99 ms | worst ms | faults |\n|---|---|---|---|---|---|---|");
    List<Long> all = new ArrayList<>();
    for (Map.Entry<String, ConcurrentLinkedQueue<Long>> one : new TreeMap<>(TIMES).entrySet()) {
      all.addAll(one.getValue());
      row(one.getKey(), new ArrayList<>(one.getValue()), seconds, FAULTS.getOrDefault(one.getKey(), new ConcurrentLinkedQueue<>()).size());
    }
    row("all", all, seconds, FAULTS.values().stream().mapToInt(ConcurrentLinkedQueue::size).sum());
    FAULTS.forEach((what, said) -> System.out.println(what + ": " + said.peek()));
  }

  private static void row(String what, List<Long> nanos, int seconds, int faults) {
    double[] ms = nanos.stream().mapToDouble(one -> one / 1e6).sorted().toArray();
    System.out.printf(
        "| %s | %d | %.1f | %.1f | %.1f | %.1f | %d |%n",
        what, ms.length, (double) ms.length / seconds, ms[ms.length / 2], ms[Math.min(ms.length - 1, ms.length * 99 / 100)], ms[ms.length - 1], faults);
  }

  private static void check(String url, Map<Person, Set<String>> folios) throws Exception {
    int acknowledged = 0;
    int lost = 0;
    int doubled = 0;
    int strange = 0;
    Set<String> all = new HashSet<>();
    for (Map.Entry<Person, Set<String>> one : folios.entrySet()) {
      acknowledged += one.getValue().size();
      List<String> kept = new ArrayList<>();
      String after = "";
      while (true) {
        String page = text(send(url, one.getKey(), "GET", "/api/cases?limit=100&after=" + after, null, null));
        Matcher folio = Pattern.compile("\"folio\":\"([^\"]+)\"").matcher(page);
        while (folio.find()) {
          kept.add(folio.group(1));
        }
        Matcher next = Pattern.compile("\"next\":\"([^\"]+)\"").matcher(page);
        if (!next.find()) {
          break;
        }
        after = next.group(1);
      }
      lost += (int) one.getValue().stream().filter(folio -> !kept.contains(folio)).count();
      for (String folio : kept) {
        doubled += all.add(folio) ? 0 : 1;
        strange += one.getValue().contains(folio) ? 0 : 1;
      }
    }
    System.out.printf("%nfiled and acknowledged %d, lost %d, doubled %d, there without acknowledgement %d%n", acknowledged, lost, doubled, strange);
  }

  private static String text(HttpResponse<byte[]> reply) {
    return new String(reply.body(), StandardCharsets.UTF_8);
  }

  private static String member(String json, String name) {
    Matcher found = Pattern.compile("\"" + name + "\":\"([^\"]*)\"").matcher(json);
    if (!found.find()) {
      throw new IllegalStateException("no " + name + " in " + json);
    }
    return found.group(1);
  }

  private static String number(String json, String name) {
    Matcher found = Pattern.compile("\"" + name + "\":([0-9]+)").matcher(json);
    if (!found.find()) {
      throw new IllegalStateException("no " + name + " in " + json);
    }
    return found.group(1);
  }
}
