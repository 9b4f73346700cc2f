package org.tequio.storage.geopackage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tequio.feature.Progress;
import org.tequio.storage.FeatureQuery;
import org.tequio.storage.Migration;
import org.tequio.storage.Sql;

/**
 * A program that writes is killed, or its disk fails: what was acknowledged is there, whole, and
 * nothing is half there. SIGKILL does not lose what the system still holds in memory, so it proves
 * atomicity and recovery; that nothing is acknowledged before the disk has it is what the failing
 * fsync shows.
 */
class CrashTest {
  private static final int ROUNDS = Integer.getInteger("tequio.crash.rounds", 6);

  @TempDir Path temporary;
  private Path folder;
  private Path ledger;

  @BeforeEach
  void createCity() throws IOException {
    folder = temporary.resolve("city");
    ledger = temporary.resolve("ledger");
    try (GeoPackageCityStore city = SmallCity.create(folder)) {
      SmallCity.publish(city, 100);
      city.database()
          .migrate("cases", List.of(new Migration(1, List.of("CREATE TABLE cases (n TEXT)"))));
    }
  }

  private Process start(List<String> before, String run, String what) throws IOException {
    List<String> command = new ArrayList<>(before);
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xshare:auto",
            "-Xmx128m",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            Victim.class.getName(),
            folder.toString(),
            ledger.toString(),
            run,
            what));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(temporary.resolve("output-" + run).toFile())
        .start();
  }

  private Set<String> promises() throws IOException {
    return Files.exists(ledger) ? new HashSet<>(Files.readAllLines(ledger)) : new HashSet<>();
  }

  @Test
  void killedAtAnyMomentItKeepsWhatItPromised() throws Exception {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(7);
    long promised = 0;
    for (int round = 0; round < ROUNDS; round++) {
      Process victim = start(List.of(), "r" + round, "all");
      awaitReady(victim, round + 1);
      if (round % 2 == 1) {
        // A busy machine may come to no promise in time; half of the rounds wait for one.
        awaitPromise(victim, promised);
      }
      Thread.sleep(random.nextInt(400));
      victim.destroyForcibly().waitFor();
      promised = check("round " + round);
    }
    assertThat(promised).isGreaterThanOrEqualTo(ROUNDS / 2);
  }

  private void awaitReady(Process victim, int times) throws Exception {
    while (true) {
      assertThat(victim.isAlive()).as("the program started").isTrue();
      if (Files.exists(ledger)
          && Files.readAllLines(ledger).stream().filter("ready"::equals).count() >= times) {
        return;
      }
      Thread.sleep(5);
    }
  }

  private void awaitPromise(Process victim, long before) throws Exception {
    while (promises().size() <= before) {
      assertThat(victim.isAlive()).as("the program works").isTrue();
      Thread.sleep(5);
    }
  }

  /** Compares the city with the ledger; returns how many promises it held. */
  private long check(String moment) throws IOException {
    Set<String> promises = promises();
    try (GeoPackageCityStore city = GeoPackageCityStore.open(folder)) {
      Map<String, Integer> pairs = new TreeMap<>();
      SmallCity.species(city, FeatureQuery.ALL).values().stream()
          .filter(name -> name.startsWith("r"))
          .forEach(name -> pairs.merge(name, 1, Integer::sum));
      assertThat(pairs.values()).as("%s: half of a revision", moment).allMatch(n -> n == 2);
      Set<String> cases = cases(city);
      Set<String> blobs = blobs(city);
      String audit = Files.readString(folder.resolve("audit/log.jsonl"));
      List<String> lost = new ArrayList<>();
      for (String promise : promises) {
        String[] words = promise.split(" ");
        boolean kept =
            switch (words[0]) {
              case "pair" -> pairs.containsKey(words[1]) && cases.contains(promise);
              case "row" -> cases.contains(promise);
              case "blob" -> blobs.contains(words[1]);
              case "line" -> audit.contains(promise + ";");
              default -> true;
            };
        if (!kept) {
          lost.add(promise);
        }
      }
      assertThat(lost).as("%s: acknowledged and lost", moment).isEmpty();
      checkLoads(city, promises, moment);
      assertThat(city.verify(Progress.NONE)).as(moment).isEmpty();
      assertThat(
              city.database()
                  .<Long>read(
                      c -> Sql.number(c, "SELECT COUNT(*) FROM tq_generation WHERE published = 0")))
          .as("%s: loads that were not finished are gone", moment)
          .isZero();
    }
    return promises.size();
  }

  private static Set<String> cases(GeoPackageCityStore city) {
    return city.database()
        .read(
            c -> {
              Set<String> cases = new TreeSet<>();
              Sql.each(c, row -> cases.add(row.getString(1)), "SELECT n FROM cases");
              return cases;
            });
  }

  private static Set<String> blobs(GeoPackageCityStore city) throws IOException {
    try (Stream<String> list = city.blobs().list()) {
      return list.collect(Collectors.toSet());
    }
  }

  // A load is there whole or not at all, and none that was acknowledged goes back.
  private static void checkLoads(GeoPackageCityStore city, Set<String> promises, String moment) {
    if (city.features().findLayer(Victim.LOADED).isEmpty()) {
      assertThat(promises).as(moment).noneMatch(promise -> promise.startsWith("load "));
      return;
    }
    Set<String> names = new HashSet<>();
    long[] rows = new long[1];
    city.features()
        .scan(
            Victim.LOADED,
            FeatureQuery.ALL,
            row -> {
              rows[0]++;
              return names.add(String.valueOf(row.value(0))) || true;
            });
    assertThat(names).as("%s: one load", moment).hasSize(1);
    assertThat(rows[0]).as("%s: a whole load", moment).isEqualTo(Victim.ROWS);
    long last =
        promises.stream()
            .filter(promise -> promise.startsWith("load "))
            .mapToLong(CrashTest::order)
            .max()
            .orElse(-1);
    assertThat(order("load " + names.iterator().next()))
        .as("%s: newest load", moment)
        .isGreaterThanOrEqualTo(last);
  }

  // "load r12-34": loads follow each other by run and number.
  private static long order(String load) {
    String[] parts = load.substring("load r".length()).split("-");
    return Long.parseLong(parts[0]) * 1_000_000 + Long.parseLong(parts[1]);
  }

  private static void assumeStrace() throws Exception {
    boolean works;
    try {
      works =
          new ProcessBuilder(
                      "strace", "-o", "/dev/null", "-e", "inject=fsync:error=EIO:when=9", "true")
                  .redirectErrorStream(true)
                  .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                  .start()
                  .waitFor()
              == 0;
    } catch (IOException notInstalled) {
      works = false;
    }
    assumeThat(works)
        .as("strace cannot inject faults here (Debian package strace): nothing was tested")
        .isTrue();
  }

  private List<String> runWithFault(String call, String when) throws Exception {
    Process victim =
        start(
            List.of(
                "strace",
                "-f",
                "--seccomp-bpf",
                "-q",
                "-o",
                "/dev/null",
                "-e",
                "trace=" + call,
                "-e",
                "inject=" + call + ":error=EIO:when=" + when),
            "r0",
            "small");
    victim.waitFor();
    return Files.readAllLines(ledger);
  }

  // SQLite and blobs say fsync, the audit log says fdatasync.
  @ParameterizedTest
  @CsvSource({"fsync,16+,line", "fdatasync,5+,pair|row|blob"})
  void onceTheDiskFailsNothingIsAcknowledged(String call, String when, String others)
      throws Exception {
    assumeStrace();
    List<String> said =
        runWithFault(call, when).stream()
            .filter(line -> !line.matches("(refused )?(" + others + ") .*"))
            .toList();

    int refused = 0;
    while (refused < said.size() && !said.get(refused).startsWith("refused")) {
      refused++;
    }
    assertThat(said.subList(refused, said.size()))
        .as("after the first failure")
        .hasSizeGreaterThan(5)
        .allMatch(line -> line.startsWith("refused") || line.equals("end"));
    check("after the failure");
  }

  @ParameterizedTest
  @CsvSource({"fsync,12", "fsync,13", "fsync,14"})
  void aSingleFailureIsToldAndWhatComesAfterItIsKept(String call, String when) throws Exception {
    assumeStrace();
    List<String> said = runWithFault(call, when);

    assertThat(said).anyMatch(line -> line.startsWith("refused"));
    assertThat(said.getLast()).isEqualTo("end");
    check("after the failure");
  }
}
