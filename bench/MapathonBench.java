import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tequio.http.Caller;
import org.tequio.http.HttpConfig;
import org.tequio.server.City;
import org.tequio.server.CityServer;

/**
 * A mapathon. {@code MapathonBench people CITY N FILE} gives N people accounts, every tenth the role
 * of a validator; {@code MapathonBench run URL FILE SECONDS THINK_MS WEST SOUTH STEP} makes a project
 * and lets them work: each follows the project live, takes one of the free tasks with the lowest
 * numbers, as do all the others, reads the map of it, draws a building, uploads it, and gives the
 * task back; validators judge what others mapped. Afterwards every lock is replayed from the
 * history, and every building that was acknowledged is looked for on the map.
 */
public final class MapathonBench {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final int CHOICE = 60;
  private static final Map<String, ConcurrentLinkedQueue<Long>> TIMES = new ConcurrentHashMap<>();
  private static final Map<String, ConcurrentLinkedQueue<String>> FAULTS = new ConcurrentHashMap<>();
  private static final ConcurrentLinkedQueue<Long> LIVE = new ConcurrentLinkedQueue<>();
  private static final AtomicInteger CONTENDED = new AtomicInteger();
  private static final Pattern EVENT =
      Pattern.compile("\"taskId\":(\\d+),\"taskStatus\":(?:\"([A-Z_]+)\"|null)");

  private record Person(int number, String account, String cookie, String csrf) {
    boolean validates() {
      return number % 10 == 0;
    }

    String address() {
      return "10.20." + number / 250 + "." + (number % 250 + 1);
    }
  }

  /** What was acknowledged: by whom, of which task or element. */
  private record Done(String who, long what) {}

  private static final ConcurrentLinkedQueue<Done> LOCKS = new ConcurrentLinkedQueue<>();
  private static final ConcurrentLinkedQueue<Done> CHANGES = new ConcurrentLinkedQueue<>();
  private static final Map<Long, String> WAYS = new ConcurrentHashMap<>();

  public static void main(String[] args) throws Exception {
    if (args[0].equals("people")) {
      people(Path.of(args[1]), Integer.parseInt(args[2]), Path.of(args[3]));
    } else {
      new MapathonBench(args).run();
    }
  }

