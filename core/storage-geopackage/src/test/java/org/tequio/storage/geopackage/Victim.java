package org.tequio.storage.geopackage;

import static org.tequio.storage.geopackage.SmallCity.NOTE;
import static org.tequio.storage.geopackage.SmallCity.TREES;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.LayerId;
import org.tequio.feature.Wkb;
import org.tequio.storage.Edit;
import org.tequio.storage.Sql;
import org.tequio.storage.StagedLayer;

/**
 * A program that writes into a city until it is killed, and says in a ledger outside the city what
 * the store has acknowledged. One line a promise: {@code pair 7}, {@code load 3}, {@code row 9},
 * {@code blob <sha256>}, {@code line 4}; {@code refused pair 8} where the store said no.
 */
final class Victim {
  /** The layer that is loaded again and again. */
  static final LayerId LOADED = new LayerId("loaded");

  /** Its features. */
  static final int ROWS = 2500;

  private final GeoPackageCityStore city;
  private final FileChannel ledger;
  private final String run;

  private Victim(GeoPackageCityStore city, FileChannel ledger, String run) {
    this.city = city;
    this.ledger = ledger;
    this.run = run;
  }

  /** {@code FOLDER LEDGER RUN all|small}. */
  public static void main(String[] args) throws IOException {
    Victim victim =
        new Victim(
            GeoPackageCityStore.open(Path.of(args[0])),
            FileChannel.open(
                Path.of(args[1]), StandardOpenOption.CREATE, StandardOpenOption.APPEND),
            args[2]);
    victim.say("ready");
    if (args[3].equals("all")) {
      for (int thread = 0; thread < 3; thread++) {
        String prefix = args[2] + "-" + thread + "-";
        Thread.ofPlatform().start(() -> victim.editForever(prefix, Integer.MAX_VALUE));
      }
      victim.loadForever();
    } else {
      victim.editForever(args[2] + "-", 40);
      victim.say("end");
      Runtime.getRuntime().halt(0);
    }
  }

  private synchronized void say(String line) {
    try {
      ledger.write(ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Something that the store promises to keep. */
  @FunctionalInterface
  private interface Promise {
    String keep() throws IOException;
  }

  private void promise(String name, Promise promise) {
    try {
      say(promise.keep());
    } catch (RuntimeException | IOException refused) {
      say("refused " + name + " " + refused.getMessage());
    }
  }

  private void editForever(String prefix, int times) {
    for (int i = 0; i < times; i++) {
      String name = prefix + i;
      promise("pair", () -> pair(name));
      promise("row", () -> row(name));
      promise("blob", () -> blob(name));
      promise("line", () -> line(name));
    }
  }

  private String pair(String name) {
    city.revise(
        NOTE,
        t -> {
          t.edit(TREES, List.of(new Edit.Create(SmallCity.tree(1, name, 1))));
          t.edit(TREES, List.of(new Edit.Create(SmallCity.tree(1, name, 2))));
          Sql.update(t.connection(), "INSERT INTO cases VALUES (?)", "pair " + name);
        });
    return "pair " + name;
  }

  private String row(String name) {
    city.database().write(c -> Sql.update(c, "INSERT INTO cases VALUES (?)", "row " + name));
    return "row " + name;
  }

  private String blob(String name) throws IOException {
    return "blob "
        + city.blobs()
            .put(new ByteArrayInputStream(name.repeat(50).getBytes(StandardCharsets.UTF_8)));
  }

  private String line(String name) {
    city.audit().append("victim", "line", "line " + name + ";");
    return "line " + name;
  }

  private void loadForever() {
    for (int n = 0; true; n++) {
      String name = run + "-" + n;
      try (StagedLayer staged = city.stage(LOADED, SmallCity.SCHEMA, SmallCity.UTM14)) {
        double[] envelope = new double[4];
        for (int i = 0; i < ROWS; i++) {
          byte[] wkb = Wkb.of(SmallCity.place(i));
          Arrays.fill(envelope, Double.NaN);
          Wkb.envelope(wkb, 0, envelope);
          staged.add(i + 1L, wkb, envelope, new @Nullable Object[] {name, 1.0});
        }
        staged.finish();
        city.revise(NOTE, t -> t.publish(staged));
      }
      say("load " + name);
    }
  }
}
