package org.tequio.formats.paging;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Which features were there already, eight bytes each. Two different features are taken for one
 * with a chance of one in thirty million among a million of them; who harvests compares the count
 * with the server's and so learns of it. Not thread-safe.
 */
public final class SeenFeatures {
  /** Ids that servers make up for each answer anew where a table has no key. */
  private static final Pattern MADE_UP = Pattern.compile("(.*\\.)?fid-[0-9a-f]*[-_].*");

  private long[] slots = new long[1 << 12];
  private int size;
  private boolean zero;
  private Map<String, Integer> onPage = new HashMap<>();

  /** True where an id says which feature it is, today and tomorrow. */
  public static boolean isTrusted(String id) {
    return !id.isBlank() && !MADE_UP.matcher(id).matches();
  }

  /** A new page begins: what comes twice on one page are two features, not one told again. */
  public void beginPage() {
    onPage = new HashMap<>();
  }

  /** Notes a feature by its id or its content; false where a page before had it. */
  public boolean add(String identity) {
    int times = onPage.merge(identity, 1, Integer::sum);
    return add(hash(times == 1 ? identity : identity + '\u0000' + times));
  }

  /** How many different ones were added. */
  public int size() {
    return size + (zero ? 1 : 0);
  }

  private boolean add(long hash) {
    if (hash == 0) {
      boolean fresh = !zero;
      zero = true;
      return fresh;
    }
    int mask = slots.length - 1;
    int at = (int) hash & mask;
    while (slots[at] != 0) {
      if (slots[at] == hash) {
        return false;
      }
      at = (at + 1) & mask;
    }
    slots[at] = hash;
    if (++size * 2 > slots.length) {
      grow();
    }
    return true;
  }

  private void grow() {
    long[] before = slots;
    slots = new long[before.length * 2];
    size = 0;
    Arrays.stream(before).filter(hash -> hash != 0).forEach(this::add);
  }

  // Two lanes of FNV-1a with different seeds, mixed: cheap, and good enough against chance.
  private static long hash(String text) {
    long a = 0xcbf29ce484222325L;
    long b = 0x9e3779b97f4a7c15L;
    for (int i = 0; i < text.length(); i++) {
      a = (a ^ text.charAt(i)) * 0x100000001b3L;
      b = (b + text.charAt(i)) * 0xff51afd7ed558ccdL;
      b ^= b >>> 29;
    }
    long mixed = (a ^ (b * 0xc4ceb9fe1a85ec53L)) + text.length();
    mixed = (mixed ^ (mixed >>> 33)) * 0xff51afd7ed558ccdL;
    mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return mixed ^ (mixed >>> 33);
  }
}
