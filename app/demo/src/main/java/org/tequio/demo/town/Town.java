package org.tequio.demo.town;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tequio.demo.land.Dice;
import org.tequio.demo.land.Land;
import org.tequio.demo.land.Noise;
import org.tequio.feature.Progress;

/**
 * The town: its network, quarters and blocks. Lots are cut anew whenever someone asks for a block's
 * ({@link #lots}), always the same ones, so that a million of them need no memory. Thread-safe once
 * it is built.
 */
public final class Town {
  private static final List<String> SECTORS =
      List.of("Centro", "La Sierra", "El Encinal", "La Presa", "Ribera", "Oriente");

  private final Land land;
  private final List<Way> ways = new ArrayList<>();
  private final List<Link> links = new ArrayList<>();
  private final List<Ring> faces;
  private final int[] faceSectors;
  private final List<Zone> postalZones = new ArrayList<>();
  private final List<Zone> colonias = new ArrayList<>();
  private final List<District> districts = new ArrayList<>();
  private final List<Ring> countryside = new ArrayList<>();
  private final List<Block> blocks = new ArrayList<>();
  private final int[] lotCount = new int[1];

  private Town(Land land) {
    this.land = land;
    this.faces = new MainLines(this).faces();
    this.faceSectors = new int[faces.size()];
    for (int i = 0; i < faces.size(); i++) {
      double[] c = faces.get(i).inside();
      faceSectors[i] = direction(c[0], c[1]);
    }
  }

  /** Builds a town until it has about so many lots. */
  public static Town build(Land land, int parcels, Progress progress) {
    Town town = new Town(land);
    town.grow(parcels, progress);
    new Naming(town).run();
    return town;
  }

  /** The ground. */
  public Land land() {
    return land;
  }

  /** The streets by their number. */
  public List<Way> ways() {
    return Collections.unmodifiableList(ways);
  }

  /** The pieces of streets by their number. */
  public List<Link> links() {
    return Collections.unmodifiableList(links);
  }

  /** What the main lines enclose; together they cover the municipality. */
  public List<Ring> faces() {
    return Collections.unmodifiableList(faces);
  }

  /** The postal zones with built districts. */
  public List<Zone> postalZones() {
    return Collections.unmodifiableList(postalZones);
  }

  /** The neighbourhoods. */
  public List<Zone> colonias() {
    return Collections.unmodifiableList(colonias);
  }

  /** The districts in the order of growth. */
  public List<District> districts() {
    return Collections.unmodifiableList(districts);
  }

  /** The parts of the municipality that nobody has built on. */
  public List<Ring> countryside() {
    return Collections.unmodifiableList(countryside);
  }

  /** The blocks by their number, district by district. */
  public List<Block> blocks() {
    return Collections.unmodifiableList(blocks);
  }

  /** How many lots all blocks have. */
  public int lotCount() {
    return lotCount[0];
  }

  /** The lots of a block, clockwise. */
  public List<Lot> lots(Block block) {
    return Lots.of(this, block, districts.get(block.district()).quarter());
  }

  /** The neighbourhood of a block. */
  public Zone colonia(Block block) {
    return colonias.get(districts.get(block.district()).colonia());
  }

  /** True where houses may front on a link. */
  public boolean isStreet(int link) {
    return link >= 0 && links.get(link).way().kind().isStreet();
  }

  /** The name of a neighbourhood. */
  public String coloniaName(int colonia) {
    return colonia == 0 ? "Centro" : Names.colonia(colonia - 1);
  }

  /** The number of the sector that a place lies in: 0 around the centre, then by direction. */
  public int sector(double x, double y) {
    for (int i = 0; i < faces.size(); i++) {
      if (faces.get(i).contains(x, y)) {
        return faceSector(i);
      }
    }
    return direction(x, y);
  }

  /** The number of the sector that a face belongs to. */
  public int faceSector(int face) {
    return faceSectors[face];
  }

  private int direction(double x, double y) {
    if (Math.hypot(x, y) < 0.5 * land.townRadius()) {
      return 0;
    }
    double turn = (StrictMath.atan2(y, x) + 2 * Math.PI - 0.4) % (2 * Math.PI);
    return 1 + (int) (turn / (2 * Math.PI) * 5) % 5;
  }

  /** How many sectors there are. */
  public int sectorCount() {
    return SECTORS.size();
  }

