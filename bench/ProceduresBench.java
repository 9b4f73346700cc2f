import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.tequio.catalogue.Access;
import org.tequio.catalogue.LayerMapping;
import org.tequio.catalogue.LayerRecord;
import org.tequio.catalogue.LayerSettings;
import org.tequio.catalogue.Stewardship;
import org.tequio.server.City;

/**
 * Questions at random parcels. {@code ProceduresBench prepare CITY} does what stewards do: confirms
 * what the columns hold, opens the register of accounts, and says that the layers lack nothing.
 * {@code ProceduresBench run URL PARCELS CLIENTS SECONDS} asks each kind of question for so long, by
 * so many clients without a pause, and prints the times from the first byte sent to the last read.
 */
public final class ProceduresBench {
  private static final String[] ACTIVITIES = {"311812", "461110", "464111", "722511", "722412"};

  private record Parcel(String key, double longitude, double latitude) {}

  private interface Question {
    HttpRequest at(String url, Parcel parcel, Random random);
  }

  public static void main(String[] args) throws Exception {
    if (args[0].equals("prepare")) {
      prepare(Path.of(args[1]));
    } else {
      run(args[1], Path.of(args[2]), Integer.parseInt(args[3]), Integer.parseInt(args[4]));
    }
  }

  private static void prepare(Path folder) throws Exception {
    Map<String, String> known = new TreeMap<>();
    try (City city = City.open(folder)) {
      for (LayerRecord layer : city.catalogue().listLayers()) {
        String standard = layer.standard();
        if (standard == null) {
          System.err.println("not of the dictionary: " + layer.id());
          continue;
        }
        known.put(standard, layer.id().value());
        LayerMapping proposed = city.mappings().find(layer.id(), standard).orElseThrow();
        Map<String, String> attributes = new LinkedHashMap<>();
        for (LayerMapping.Item item : proposed.items()) {
          attributes.put(item.field(), item.attribute() == null ? LayerSettings.NONE : item.attribute().name());
        }
        Stewardship.Version version = city.mappings().confirm(layer.id(), standard, attributes, proposed.version(), "bench");
        city.stewardship()
            .save(layer.id(), version.settings().withComplete(true).withAccess(Access.PUBLIC), version.number(), "bench");
      }
    }
    System.out.println(known.size() + " kinds of layers");
  }

  private static void run(String url, Path file, int clients, int seconds) throws Exception {
    List<Parcel> parcels = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      String[] cells = line.split(",");
      if (!cells[0].equals("X")) {
        parcels.add(new Parcel(cells[2].replace("\"", ""), Double.parseDouble(cells[0]), Double.parseDouble(cells[1])));
      }
    }
    Map<String, Question> questions = new LinkedHashMap<>();
    questions.put("the place card, every layer", (to, parcel, random) ->
        HttpRequest.newBuilder(URI.create(to + "/api/place?lon=" + parcel.longitude() + "&lat=" + parcel.latitude())).build());
    questions.put("parcel card (q.predio)", (to, parcel, random) -> ask(to, "q.predio", parcel, ""));
    questions.put("risk (q.riesgo)", (to, parcel, random) -> ask(to, "q.riesgo", parcel, ""));
    questions.put("zoning (q.zona)", (to, parcel, random) -> ask(to, "q.zona", parcel, ""));
    questions.put("business (q.giro), looks up a land use", (to, parcel, random) ->
        ask(to, "q.giro", parcel, ",\"activity\":\"" + ACTIVITIES[random.nextInt(ACTIVITIES.length)] + "\",\"floor_area\":120,\"capacity\":40"));
    questions.put("zoning certificate (ud.cuzus)", (to, parcel, random) -> ask(to, "ud.cuzus", parcel, ""));
    questions.put("debts (pr.noadeudo), looks up an account", (to, parcel, random) ->
        ask(to, "pr.noadeudo", parcel, ",\"account\":\"" + parcel.key() + "\""));
    for (Map.Entry<String, Question> one : questions.entrySet()) {
      HttpResponse<String> first = client().send(one.getValue().at(url, parcels.getFirst(), new Random(1)), BodyHandlers.ofString());
      System.err.println(one.getKey() + ": " + first.statusCode() + " " + first.body().substring(0, Math.min(1500, first.body().length())));
      time(url, one.getValue(), parcels, clients, Math.max(2, seconds / 4));
      double[] ms = time(url, one.getValue(), parcels, clients, seconds);
      System.out.printf("| %s | %d | %d | %.1f | %.1f | %.1f | %.1f |%n",
          one.getKey(), clients, ms.length, ms[ms.length / 2], ms[ms.length * 95 / 100], ms[ms.length * 99 / 100], ms[ms.length - 1]);
    }
  }

  private static int addresses;

  /** One who asks without a pause, each from an own address of this machine (127.0.0.2 and on). */
  private static HttpClient client() throws java.io.IOException {
    addresses++;
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .localAddress(java.net.InetAddress.getByAddress(new byte[] {127, 0, (byte) (1 + addresses / 200), (byte) (2 + addresses % 200)}))
        .build();
  }

  private static HttpRequest ask(String url, String procedure, Parcel parcel, String more) {
    return HttpRequest.newBuilder(URI.create(url + "/api/procedures/" + procedure + "/answer"))
        .header("Content-Type", "application/json")
        .header("Origin", url)
        .POST(BodyPublishers.ofString("{\"inputs\":{\"place\":{\"type\":\"Point\",\"coordinates\":[" + parcel.longitude() + "," + parcel.latitude() + "]}" + more + "}}"))
        .build();
  }

  private static double[] time(String url, Question question, List<Parcel> parcels, int clients, int seconds) throws Exception {
    List<List<Double>> times = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    long end = System.nanoTime() + seconds * 1_000_000_000L;
    for (int i = 0; i < clients; i++) {
      HttpClient client = client();
      Random random = new Random(7L + i);
      List<Double> mine = new ArrayList<>();
      times.add(mine);
      threads.add(Thread.ofPlatform().start(() -> {
        while (System.nanoTime() < end) {
          HttpRequest request = question.at(url, parcels.get(random.nextInt(parcels.size())), random);
          long start = System.nanoTime();
          try {
            HttpResponse<String> reply = client.send(request, BodyHandlers.ofString());
            if (reply.statusCode() != 200) {
              throw new IllegalStateException(reply.statusCode() + " " + reply.body());
            }
          } catch (java.io.IOException | InterruptedException e) {
            throw new IllegalStateException(e);
          }
          mine.add((System.nanoTime() - start) / 1e6);
        }
      }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    return times.stream().flatMap(List::stream).mapToDouble(Double::doubleValue).sorted().toArray();
  }
}
