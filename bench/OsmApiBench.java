import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.tequio.http.HttpConfig;
import org.tequio.server.City;
import org.tequio.server.CityServer;

/** Map calls and uploads at a served city, over HTTP in one process: CITY WEST SOUTH EAST NORTH. */
public final class OsmApiBench {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final int WARM = 60;
  private static final int WARM_UPLOADS = 3;
  private static final int HOUSES = 2000;
  private static String base;
  private static String cookie;
  private static String csrf;

  private OsmApiBench() {}

  public static void main(String[] args) throws Exception {
    double[] box = Arrays.stream(args).skip(1).mapToDouble(Double::parseDouble).toArray();
    try (City city = City.open(Path.of(args[0]));
        CityServer server = CityServer.start(city, new HttpConfig("127.0.0.1", 0, null))) {
      base = "http://127.0.0.1:" + server.port();
      signIn(city);
      for (String form : List.of(".xml", ".json")) {
        maps("map of the whole box as " + form, form, 100, i -> box);
      }
      Random random = new Random(7);
      double width = Math.sqrt(0.002 * (box[2] - box[0]) / (box[3] - box[1]));
      double height = 0.002 / width;
      maps(
          "map of 0.002 square degrees anywhere in it as .xml",
          ".xml",
          200,
          i -> {
            double west = box[0] + random.nextDouble() * (box[2] - box[0] - width);
            double south = box[1] + random.nextDouble() * (box[3] - box[1] - height);
            return new double[] {west, south, west + width, south + height};
          });
      uploads(box, 10);
    }
  }