  /** The name of a sector. */
  public String sectorName(int sector) {
    return SECTORS.get(sector);
  }

  /** The pieces of a link between the streets that meet it. */
  public List<double[]> segments(Link link) {
    List<double[]> cuts = new ArrayList<>();
    double total = 0;
    double[] path = link.path();
    for (int i = 2; i < path.length; i += 2) {
      total += Math.hypot(path[i] - path[i - 2], path[i + 1] - path[i - 1]);
    }
    for (double[] junction : link.junctions()) {
      if (links.get((int) junction[2]).isBuilt()) {
        double at = link.nearest(junction[0], junction[1])[0];
        if (at > 1 && at < total - 1) {
          cuts.add(new double[] {at, junction[0], junction[1]});
        }
      }
    }
    cuts.sort(Comparator.comparingDouble(c -> c[0]));
    List<double[]> segments = new ArrayList<>();
    List<Double> current = new ArrayList<>(List.of(path[0], path[1]));
    double walked = 0;
    double last = 0;
    int next = 0;
    for (int i = 2; i < path.length; i += 2) {
      double end = walked + Math.hypot(path[i] - path[i - 2], path[i + 1] - path[i - 1]);
      while (next < cuts.size() && cuts.get(next)[0] <= end) {
        double[] cut = cuts.get(next++);
        if (cut[0] - last > 1) {
          current.add(cut[1]);
          current.add(cut[2]);
          segments.add(array(current));
          current = new ArrayList<>(List.of(cut[1], cut[2]));
          last = cut[0];
        }
      }
      if (end - last > 0.5) {
        current.add(path[i]);
        current.add(path[i + 1]);
      }
      walked = end;
    }
    if (current.size() >= 4) {
      segments.add(array(current));
    }
    segments.removeIf(this::isDrowned);
    return segments;
  }

  /** True for a road that was drawn across the reservoir. */
  private boolean isDrowned(double[] path) {
    for (int i = 2; i < path.length; i += 2) {
      for (int k = 0; k <= 8; k++) {
        double t = k / 8.0;
        double x = path[i - 2] + t * (path[i] - path[i - 2]);
        double y = path[i - 1] + t * (path[i + 1] - path[i - 1]);
        if (land.lake(x, y) > 0.02) {
          return true;
        }
      }
    }
    return false;
  }

  private static double[] array(List<Double> list) {
    return list.stream().mapToDouble(Double::doubleValue).toArray();
  }

  Way newWay(WayKind kind, int colonia) {
    Way way = new Way(ways.size(), kind, colonia);
    ways.add(way);
    return way;
  }

  Link newLink(Way way, double[] path, double start) {
    Link link = new Link(links.size(), way, path, start);
    links.add(link);
    return link;
  }

  /** Cuts a ring and makes the cut a piece of a street. */
  Ring[] cut(Ring ring, Ring.Chord chord, Way way, double start) {
    Link link = newLink(way, chord.path(), start);
    join(ring.link(chord.from()), chord.startX(), chord.startY(), link.id());
    join(ring.link(chord.to()), chord.endX(), chord.endY(), link.id());
    return ring.split(chord, link.id());
  }

  private void join(int link, double x, double y, int other) {
    if (link >= 0) {
      links.get(link).join(x, y, other);
    }
  }

  // ---- from the municipality to districts

  private record Postal(Ring ring) {}

  private record Hood(int postal, Ring ring) {}

  private record Candidate(int hood, Ring ring, double score, double slope) {}

