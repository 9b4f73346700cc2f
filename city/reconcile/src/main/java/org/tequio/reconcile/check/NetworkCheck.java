package org.tequio.reconcile.check;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tequio.feature.LocalText;
import org.tequio.feature.Wkb;
import org.tequio.reconcile.match.MemberRows;

/**
 * Breaks in a network of lines: an end that stops just short of another line, and parts that hang
 * together with nothing else. Ends within a centimetre meet.
 */
final class NetworkCheck implements TopologyCheck {
  private static final String SHORT = "undershootMeters";
  private static final double MEETS = 0.01;

  @Override
  public String kind() {
    return "network";
  }

  @Override
  public LocalText title() {
    return new LocalText("Cortes en la red", "Quebras na rede", "Network breaks");
  }

  @Override
  public LocalText question() {
    return new LocalText(
        "¿Se conectan aquí en realidad?",
        "Elas se ligam aqui na realidade?",
        "Do these really connect here?");
  }

  @Override
  public List<Role> roles() {
    return List.of(
        new Role(
            new LocalText(
                "Calles, tuberías u otra red",
                "Ruas, tubos ou outra rede",
                "Streets, pipes or another network"),
            1,
            false));
  }

  @Override
  public Map<String, Double> options() {
    return Map.of(SHORT, 3.0);
  }

  @Override
  public void run(CheckRun run) {
    Network network = new Network(run, run.layer(0));
    network.join();
    network.tellUndershoots();
    network.tellIslands();
  }

  /** The ends of all lines, and which hang together. */
  private static final class Network {
    private final CheckRun run;
    private final MemberRows lines;
    private final int[] parent;
    private final double[] ends;
    private final Map<Long, Integer> nodes = new HashMap<>();
    private final int[] meeting;

    Network(CheckRun run, MemberRows lines) {
      this.run = run;
      this.lines = lines;
      this.parent = new int[lines.size()];
      this.ends = new double[4 * lines.size()];
      this.meeting = new int[2 * lines.size()];
      Arrays.setAll(parent, i -> i);
      Arrays.fill(ends, Double.NaN);
    }

    /** Lines meet where their ends are, or where the end of one touches the other. */
    void join() {
      for (int row = 0; row < lines.size(); row++) {
        if (lines.kind(row) == 1) {
          readEnds(row);
        }
      }
      for (int end = 0; end < meeting.length; end++) {
        int row = end / 2;
        if (Double.isNaN(ends[2 * end])) {
          continue;
        }
        long cell = cell(ends[2 * end], ends[2 * end + 1]);
        Integer first = nodes.putIfAbsent(cell, end);
        if (first != null) {
          meeting[end]++;
          meeting[first]++;
          union(row, first / 2);
        }
      }
      for (int end = 0; end < meeting.length; end++) {
        if (meeting[end] == 0 && !Double.isNaN(ends[2 * end])) {
          touch(end);
        }
        if (end % 4096 == 0) {
          run.progress().check();
          run.progress().step(lines.layer().id().value(), end, meeting.length);
        }
      }
    }

    private void readEnds(int row) {
      byte[] wkb = lines.wkb(row);
      boolean[] first = {true};
      Wkb.forEachRun(
          wkb,
          lines.wkbOffset(row),
          (at, stride, n) -> {
            int last = at + (n - 1) * stride;
            if (first[0]) {
              ends[4 * row] = Wkb.getDouble(wkb, at);
              ends[4 * row + 1] = Wkb.getDouble(wkb, at + 8);
              first[0] = false;
            }
            ends[4 * row + 2] = Wkb.getDouble(wkb, last);
            ends[4 * row + 3] = Wkb.getDouble(wkb, last + 8);
          });
    }

    private static long cell(double x, double y) {
      return Math.round(x / MEETS) * 0x1000003L ^ Math.round(y / MEETS);
    }

    private void touch(int end) {
      double x = ends[2 * end];
      double y = ends[2 * end + 1];
      lines
          .index()
          .search(
              x - MEETS,
              y - MEETS,
              x + MEETS,
              y + MEETS,
              other -> {
                if (other != end / 2 && lines.kind(other) == 1 && distance(other, x, y) <= MEETS) {
                  meeting[end]++;
                  union(end / 2, other);
                }
                return true;
              });
    }

    private double distance(int row, double x, double y) {
      double[] best = {Double.POSITIVE_INFINITY};
      byte[] wkb = lines.wkb(row);
      Wkb.forEachRun(
          wkb,
          lines.wkbOffset(row),
          (at, stride, n) -> {
            for (int i = 1, p = at; i < n; i++, p += stride) {
              double ax = Wkb.getDouble(wkb, p);
              double ay = Wkb.getDouble(wkb, p + 8);
              double dx = Wkb.getDouble(wkb, p + stride) - ax;
              double dy = Wkb.getDouble(wkb, p + stride + 8) - ay;
              double length = dx * dx + dy * dy;
              double t = length == 0 ? 0 : ((x - ax) * dx + (y - ay) * dy) / length;
              double along = Math.max(0, Math.min(1, t));
              best[0] = Math.min(best[0], Math.hypot(ax + along * dx - x, ay + along * dy - y));
            }
          });
      return best[0];
    }

    void tellUndershoots() {
      double reach = run.option(SHORT);
      for (int end = 0; end < meeting.length; end++) {
        double x = ends[2 * end];
        double y = ends[2 * end + 1];
        if (meeting[end] > 0 || Double.isNaN(x)) {
          continue;
        }
        int at = end;
        int[] nearest = {-1};
        double[] gap = {reach};
        lines
            .index()
            .search(
                x - reach,
                y - reach,
                x + reach,
                y + reach,
                other -> {
                  double apart =
                      other == at / 2 || lines.kind(other) != 1
                          ? Double.POSITIVE_INFINITY
                          : distance(other, x, y);
                  if (apart < gap[0]) {
                    gap[0] = apart;
                    nearest[0] = other;
                  }
                  return true;
                });
        if (nearest[0] >= 0) {
          String meters = CheckRun.meters(gap[0]);
          run.tell(
              new LocalText(
                  "Termina a " + meters + " m de otra",
                  "Termina a " + meters + " m de outra",
                  "Ends " + meters + " m short of another"),
              gap[0],
              new double[] {x - gap[0], y - gap[0], x + gap[0], y + gap[0]},
              0,
              end / 2,
              0,
              nearest[0]);
        }
      }
    }

    /** All parts but the largest. */
    void tellIslands() {
      int[] count = new int[lines.size()];
      int largest = -1;
      for (int row = 0; row < lines.size(); row++) {
        if (lines.kind(row) == 1) {
          int root = root(row);
          count[root]++;
          largest = largest < 0 || count[root] > count[largest] ? root : largest;
        }
      }
      for (int row = 0; row < lines.size(); row++) {
        if (count[row] > 0 && row != largest) {
          tellIsland(row, count[row]);
        }
      }
    }

    private void tellIsland(int root, int count) {
      run.tell(
          new LocalText(
              "Parte suelta de " + count + " líneas",
              "Parte solta de " + count + " linhas",
              "Island of " + count + " lines"),
          count,
          Arrays.copyOfRange(lines.boxes(), 4 * root, 4 * root + 4),
          0,
          root);
    }

    private int root(int row) {
      int at = row;
      while (parent[at] != at) {
        parent[at] = parent[parent[at]];
        at = parent[at];
      }
      return at;
    }

    private void union(int row, int other) {
      int a = root(row);
      int b = root(other);
      parent[Math.max(a, b)] = Math.min(a, b);
    }
  }
}