  private static void signIn(City city) throws Exception {
    String link = city.identity().renewAdministratorLink();
    HttpResponse<byte[]> reply =
        send(
            HttpRequest.newBuilder(URI.create(base + "/api/session/first"))
                .header("Content-Type", "application/json")
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        "{\"token\":\"%s\",\"name\":\"Bruno\",\"email\":\"b@villa.example\",\"password\":\"un tequio de domingo\"}"
                            .formatted(link.substring(link.indexOf("token=") + 6)))));
    cookie = reply.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
    Matcher member = Pattern.compile("\"csrf\":\"([^\"]*)\"").matcher(text(reply));
    csrf = member.find() ? member.group(1) : "";
  }

  private static HttpResponse<byte[]> send(HttpRequest.Builder request) throws Exception {
    if (cookie != null) {
      request.header("Cookie", cookie).header("Tequio-Csrf", csrf).header("Origin", base);
    }
    HttpResponse<byte[]> reply = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    if (reply.statusCode() >= 300) {
      throw new IllegalStateException(reply.statusCode() + " " + text(reply));
    }
    return reply;
  }

  private static String text(HttpResponse<byte[]> reply) {
    return new String(reply.body(), StandardCharsets.UTF_8);
  }

  private static void maps(String name, String form, int count, IntFunction<double[]> boxes)
      throws Exception {
    for (int warm = 0; warm < WARM; warm++) {
      map(form, boxes.apply(warm));
    }
    double[] millis = new double[count];
    long nodes = 0;
    for (int i = 0; i < count; i++) {
      double[] box = boxes.apply(i);
      long start = System.nanoTime();
      byte[] body = map(form, box);
      millis[i] = (System.nanoTime() - start) / 1e6;
      nodes += nodes(body, form);
    }
    say(name + ", " + nodes / count + " nodes on average", millis);
  }

  private static byte[] map(String form, double[] box) throws Exception {
    return send(
            HttpRequest.newBuilder(
                URI.create(
                    base
                        + String.format(
                            Locale.ROOT,
                            "/api/0.6/map%s?bbox=%.7f,%.7f,%.7f,%.7f",
                            form,
                            box[0],
                            box[1],
                            box[2],
                            box[3]))))
        .body();
  }

  private static int nodes(byte[] body, String form) {
    String text = new String(body, StandardCharsets.ISO_8859_1);
    String node = form.equals(".json") ? "\"node\",\"id\"" : "<node ";
    int count = 0;
    for (int at = text.indexOf(node); at >= 0; at = text.indexOf(node, at + 1)) {
      count++;
    }
    return count;
  }

  /**
   * Two thousand buildings of four corners are ten thousand elements: drawn in one upload, moved in
   * another, deleted in a third.
   */
  private static void uploads(double[] box, int rounds) throws Exception {
    double[][] millis = new double[3][rounds - WARM_UPLOADS];
    Random random = new Random(3);
    for (int round = 0; round < rounds; round++) {
      double[] corners = new double[2 * HOUSES];
      for (int i = 0; i < HOUSES; i++) {
        corners[2 * i] = box[0] + random.nextDouble() * (box[2] - box[0] - 0.002);
        corners[2 * i + 1] = box[1] + random.nextDouble() * (box[3] - box[1] - 0.002);
      }
      long[] ids = new long[5 * HOUSES];
      Arrays.setAll(ids, i -> -1 - i);
      for (int step = 0; step < 3; step++) {
        double shift = step * 0.001;
        String verb = List.of("create", "modify", "delete").get(step);
        String changeset =
            text(
                send(
                    HttpRequest.newBuilder(URI.create(base + "/api/0.6/changeset/create"))
                        .PUT(HttpRequest.BodyPublishers.ofString("<osm><changeset/></osm>"))));
        byte[] packed = packed(osmChange(verb, changeset, Math.max(1, step), ids, corners, shift));
        long start = System.nanoTime();
        HttpResponse<byte[]> reply =
            send(
                HttpRequest.newBuilder(
                        URI.create(base + "/api/0.6/changeset/" + changeset + "/upload"))
                    .header("Content-Encoding", "gzip")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(packed)));
        if (round >= WARM_UPLOADS) {
          millis[step][round - WARM_UPLOADS] = (System.nanoTime() - start) / 1e6;
        }
        if (step == 0) {
          Matcher given = Pattern.compile("new_id=\"([0-9]+)\"").matcher(text(reply));
          for (int i = 0; given.find(); i++) {
            ids[i] = Long.parseLong(given.group(1));
          }
        }
      }
    }
    say("upload of 10,000 new elements", millis[0]);
    say("upload that moves all of them", millis[1]);
    say("upload that deletes them", millis[2]);
  }

  /** Nodes first, ways first where they are deleted. */
  private static String osmChange(
      String verb, String changeset, int version, long[] ids, double[] corners, double shift) {
    StringBuilder nodes = new StringBuilder();
    StringBuilder ways = new StringBuilder();
    String same = "\" changeset=\"" + changeset + "\" version=\"" + version + "\"";
    for (int i = 0; i < 4 * HOUSES; i++) {
      nodes.append(
          String.format(
              Locale.ROOT,
              "<node id=\"%d%s lat=\"%.7f\" lon=\"%.7f\"/>",
              ids[i],
              same,
              corners[i / 4 * 2 + 1] + shift + (i % 4 / 2) * 0.0001,
              corners[i / 4 * 2] + shift + ((i % 4 + 1) / 2 % 2) * 0.0001));
    }
    for (int i = 0; i < HOUSES; i++) {
      ways.append("<way id=\"").append(ids[4 * HOUSES + i]).append(same).append('>');
      for (int corner = 0; corner < 5; corner++) {
        ways.append("<nd ref=\"").append(ids[4 * i + corner % 4]).append("\"/>");
      }
      ways.append("<tag k=\"building\" v=\"yes\"/><tag k=\"name\" v=\"Casa " + i + "\"/></way>");
    }
    return "<osmChange version=\"0.6\"><"
        + verb
        + ">"
        + (verb.equals("delete") ? ways.append(nodes) : nodes.append(ways))
        + "</"
        + verb
        + "></osmChange>";
  }

  private static byte[] packed(String text) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return packed.toByteArray();
  }

  private static void say(String what, double[] millis) {
    Arrays.sort(millis);
    System.out.printf(
        Locale.ROOT,
        "%s: %d times, p50 %.1f ms, p99 %.1f ms, least %.1f, most %.1f%n",
        what,
        millis.length,
        millis[millis.length / 2],
        millis[(int) (millis.length * 0.99)],
        millis[0],
        millis[millis.length - 1]);
  }
}
