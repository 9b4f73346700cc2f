import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
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
      maps("map of the whole box", 40, i -> box);
      Random random = new Random(7);
      double width = Math.sqrt(0.002 * (box[2] - box[0]) / (box[3] - box[1]));
      double height = 0.002 / width;
      maps(
          "map of 0.002 square degrees anywhere in it",
          100,
          i -> {
            double west = box[0] + random.nextDouble() * (box[2] - box[0] - width);
            double south = box[1] + random.nextDouble() * (box[3] - box[1] - height);
            return new double[] {west, south, west + width, south + height};
          });
      uploads(box, 8);
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

  private static void maps(String name, int count, IntFunction<double[]> boxes) throws Exception {
    for (int warm = 0; warm < 20; warm++) {
      map(boxes.apply(warm));
    }
    double[] millis = new double[count];
    long nodes = 0;
    for (int i = 0; i < count; i++) {
      double[] box = boxes.apply(i);
      long start = System.nanoTime();
      byte[] body = map(box);
      millis[i] = (System.nanoTime() - start) / 1e6;
      nodes += nodes(body);
    }
    say(name + ", " + nodes / count + " nodes on average", millis);
  }

  private static byte[] map(double[] box) throws Exception {
    return send(
            HttpRequest.newBuilder(
                URI.create(
                    base
                        + String.format(
                            Locale.ROOT,
                            "/api/0.6/map?bbox=%.7f,%.7f,%.7f,%.7f",
                            box[0],
                            box[1],
                            box[2],
                            box[3]))))
        .body();
  }

  private static int nodes(byte[] body) {
    int count = 0;
    for (int i = 0; i + 5 < body.length; i++) {
      if (body[i] == '<' && body[i + 1] == 'n' && body[i + 2] == 'o' && body[i + 3] == 'd') {
        count++;
      }
    }
    return count;
  }

  /** Two thousand buildings of four corners are ten thousand elements. */
  private static void uploads(double[] box, int rounds) throws Exception {
    double[] millis = new double[rounds - 2];
    Random random = new Random(3);
    for (int round = 0; round < rounds; round++) {
      String changeset =
          text(
              send(
                  HttpRequest.newBuilder(URI.create(base + "/api/0.6/changeset/create"))
                      .PUT(HttpRequest.BodyPublishers.ofString("<osm><changeset/></osm>"))));
      StringBuilder osc = new StringBuilder("<osmChange version=\"0.6\"><create>");
      for (int i = 0; i < 2000; i++) {
        double x = box[0] + random.nextDouble() * (box[2] - box[0] - 0.001);
        double y = box[1] + random.nextDouble() * (box[3] - box[1] - 0.001);
        for (int corner = 0; corner < 4; corner++) {
          osc.append(
              String.format(
                  Locale.ROOT,
                  "<node id=\"-%d\" changeset=\"%s\" lat=\"%.7f\" lon=\"%.7f\"/>",
                  4 * i + corner + 1,
                  changeset,
                  y + (corner / 2) * 0.0001,
                  x + ((corner + 1) / 2 % 2) * 0.0001));
        }
      }
      for (int i = 0; i < 2000; i++) {
        osc.append("<way id=\"-" + (i + 1) + "\" changeset=\"" + changeset + "\">");
        for (int corner = 0; corner < 5; corner++) {
          osc.append("<nd ref=\"-" + (4 * i + corner % 4 + 1) + "\"/>");
        }
        osc.append("<tag k=\"building\" v=\"yes\"/><tag k=\"name\" v=\"Casa " + i + "\"/></way>");
      }
      osc.append("</create></osmChange>");
      ByteArrayOutputStream packed = new ByteArrayOutputStream();
      try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
        gzip.write(osc.toString().getBytes(StandardCharsets.UTF_8));
      }
      long start = System.nanoTime();
      send(
          HttpRequest.newBuilder(URI.create(base + "/api/0.6/changeset/" + changeset + "/upload"))
              .header("Content-Encoding", "gzip")
              .POST(HttpRequest.BodyPublishers.ofByteArray(packed.toByteArray())));
      if (round >= 2) {
        millis[round - 2] = (System.nanoTime() - start) / 1e6;
      }
    }
    say("upload of 10,000 new elements", millis);
  }

  private static void say(String what, double[] millis) {
    Arrays.sort(millis);
    System.out.printf(
        Locale.ROOT,
        "%s: %d times, p50 %.1f ms, p95 %.1f ms, least %.1f, most %.1f%n",
        what,
        millis.length,
        millis[millis.length / 2],
        millis[(int) (millis.length * 0.95)],
        millis[0],
        millis[millis.length - 1]);
  }
}
