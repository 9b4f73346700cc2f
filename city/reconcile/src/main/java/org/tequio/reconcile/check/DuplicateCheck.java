package org.tequio.reconcile.check;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.tequio.feature.LocalText;
import org.tequio.reconcile.match.MemberRows;

/** Features of one layer that were drawn at exactly the same place. */
final class DuplicateCheck implements TopologyCheck {
  @Override
  public String kind() {
    return "duplicates";
  }

  @Override
  public LocalText title() {
    return new LocalText("Dibujados dos veces", "Desenhados duas vezes", "Drawn twice");
  }

  @Override
  public LocalText question() {
    return new LocalText(
        "¿Son dos cosas en un lugar, o una dos veces?",
        "São duas coisas num lugar, ou uma duas vezes?",
        "Are these two things at one place, or one thing twice?");
  }

  @Override
  public List<Role> roles() {
    return List.of(new Role(new LocalText("La capa", "A camada", "The layer"), -1, false));
  }

  @Override
  public Map<String, Double> options() {
    return Map.of();
  }

  @Override
  public void run(CheckRun run) {
    MemberRows rows = run.layer(0);
    long[] order = new long[rows.size()];
    for (int row = 0; row < order.length; row++) {
      order[row] = (long) rows.shapeHash(row) << 32 | row;
    }
    Arrays.parallelSort(order);
    boolean[] told = new boolean[rows.size()];
    for (int i = 0; i < order.length; i++) {
      int row = (int) order[i];
      if (rows.kind(row) < 0 || told[row]) {
        continue;
      }
      int[] same = {0, row};
      for (int j = i + 1; j < order.length && order[j] >> 32 == order[i] >> 32; j++) {
        int other = (int) order[j];
        if (rows.kind(other) >= 0 && rows.hasSameBytes(row, rows, other)) {
          told[other] = true;
          same = Arrays.copyOf(same, same.length + 2);
          same[same.length - 1] = other;
        }
      }
      if (same.length > 2) {
        int count = same.length / 2;
        run.tell(
            new LocalText(
                count + " elementos en el mismo lugar exacto",
                count + " elementos exatamente no mesmo lugar",
                count + " features at exactly the same place"),
            count,
            Arrays.copyOfRange(rows.boxes(), 4 * row, 4 * row + 4),
            Arrays.copyOf(same, Math.min(same.length, 40)));
      }
    }
  }
}