  private void grow(int parcels, Progress progress) {
    List<Postal> postals = new ArrayList<>();
    List<Hood> hoods = new ArrayList<>();
    List<Candidate> candidates = new ArrayList<>();
    double reach = 1.42 * land.townRadius();
    for (Ring face : faces) {
      double[] c = face.inside();
      if (Math.hypot(c[0], c[1]) > reach || isWater(face) || face.area() < 9_000) {
        countryside.add(face);
        continue;
      }
      List<Ring> zones = new ArrayList<>();
      boolean center = face.contains(0, 0);
      divide(face, center ? 1e9 : 1_100_000, WayKind.SECONDARY, zones);
      for (Ring zone : zones) {
        postals.add(new Postal(zone));
        List<Ring> parts = new ArrayList<>();
        divide(zone, center ? 1e9 : 400_000, WayKind.SECONDARY, parts);
        for (Ring part : parts) {
          hoods.add(new Hood(postals.size() - 1, part));
          List<Ring> leaves = new ArrayList<>();
          divide(part, center ? 1e9 : 195_000, WayKind.COLLECTOR, leaves);
          for (Ring leaf : leaves) {
            candidates.add(candidate(hoods.size() - 1, leaf));
          }
        }
      }
    }
    candidates.sort(Comparator.comparingDouble(Candidate::score));
    int[] postalNumber = new int[postals.size()];
    int[] hoodNumber = new int[hoods.size()];
    int[] blocksInHood = new int[hoods.size()];
    int total = 0;
    for (Candidate candidate : candidates) {
      if (total >= parcels || candidate.score() > 1.9) {
        countryside.add(candidate.ring());
        continue;
      }
      progress.check();
      Hood hood = hoods.get(candidate.hood());
      if (postalNumber[hood.postal()] == 0) {
        postalZones.add(new Zone(postalZones.size(), -1, postals.get(hood.postal()).ring()));
        postalNumber[hood.postal()] = postalZones.size();
      }
      if (hoodNumber[candidate.hood()] == 0) {
        colonias.add(new Zone(colonias.size(), postalNumber[hood.postal()] - 1, hood.ring()));
        hoodNumber[candidate.hood()] = colonias.size();
      }
      int colonia = hoodNumber[candidate.hood()] - 1;
      District district =
          new District(
              districts.size(),
              colonia,
              quarter(candidate, total / (double) parcels),
              candidate.ring(),
              Math.min(1, total / (double) parcels));
      districts.add(district);
      int first = blocks.size();
      new Streets(this, district).run(blocksInHood[candidate.hood()], blocks);
      blocksInHood[candidate.hood()] += blocks.size() - first;
      for (int i = first; i < blocks.size(); i++) {
        Block block = blocks.get(i);
        total += block.use() == Block.Use.GREEN ? 0 : lots(block).size();
        for (int k = 0; k < block.ring().size(); k++) {
          if (block.ring().link(k) >= 0) {
            links.get(block.ring().link(k)).build();
          }
        }
      }
      progress.step("calles", Math.min(total, parcels), parcels);
    }
    lotCount[0] = total;
    for (Link link : links) {
      WayKind kind = link.way().kind();
      double[] path = link.path();
      int middle = path.length / 4 * 2;
      boolean road = kind == WayKind.PRIMARY || kind == WayKind.EXPRESS;
      if (road && land.inside(path[middle], path[middle + 1]) > 0) {
        link.build();
      }
    }
  }

  /** The strip between the river's banks, that stays free of houses. */
  private boolean isWater(Ring ring) {
    double banks = 0;
    for (int i = 0; i < ring.size(); i++) {
      if (ring.link(i) >= 0 && links.get(ring.link(i)).way().kind() == WayKind.BANK) {
        banks += ring.length(i);
      }
    }
    double around = around(ring);
    double[] c = ring.inside();
    return banks > 0.45 * around
        && ring.area() / around < 46
        && Math.abs(land.fromRiver(c[0], c[1])) < land.riverWidth(land.along(c[0], c[1])) / 2 + 28;
  }

  /** The length of a ring. */
  public static double around(Ring ring) {
    double sum = 0;
    for (int i = 0; i < ring.size(); i++) {
      sum += ring.length(i);
    }
    return sum;
  }

  private Candidate candidate(int hood, Ring ring) {
    double[] c = ring.inside();
    double r = Math.hypot(c[0], c[1]);
    double slope = meanSlope(ring);
    double span = 0.42 * land.townRadius();
    double wander = 0.30 * Noise.at(land.seed() + 200, c[0] / span, c[1] / span);
    double score = r / land.townRadius() * (1 + wander);
    // Steep ground and land under water come last; land along the avenues comes first.
    score += 1.5 * Math.max(0, slope - 0.16) + (slope > 0.33 ? 1.5 : 0);
    if (land.lake(c[0], c[1]) > -0.25) {
      score += 2;
    }
    double[] hill = land.hill();
    if (Math.hypot(c[0] - hill[0], c[1] - hill[1]) < 0.12 * land.townRadius()) {
      score += 2;
    }
    return new Candidate(hood, ring, score, slope);
  }

