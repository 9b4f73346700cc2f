package org.tequio.demo.office;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tequio.demo.PlantedDefect;
import org.tequio.demo.land.Dice;
import org.tequio.demo.land.Land;
import org.tequio.demo.town.Block;
import org.tequio.demo.town.Link;
import org.tequio.demo.town.Lot;
import org.tequio.demo.town.Town;
import org.tequio.feature.FindingCode;
import org.tequio.feature.Progress;

/** What one office works with: the town, its folder, and the list of what it left wrong. */
final class Desk {
  private final Path root;
  private final String office;
  private final Town town;
  private final World world;
  private final Progress progress;
  private final List<PlantedDefect> planted = new ArrayList<>();

  Desk(Path root, String office, Town town, Progress progress) {
    this.root = root;
    this.office = office;
    this.town = town;
    this.world = new World(town.land());
    this.progress = progress;
  }

  Town town() {
    return town;
  }

  Land land() {
    return town.land();
  }

  World world() {
    return world;
  }

  List<PlantedDefect> planted() {
    return planted;
  }

  Path folder() {
    return root.resolve(office);
  }

  Path file(String name) {
    return folder().resolve(name);
  }

  Dice dice(String purpose, long... parts) {
    return Dice.of(land().seed(), office + "/" + purpose, parts);
  }

  void check() {
    progress.check();
  }

  /** Notes a defect in one of the office's files. */
  void plant(FindingCode code, String file, @Nullable String subject, long count, String why) {
    planted.add(new PlantedDefect(code, office + "/" + file, subject, count, why));
  }

  // ---- words that every office uses

  /** The neighbourhood's name. */
  String colonia(Block block) {
    return town.coloniaName(town.colonia(block).id());
  }

  /** The neighbourhood's name at a place; the countryside is nobody's. */
  @Nullable String coloniaAt(double x, double y) {
    int id = town.findColonia(x, y);
    return id < 0 ? null : town.coloniaName(id);
  }

  String postalCode(Block block) {
    return postalCode(town.colonia(block).parent());
  }

  static String postalCode(int zone) {
    return String.format(java.util.Locale.ROOT, "00%03d", 100 + zone);
  }

  /** The census tract of a block: state 00, municipality 015, town 0001. */
  static String tract(int district) {
    return String.format(
        java.util.Locale.ROOT, "000150001%03d%s", (district + 1) % 1000, letter(district));
  }

  private static char letter(int district) {
    return (char) ('A' + district / 999);
  }

  static String blockKey(Block block) {
    return tract(block.district()) + String.format(java.util.Locale.ROOT, "%03d", block.number());
  }

  /** Region, block and lot: 014-0027-012. */
  String parcelKey(Block block, Lot lot) {
    return String.format(
        java.util.Locale.ROOT,
        "%03d-%04d-%03d",
        town.colonia(block).id() + 1,
        block.number(),
        lot.number());
  }

  String street(Lot lot) {
    return lot.link() < 0 ? "Sin nombre" : town.links().get(lot.link()).way().name();
  }

  String sector(double x, double y) {
    return town.sectorName(town.sector(x, y));
  }

  static LocalDate day(Dice dice, int firstYear, int lastYear) {
    return LocalDate.of(
        dice.between(firstYear, lastYear), dice.between(1, 12), dice.between(1, 28));
  }

  static double cents(double value) {
    return Math.rint(value * 100) / 100;
  }

  /** A random place in the street space of a link. */
  static double[] onStreet(Link link, Dice dice) {
    double[] path = link.path();
    int i = 2 * dice.between(0, path.length / 2 - 2);
    double t = dice.between(0.05, 0.95);
    double dx = path[i + 2] - path[i];
    double dy = path[i + 3] - path[i + 1];
    double length = Math.max(1e-6, Math.hypot(dx, dy));
    double off = dice.between(-0.3, 0.3) * link.way().kind().width();
    return new double[] {
      path[i] + t * dx - dy / length * off, path[i + 1] + t * dy + dx / length * off
    };
  }
}