  private static void people(Path folder, int count, Path file) throws Exception {
    List<String> lines = new ArrayList<>();
    try (City city = City.open(folder);
        CityServer server = CityServer.start(city, new HttpConfig("127.0.0.1", 0, null))) {
      String url = "http://127.0.0.1:" + server.port();
      for (int i = 0; i <= count; i++) {
        String link = city.identity().renewAdministratorLink();
        String token = link.substring(link.indexOf("token=") + "token=".length());
        // From an address each, as the others of a town would: who opens a hundred accounts from one is asked to wait.
        HttpClient from =
            HttpClient.newBuilder().localAddress(InetAddress.getByName("127.0.0." + (2 + i))).build();
        HttpResponse<String> reply =
            from.send(
                request(url, null, "/api/session/first")
                    .header("Content-Type", "application/json")
                    .POST(
                        HttpRequest.BodyPublishers.ofString(
                            ("{\"token\":\"%s\",\"name\":\"Mapper %d\",\"email\":\"m%d@villa.example\","
                                    + "\"password\":\"un tequio de domingo\"}")
                                .formatted(token, i, i)))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
        String account = found(reply.body(), "\"id\":\"([^\"]*)\"");
        String cookie = reply.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
        // The first one stays the administrator, who makes the project.
        if (i > 0) {
          city.identity()
              .giveRoles(
                  account,
                  i % 10 == 0 ? List.of(new Caller.Holding("validator", null)) : List.of(),
                  "bench");
        }
        lines.add(account + "\t" + cookie + "\t" + found(reply.body(), "\"csrf\":\"([^\"]*)\""));
      }
    }
    Files.write(file, lines);
  }

  private final String url;
  private final int seconds;
  private final int think;
  private final double west;
  private final double south;
  private final double size;
  private final List<Person> people = new ArrayList<>();
  private final Map<Integer, double[]> places = new HashMap<>();
  private long project;
  private volatile boolean isOver;

  private MapathonBench(String[] args) throws IOException {
    this.url = args[1];
    for (String line : Files.readAllLines(Path.of(args[2]))) {
      String[] cells = line.split("\t");
      people.add(new Person(people.size(), cells[0], cells[1], cells[2]));
    }
    this.seconds = Integer.parseInt(args[3]);
    this.think = Integer.parseInt(args[4]);
    this.west = Double.parseDouble(args[5]);
    this.south = Double.parseDouble(args[6]);
    this.size = Double.parseDouble(args[7]);
  }

  private void run() throws Exception {
    Person admin = people.removeFirst();
    makeProject(admin);
    long end = System.nanoTime() + seconds * 1_000_000_000L;
    List<Thread> threads = new ArrayList<>();
    List<Thread> followers = new ArrayList<>();
    for (Person person : people) {
      byte[] states = new byte[places.size() + 1];
      followers.add(Thread.ofVirtual().start(() -> follow(person, states)));
      threads.add(Thread.ofVirtual().start(() -> work(person, states, end)));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    isOver = true;
    followers.forEach(Thread::interrupt);
    report();
    check(admin);
  }

  private void makeProject(Person admin) throws Exception {
    double east = west + size;
    double north = south + size;
    String ring =
        String.format(
            Locale.ROOT,
            "[%1$f,%2$f],[%3$f,%2$f],[%3$f,%4$f],[%1$f,%4$f],[%1$f,%2$f]",
            west,
            south,
            east,
            north);
    String made =
        sure(
            admin,
            "POST",
            "/api/v2/projects/",
            "{\"projectName\":\"Mapathon\",\"organisation\":\"bench\",\"zoom\":17,"
                + "\"areaOfInterest\":{\"type\":\"Polygon\",\"coordinates\":[["
                + ring
                + "]]}}");
    project = Long.parseLong(found(made, "\"projectId\":(\\d+)"));
    sure(
        admin,
        "PATCH",
        "/api/v2/projects/" + project + "/",
        "{\"status\":\"PUBLISHED\",\"defaultLocale\":\"en\",\"projectInfoLocales\":[{\"locale\":"
            + "\"en\",\"name\":\"Mapathon\",\"instructions\":\"Draw buildings.\"}]}");
    String tasks = sure(admin, "GET", "/api/v2/projects/" + project + "/tasks/", null);
    Matcher one =
        Pattern.compile("\"coordinates\":\\[\\[\\[\\[([-0-9.]+),([-0-9.]+)\\].*?\"taskId\":(\\d+)")
            .matcher(tasks);
    while (one.find()) {
      places.put(
          Integer.parseInt(one.group(3)),
          new double[] {Double.parseDouble(one.group(1)), Double.parseDouble(one.group(2))});
    }
  }

  private String sure(Person who, String method, String path, String body) throws Exception {
    HttpResponse<String> reply = send(url, who, method, path, "application/json", body);
    if (reply.statusCode() >= 300) {
      throw new IllegalStateException(method + " " + path + ": " + reply.statusCode() + " " + reply.body());
    }
    return reply.body();
  }

  // ---- one mapper

  private static final byte FREE = 0;
  private static final byte MAPPED = 1;
  private static final byte OTHER = 2;

  private static byte state(String status) {
    return switch (status) {
      case "READY", "INVALIDATED" -> FREE;
      case "MAPPED" -> MAPPED;
      default -> OTHER;
    };
  }

  /** Follows the project, and takes the time from when something happened to when it was heard of. */
  private void follow(Person person, byte[] states) {
    events(
        person,
        -1,
        data -> {
          Matcher event = EVENT.matcher(data);
          if (event.find() && event.group(2) != null) {
            states[Integer.parseInt(event.group(1))] = state(event.group(2));
          }
          long at = Instant.parse(found(data, "\"actionDate\":\"([^\"]+)\"")).toEpochMilli();
          LIVE.add(1_000_000 * Math.max(0, System.currentTimeMillis() - at));
        },
        id -> {});
  }

  private interface Hears {
    void heard(String data);
  }

  private void events(Person person, long after, Hears hears, LongConsumer ids) {
    while (!isOver) {
      HttpRequest.Builder request = request(url, person, "/api/v2/projects/" + project + "/tasks/queries/live/");
      if (after >= 0) {
        request.header("Last-Event-ID", "" + after);
      }
      try {
        HttpResponse<InputStream> reply = CLIENT.send(request.GET().build(), BodyHandlers.ofInputStream());
        if (reply.statusCode() != 200) {
          fault("live", reply.statusCode() + " refused");
          return;
        }
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(reply.body(), StandardCharsets.UTF_8))) {
          for (String line = lines.readLine(); line != null && !isOver; line = lines.readLine()) {
            if (line.startsWith("id:")) {
              after = Long.parseLong(line.substring(3).strip());
              ids.accept(after);
            } else if (line.startsWith("data:")) {
              hears.heard(line.substring(5));
            }
          }
        }
      } catch (IOException e) {
        if (!isOver) {
          fault("live", e.toString());
        }
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void work(Person person, byte[] states, long end) {
    Random random = new Random(person.number());
    letGo(person);
    sleep(random.nextInt(think + 1));
    while (System.nanoTime() < end) {
      boolean isJudging = person.validates() && random.nextBoolean();
      int task = choose(states, isJudging ? MAPPED : FREE, random);
      if (task > 0 && isJudging) {
        judge(person, task, random);
      } else if (task > 0) {
        map(person, task, random, states);
      }
      sleep(random.nextInt(think / 2 + 1));
    }
  }

  /** What a run before this one left in somebody's hands, because it was cut off. */
  private void letGo(Person person) {
    try {
      String held = sure(person, "GET", "/api/v2/users/queries/tasks/locked/", null);
      Matcher task = Pattern.compile("\\[(\\d+)\\]").matcher(held);
      if (task.find()) {
        boolean maps = held.contains("LOCKED_FOR_MAPPING");
        String actions = "/api/v2/projects/" + found(held, "\"projectId\":(\\d+)") + "/tasks/actions/";
        sure(person, "POST", actions + (maps ? "stop-mapping/" + task.group(1) + "/" : "stop-validation/"), maps ? "{}" : "{\"resetTasks\":[{\"taskId\":" + task.group(1) + "}]}");
      }
    } catch (Exception e) {
      fault("let go", e.toString());
    }
  }

  /** One of the tasks with the lowest numbers, which all the others want, too. */
  private static int choose(byte[] states, byte wanted, Random random) {
    int chosen = 0;
    int seen = 0;
    for (int task = 1; task < states.length && seen < CHOICE; task++) {
      if (states[task] == wanted) {
        seen++;
        chosen = random.nextInt(seen) == 0 ? task : chosen;
      }
    }
    return chosen;
  }

  private void map(Person person, int task, Random random, byte[] states) {
    String actions = "/api/v2/projects/" + project + "/tasks/actions/";
    HttpResponse<String> locked = timed("lock", person, "POST", actions + "lock-for-mapping/" + task + "/?editor=ID", null, null);
    if (locked == null) {
      states[task] = OTHER;
      return;
    }
    LOCKS.add(new Done("Mapper " + person.number(), task));
    double[] at = places.get(task);
    timed("map", person, "GET", String.format(Locale.ROOT, "/api/0.6/map?bbox=%.5f,%.5f,%.5f,%.5f", at[0], at[1], at[0] + 0.0027, at[1] + 0.0025), null, null);
    sleep(think / 2 + random.nextInt(think + 1));
    upload(person, task, at, random);
    HttpResponse<String> given = timed("unlock", person, "POST", actions + "unlock-after-mapping/" + task + "/", "application/json", "{\"status\":\"MAPPED\",\"comment\":\"\"}");
    if (given != null) {
      CHANGES.add(new Done("Mapper " + person.number(), task));
    }
  }

  private void upload(Person person, int task, double[] at, Random random) {
    HttpResponse<String> opened =
        timed("open changeset", person, "PUT", "/api/0.6/changeset/create", "application/xml",
            "<osm><changeset><tag k=\"comment\" v=\"#tequio-" + project + "\"/><tag k=\"created_by\" v=\"bench\"/></changeset></osm>");
    if (opened == null) {
      return;
    }
    String changeset = opened.body().strip();
    String mark = task + "-" + Long.toHexString(random.nextLong());
    double x = at[0] + 0.0002 + random.nextDouble() * 0.002;
    double y = at[1] + 0.0002 + random.nextDouble() * 0.002;
    StringBuilder change = new StringBuilder("<osmChange version=\"0.6\"><create>");
    for (int i = 0; i < 4; i++) {
      change.append(String.format(Locale.ROOT, "<node id=\"%d\" changeset=\"%s\" lon=\"%.7f\" lat=\"%.7f\"/>", -1 - i, changeset, x + (i == 1 || i == 2 ? 1e-4 : 0), y + (i > 1 ? 1e-4 : 0)));
    }
    change.append("<way id=\"-9\" changeset=\"" + changeset + "\"><nd ref=\"-1\"/><nd ref=\"-2\"/><nd ref=\"-3\"/><nd ref=\"-4\"/><nd ref=\"-1\"/><tag k=\"building\" v=\"yes\"/><tag k=\"ref\" v=\"" + mark + "\"/></way></create></osmChange>");
    HttpResponse<String> uploaded = timed("upload", person, "POST", "/api/0.6/changeset/" + changeset + "/upload", "application/xml", change.toString());
    if (uploaded != null) {
      WAYS.put(Long.parseLong(found(uploaded.body(), "<way[^>]*new_id=\"(\\d+)\"")), mark);
    }
    timed("close changeset", person, "PUT", "/api/0.6/changeset/" + changeset + "/close", null, null);
  }

  private void judge(Person person, int task, Random random) {
    String actions = "/api/v2/projects/" + project + "/tasks/actions/";
    if (timed("lock to validate", person, "POST", actions + "lock-for-validation/", "application/json", "{\"taskIds\":[" + task + "]}") == null) {
      return;
    }
    LOCKS.add(new Done("Mapper " + person.number(), task));
    sleep(think / 2 + random.nextInt(think + 1));
    String verdict = random.nextInt(3) == 0 ? "INVALIDATED" : "VALIDATED";
    if (timed("unlock validated", person, "POST", actions + "unlock-after-validation/", "application/json", "{\"validatedTasks\":[{\"taskId\":" + task + ",\"status\":\"" + verdict + "\",\"comment\":\"\"}]}") != null) {
      CHANGES.add(new Done("Mapper " + person.number(), task));
    }
  }

  /** The answer; null where it was refused: for a task that another was quicker with, no fault. */
  private HttpResponse<String> timed(String what, Person person, String method, String path, String type, String body) {
    long start = System.nanoTime();
    try {
      HttpResponse<String> reply = send(url, person, method, path, type, body);
      TIMES.computeIfAbsent(what, any -> new ConcurrentLinkedQueue<>()).add(System.nanoTime() - start);
      if (reply.statusCode() < 300) {
        return reply;
      }
      if (reply.body().contains("InvalidTaskState") || reply.body().contains("NotReadyForValidation") || reply.body().contains("CannotValidateMappedTask")) {
        CONTENDED.incrementAndGet();
      } else {
        fault(what, reply.statusCode() + " " + reply.body());
      }
    } catch (IOException | InterruptedException e) {
      fault(what, e.toString());
    }
    return null;
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

  private static HttpRequest.Builder request(String url, Person person, String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path)).header("Origin", url).timeout(Duration.ofMinutes(15));
    if (person != null) {
      request.header("Cookie", person.cookie()).header("Tequio-Csrf", person.csrf()).header("X-Forwarded-For", person.address());
    }
    return request;
  }

  private static HttpResponse<String> send(String url, Person person, String method, String path, String type, String body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = request(url, person, path);
    if (type != null) {
      request.header("Content-Type", type);
    }
    request.method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    return CLIENT.send(request.build(), BodyHandlers.ofString());
  }

  // ---- what came of it

  private void report() {
    System.out.printf("%d mappers, %d tasks, %d s, %d ms of thought between their steps%n%n", people.size(), places.size(), seconds, think);
    System.out.println("| step | count | per s | p50 ms | p99 ms | worst ms | faults |\n|---|---|---|---|---|---|---|");
    List<Long> all = new ArrayList<>();
    for (Map.Entry<String, ConcurrentLinkedQueue<Long>> one : new TreeMap<>(TIMES).entrySet()) {
      all.addAll(one.getValue());
      row(one.getKey(), new ArrayList<>(one.getValue()));
    }
    row("all", all);
    row("live", new ArrayList<>(LIVE));
    FAULTS.forEach((what, said) -> System.out.println(what + ": " + said.size() + " faults, the first: " + said.peek()));
    System.out.println("\nanother was quicker: " + CONTENDED.get());
  }

  private void row(String what, List<Long> nanos) {
    double[] ms = nanos.stream().mapToDouble(one -> one / 1e6).sorted().toArray();
    if (ms.length > 0) {
      int faults = what.equals("all") ? FAULTS.values().stream().mapToInt(ConcurrentLinkedQueue::size).sum() : FAULTS.getOrDefault(what, new ConcurrentLinkedQueue<>()).size();
      System.out.printf("| %s | %d | %.1f | %.1f | %.1f | %.1f | %d |%n", what, ms.length, (double) ms.length / seconds, ms[ms.length / 2], ms[Math.min(ms.length - 1, ms.length * 99 / 100)], ms[ms.length - 1], faults);
    }
  }

  /** Replays the history, and looks for every building. */
  private void check(Person admin) throws Exception {
    Map<Integer, String> holders = new HashMap<>();
    Map<Done, Integer> locks = new HashMap<>();
    Map<Done, Integer> changes = new HashMap<>();
    int[] faults = new int[2];
    long[] last = {0};
    isOver = false;
    // What happens last is a comment of ours: then everything before it was read.
    sure(admin, "POST", "/api/v2/projects/" + project + "/comments/tasks/1/", "{\"comment\":\"the end\"}");
    events(
        admin,
        0,
        data -> {
          int task = Integer.parseInt(found(data, "\"taskId\":(\\d+)"));
          String by = found(data, "\"actionBy\":\"([^\"]+)\"");
          switch (found(data, "\"action\":\"([A-Z_]+)\"")) {
            case "LOCKED_FOR_MAPPING", "LOCKED_FOR_VALIDATION" -> {
              faults[0] += holders.put(task, by) == null ? 0 : 1;
              locks.merge(new Done(by, task), 1, Integer::sum);
            }
            case "STATE_CHANGE" -> {
              faults[1] += by.equals(holders.remove(task)) ? 0 : 1;
              changes.merge(new Done(by, task), 1, Integer::sum);
            }
            case "UNLOCKED", "AUTO_UNLOCKED_FOR_MAPPING", "AUTO_UNLOCKED_FOR_VALIDATION" -> holders.remove(task);
            case "COMMENT" -> isOver |= data.contains("the end");
            default -> {}
          }
        },
        id -> last[0] = id);
    System.out.printf("%nlocks acknowledged %d, missing in the history %d, twice held %d%n", LOCKS.size(), missing(LOCKS, locks), faults[0]);
    System.out.printf("tasks given back %d, missing in the history %d, by another than the holder %d%n", CHANGES.size(), missing(CHANGES, changes), faults[1]);
    int lost = 0;
    List<Long> ids = new ArrayList<>(WAYS.keySet());
    for (int from = 0; from < ids.size(); from += 100) {
      List<Long> some = ids.subList(from, Math.min(ids.size(), from + 100));
      String query = String.join(",", some.stream().map(String::valueOf).toList());
      String there = send(url, admin, "GET", "/api/0.6/ways?ways=" + query, null, null).body();
      for (long id : some) {
        lost += there.contains("v=\"" + WAYS.get(id) + "\"") ? 0 : 1;
      }
    }
    System.out.printf("buildings acknowledged %d, lost %d%n", WAYS.size(), lost);
  }

  private static int missing(Iterable<Done> acknowledged, Map<Done, Integer> kept) {
    int missing = 0;
    for (Done one : acknowledged) {
      int left = kept.getOrDefault(one, 0);
      missing += left > 0 ? 0 : 1;
      kept.put(one, left - 1);
    }
    return missing;
  }

  private static String found(String text, String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    if (!matcher.find()) {
      throw new IllegalStateException("no " + pattern + " in " + text);
    }
    return matcher.group(1);
  }
}