  private double meanSlope(Ring ring) {
    double sum = 0;
    int n = 0;
    double[] c = ring.inside();
    for (int i = 0; i < ring.size(); i++) {
      sum += land.slope((ring.x(i) + c[0]) / 2, (ring.y(i) + c[1]) / 2);
      n++;
    }
    return (sum + 2 * land.slope(c[0], c[1])) / (n + 2);
  }

  private Quarter quarter(Candidate candidate, double grown) {
    double[] c = candidate.ring().inside();
    double r = Math.hypot(c[0], c[1]) / land.townRadius();
    Dice dice = Dice.of(land.seed(), "quarter", Math.round(c[0]), Math.round(c[1]));
    if (candidate.ring().contains(0, 0)) {
      return Quarter.CENTER;
    }
    if (candidate.slope() > 0.115) {
      return candidate.slope() > 0.19 || (grown > 0.8 && dice.chance(0.5))
          ? Quarter.INFORMAL
          : Quarter.HILLSIDE;
    }
    if (grown < 0.16) {
      return Quarter.OLD;
    }
    for (int i = 0; i < candidate.ring().size(); i++) {
      int on = candidate.ring().link(i);
      if (on >= 0
          && links.get(on).way().kind() == WayKind.RAIL
          && c[0] > 0.15 * land.townRadius()
          && r < 1.0) {
        return Quarter.INDUSTRY;
      }
    }
    double pull = 0.5 + 0.5 * Noise.at(land.seed() + 210, c[0] / 900, c[1] / 900);
    if (grown > 0.86 && dice.chance(0.22)) {
      return Quarter.INFORMAL;
    }
    return grown > 0.35 && pull + dice.between(-0.15, 0.15) > 0.56 ? Quarter.ESTATE : Quarter.GRID;
  }

  /** Cuts a part of the town in two until the parts are small enough. */
  private void divide(Ring ring, double area, WayKind kind, List<Ring> into) {
    if (ring.area() > area * 1.25
        || (ring.area() > area && around(ring) * around(ring) / ring.area() > 19)) {
      double[] c = ring.inside();
      Dice dice =
          Dice.of(land.seed(), "divide", Math.round(c[0]), Math.round(c[1]), kind.ordinal());
      double angle = ring.grain();
      double cos = StrictMath.cos(angle);
      double sin = StrictMath.sin(angle);
      double[] u = ring.extent(cos, sin);
      double[] v = ring.extent(-sin, cos);
      boolean along = u[1] - u[0] >= v[1] - v[0];
      for (int attempt = 0; attempt < 6; attempt++) {
        boolean across = attempt < 4 == along;
        double share =
            0.5
                + (attempt % 4 == 0
                    ? dice.between(-0.07, 0.07)
                    : (attempt % 2 == 0 ? 0.12 : -0.12) * (attempt / 2.0 + 0.5));
        double at = across ? u[0] + share * (u[1] - u[0]) : v[0] + share * (v[1] - v[0]);
        Ring.Chord chord =
            across
                ? ring.longestChord(cos * at, sin * at, -sin, cos)
                : ring.longestChord(-sin * at, cos * at, cos, sin);
        if (chord == null) {
          continue;
        }
        Ring[] probe = ring.split(chord, Ring.NO_LINK);
        if (isShapely(probe[0], ring) && isShapely(probe[1], ring)) {
          Ring[] two = cut(ring, chord, newWay(kind, -1), 0);
          divide(two[0], area, kind, into);
          divide(two[1], area, kind, into);
          return;
        }
      }
    }
    into.add(ring);
  }

  private static boolean isShapely(Ring part, Ring whole) {
    double around = around(part);
    return part.size() >= 3
        && part.area() > 0.22 * whole.area()
        && part.area() / (around * around) > 0.030;
  }

  /** The number of the neighbourhood that a place lies in, or -1. */
  public int findColonia(double x, double y) {
    for (Zone zone : colonias) {
      if (zone.ring().contains(x, y)) {
        return zone.id();
      }
    }
    return -1;
  }

  /** The street piece nearest to a place among those of a block, or null where it has none. */
  public @Nullable Link nearestStreet(Block block, double x, double y) {
    @Nullable Link best = null;
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < block.ring().size(); i++) {
      if (isStreet(block.ring().link(i))) {
        Link link = links.get(block.ring().link(i));
        double d = link.nearest(x, y)[1];
        if (d < least) {
          least = d;
          best = link;
        }
      }
    }
    return best;
  }
}
