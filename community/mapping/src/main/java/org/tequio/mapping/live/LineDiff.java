package org.tequio.mapping.live;

import java.util.ArrayList;
import java.util.List;

/** What changed between two texts, line by line: {@code −} gone, {@code +} new. */
final class LineDiff {
  private static final int MAX_LINES = 400;
  private static final int SHOWN = 12;

  private LineDiff() {}

  /** The lines that changed, in their order; empty where none did. */
  static String of(String before, String after) {
    if (before.equals(after)) {
      return "";
    }
    List<String> old = before.lines().limit(MAX_LINES).toList();
    List<String> now = after.lines().limit(MAX_LINES).toList();
    // How many lines the ends from here on have in common (longest common subsequence).
    int[][] common = new int[old.size() + 1][now.size() + 1];
    for (int i = old.size() - 1; i >= 0; i--) {
      for (int k = now.size() - 1; k >= 0; k--) {
        common[i][k] =
            old.get(i).equals(now.get(k))
                ? common[i + 1][k + 1] + 1
                : Math.max(common[i + 1][k], common[i][k + 1]);
      }
    }
    List<String> lines = new ArrayList<>();
    int i = 0;
    int k = 0;
    while (i < old.size() || k < now.size()) {
      if (i < old.size() && k < now.size() && old.get(i).equals(now.get(k))) {
        i++;
        k++;
      } else if (k == now.size() || i < old.size() && common[i + 1][k] >= common[i][k + 1]) {
        lines.add("− " + old.get(i++));
      } else {
        lines.add("+ " + now.get(k++));
      }
    }
    String shown = String.join("\n", lines.subList(0, Math.min(SHOWN, lines.size())));
    return lines.size() > SHOWN ? shown + "\n…" : shown;
  }
}
