package org.tequio.formats.table;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where the header of a table stands and what the columns are called. Offices put titles above it,
 * leave names out and use one twice.
 *
 * @param row index of the header among the first rows; -1 where the table begins with data
 * @param names of the columns, unique ignoring case; a column without one is {@code column_7}
 * @param duplicates names that stood there more than once
 */
public record TableHeader(int row, List<String> names, List<String> duplicates) {
  private static final int LOOK = 30;
  private static final int MAX_NAME = 500;
  private static final Pattern NUMBER = Pattern.compile("[+-]?[\\d.,]*\\d[\\d.,]*([eE][+-]?\\d+)?");
  private static final Pattern YEAR = Pattern.compile("(18|19|20|21)\\d\\d(\\.0)?");

  /** Copies the names. */
  public TableHeader {
    names = List.copyOf(names);
    duplicates = List.copyOf(duplicates);
  }

  /**
   * Finds the header in the first rows of a table.
   *
   * @param head the first rows; nulls and blank texts are empty cells
   */
  public static TableHeader find(List<? extends @Nullable Object[]> head) {
    int look = Math.min(LOOK, head.size());
    int fullest = 0;
    for (int i = 0; i < look; i++) {
      fullest = Math.max(fullest, filled(head.get(i)));
    }
    int row = 0;
    while (row < look && isTitle(head.get(row), fullest)) {
      row++;
    }
    if (row == look) {
      row = 0;
    }
    int width = width(head, row);
    @Nullable Object[] first = head.isEmpty() ? new @Nullable Object[0] : head.get(row);
    boolean none = head.isEmpty() || isData(first);
    boolean shifted = !none && namesShifted(head, row);
    List<String> names = new ArrayList<>(width);
    List<String> duplicates = new ArrayList<>();
    Set<String> taken = new HashSet<>();
    Map<String, Integer> next = new HashMap<>();
    for (int i = 0; i < width; i++) {
      int at = shifted ? i - 1 : i;
      String wanted = none || at < 0 || at >= first.length ? "" : text(first[at]);
      names.add(unique(wanted, i, taken, next, duplicates));
    }
    return new TableHeader(none ? row - 1 : row, names, duplicates);
  }

  private static String unique(
      String wanted,
      int column,
      Set<String> taken,
      Map<String, Integer> next,
      List<String> duplicates) {
    String name = wanted.isEmpty() ? "column_" + (column + 1) : wanted;
    if (name.length() > MAX_NAME) {
      name = name.substring(0, MAX_NAME);
    }
    String free = name;
    // The counter goes on where it was, so that one name ten thousand times costs no more than ten
    // thousand steps.
    String key = name.toLowerCase(Locale.ROOT);
    for (int n = next.getOrDefault(key, 2); !taken.add(free.toLowerCase(Locale.ROOT)); n++) {
      next.put(key, n + 1);
      if (n == 2 && !wanted.isEmpty()) {
        duplicates.add(name);
      }
      free = name + "_" + n;
    }
    return free;
  }

  // The names' own width, and that of the rows below where most of them are wider and not blank.
  private static int width(List<? extends @Nullable Object[]> head, int row) {
    if (head.isEmpty()) {
      return 0;
    }
    int named = trimmed(head.get(row));
    int[] wider = new int[2];
    int widest = named;
    for (int i = row + 1; i < head.size(); i++) {
      int width = trimmed(head.get(i));
      wider[width > named ? 1 : 0]++;
      widest = Math.max(widest, width);
    }
    return wider[1] * 10 > (wider[0] + wider[1]) * 9 || hasNone(head, row) ? widest : named;
  }

  private static boolean hasNone(List<? extends @Nullable Object[]> head, int row) {
    return isData(head.get(row));
  }

  // R writes row names without a title: every row then has one cell more than the header.
  private static boolean namesShifted(List<? extends @Nullable Object[]> head, int row) {
    int named = trimmed(head.get(row));
    int seen = 0;
    for (int i = row + 1; i < head.size(); i++) {
      @Nullable Object[] cells = head.get(i);
      if (cells.length != named + 1 || cells.length == 0 || text(cells[0]).isEmpty()) {
        return false;
      }
      seen++;
      if (!text(cells[0]).equals(Integer.toString(seen))) {
        return false;
      }
    }
    return seen > 0;
  }

  private static boolean isTitle(@Nullable Object[] cells, int fullest) {
    int filled = filled(cells);
    if (filled == 0) {
      return true;
    }
    if (fullest >= 2 && filled == 1 && !text(cells[0]).isEmpty()) {
      return true;
    }
    return filled * 2 < fullest;
  }

  private static boolean isData(@Nullable Object[] cells) {
    int numbers = 0;
    int years = 0;
    int filled = 0;
    for (Object cell : cells) {
      String text = text(cell);
      if (!text.isEmpty()) {
        filled++;
        numbers += NUMBER.matcher(text).matches() ? 1 : 0;
        years += YEAR.matcher(text).matches() ? 1 : 0;
      }
    }
    return filled > 1 && numbers == filled && years < filled;
  }

  private static int filled(@Nullable Object[] cells) {
    int filled = 0;
    for (Object cell : cells) {
      filled += text(cell).isEmpty() ? 0 : 1;
    }
    return filled;
  }

  private static int trimmed(@Nullable Object[] cells) {
    int width = cells.length;
    while (width > 0 && text(cells[width - 1]).isEmpty()) {
      width--;
    }
    return width;
  }

  private static String text(@Nullable Object cell) {
    return cell == null ? "" : cell.toString().strip().replaceAll("\\s+", " ");
  }
}
