package org.tequio.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tequio.feature.Field;
import org.tequio.feature.FieldType;
import org.tequio.feature.GeometryType;
import org.tequio.feature.LayerSchema;
import tools.jackson.databind.json.JsonMapper;

/**
 * Filters ask for what attackers write, of a layer that holds it: the answer is what a loop over
 * the rows in memory finds, whatever the store makes of quotes, wildcards, casts and collations.
 */
@Timeout(120)
class FilterOracleTest {
  private static final List<String> WRITTEN =
      List.of(
          "' OR '1'='1",
          "' OR 1=1 --",
          "\" OR \"\"=\"",
          "x'; DROP TABLE tq_revision; --",
          "x') UNION SELECT author FROM tq_revision --",
          "'||(SELECT 1)||'",
          "$$; SELECT pg_sleep(9); $$",
          "$1",
          "?",
          ":valor",
          "%",
          "_",
          "a%",
          "a%b",
          "a_b",
          "aXb",
          "\\",
          "\\'",
          "\\%",
          "%a%a%a%a%a%a%a%a%a%a%a%b",
          "(a+)+$",
          "[a-z]*",
          "--",
          "/* */",
          ";",
          "NULL",
          "null",
          " ",
          "1",
          "01",
          "1.0",
          "1e0",
          "0x41",
          "CHAR(65)",
          "true",
          "a",
          "A",
          "á",
          "a\u0301",
          "ß",
          "SS",
          "İ",
          "i",
          "valor",
          "a=b&c=d",
          "%25",
          "%27",
          "\n",
          "\r\n",
          "\t",
          "\u0000",
          "a\u0000b",
          "\ufeff",
          "\u202e",
          "😀",
          "${7*7}#{7*7}{{7*7}}",
          "../../etc/passwd",
          "<script>alert(1)</script>",
          "9223372036854775807",
          "9223372036854775808",
          "-0",
          "NaN",
          "Infinity",
          "2020-02-29",
          "x".repeat(2_000));

  private static final JsonMapper JSON = JsonMapper.builder().build();

  @TempDir static Path folder;
  private static TestCity city;

  @BeforeAll
  static void everyTextOnceAndSomeTwice() {
    city = TestCity.start(folder);
    List<Object[]> rows = new ArrayList<>();
    for (int i = 0; i < WRITTEN.size(); i++) {
      rows.add(row(i, WRITTEN.get(i)));
      if (i % 5 == 0) {
        rows.add(row(i, WRITTEN.get(i)));
      }
    }
    rows.add(new Object[] {"POINT(484000 2100000)", null, null, null, null, null});
    city.layer(
        "textos",
        "Textos",
        "other",
        "Obras",
        true,
        new LayerSchema(
            GeometryType.POINT,
            false,
            false,
            List.of(
                Field.of("valor", FieldType.TEXT),
                Field.of("entero", FieldType.INTEGER),
                Field.of("decimal", FieldType.DECIMAL),
                Field.of("abierto", FieldType.BOOLEAN),
                Field.of("dia", FieldType.DATE)),
            null),
        rows);
  }

  private static Object[] row(int i, String text) {
    return new Object[] {
      "POINT(484000 2100000)", text, (long) i, i / 4.0, i % 2 == 0, LocalDate.of(2020, 2, 29)
    };
  }

  @AfterAll
  static void stop() {
    city.close();
  }

  /** The rows that a loop finds. */
  private static Set<Long> loop(String wanted) {
    Set<Long> found = new TreeSet<>();
    long id = 1;
    for (int i = 0; i < WRITTEN.size(); i++) {
      for (int copy = 0; copy < (i % 5 == 0 ? 2 : 1); copy++) {
        if (WRITTEN.get(i).equals(wanted)) {
          found.add(id);
        }
        id++;
      }
    }
    return found;
  }

  private static String items(String field, String value) {
    return "/ogc/collections/textos/items?limit=1000&"
        + field
        + "="
        + URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  @Test
  void aFilterFindsWhatALoopOverTheRowsFinds() throws Exception {
    for (String value : WRITTEN) {
      var page = city.json(items("valor", value));
      Set<Long> found = new TreeSet<>();
      page.get("features").forEach(feature -> found.add(feature.get("id").asLong()));
      assertThat(found).as("valor = %s", value).isEqualTo(loop(value)).isNotEmpty();
      assertThat(page.get("numberMatched").asLong()).as(value).isEqualTo(found.size());
    }
  }

  @Test
  void theFilterLanguageFindsTheSameAsTextAndAsJson() throws Exception {
    for (String value : WRITTEN) {
      String text = "valor = '" + value.replace("'", "''") + "'";
      String json =
          JSON.writeValueAsString(
              Map.of("op", "=", "args", List.of(Map.of("property", "valor"), value)));
      List<String> queries = new ArrayList<>();
      queries.add("filter-lang=cql2-json&filter=" + encoded(json));
      if (!value.contains("\\")) { // which in text takes the meaning from a quote after it
        queries.add("filter-lang=cql2-text&filter=" + encoded(text));
      }
      for (String query : queries) {
        var page = city.json("/ogc/collections/textos/items?limit=1000&" + query);
        Set<Long> found = new TreeSet<>();
        page.get("features").forEach(feature -> found.add(feature.get("id").asLong()));
        // The language takes a letter written in two ways for one.
        Set<Long> wanted = new TreeSet<>(loop(Normalizer.normalize(value, Form.NFC)));
        wanted.addAll(loop(Normalizer.normalize(value, Form.NFD)));
        wanted.addAll(loop(value));
        assertThat(found).as(query).isEqualTo(wanted);
      }
    }
  }

  @Test
  void aFilterThatDoesNotCloseItsTextIsRefusedAndNothingOfItRuns() throws Exception {
    for (String value : WRITTEN) {
      String open = "valor = '" + value.replace("'", "''").replace("\\", "");
      assertThat(city.get("/ogc/collections/textos/items?filter=" + encoded(open)).statusCode())
          .as(open)
          .isEqualTo(400);
    }
    assertThat(city.json("/ogc/collections/textos/items").get("numberMatched").asLong())
        .isGreaterThan(WRITTEN.size());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Test
  void whatIsNotWrittenAnywhereIsNotFound() throws Exception {
    for (String value : WRITTEN) {
      for (String near : List.of(value + "'", "%" + value, value + "x")) {
        assertThat(city.json(items("valor", near)).get("features").size())
            .as(near)
            .isEqualTo(loop(near).size());
      }
    }
  }

  @Test
  void whatIsNoNumberDayOrTruthIsRefusedAndNeverComparedAsText() throws Exception {
    for (String value : WRITTEN) {
      for (String field : List.of("entero", "decimal", "abierto", "dia")) {
        var reply = city.get(items(field, value));
        assertThat(reply.statusCode()).as("%s = %s", field, value).isIn(200, 400);
        if (value.contains("'") || value.contains("%") || value.contains("SELECT")) {
          assertThat(reply.statusCode()).as("%s = %s", field, value).isEqualTo(400);
        }
      }
    }
  }

  @Test
  void aNameThatIsNoFieldIsRefusedWhateverItSays() throws Exception {
    for (String value : WRITTEN) {
      if (!value.equals("valor")) {
        String name = URLEncoder.encode(value, StandardCharsets.UTF_8);
        String path = "/ogc/collections/textos/items?" + name + "=1";
        assertThat(city.get(path).statusCode()).as(value).isEqualTo(400);
      }
    }
    for (String name : List.of("fid", "geom", "rowid", "tq_revision.author", "sortby", "filter")) {
      assertThat(city.get("/ogc/collections/textos/items?" + name + "=1").statusCode())
          .as(name)
          .isEqualTo(400);
    }
  }
}
