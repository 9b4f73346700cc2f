package org.tequio.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Where this city's server may go when someone names an address, and how much it takes from there.
 * Only what everyone on the Internet could reach is allowed; a city opens its own network by name.
 *
 * @param allowed what may be reached although it is not public: names such as {@code
 *     geo.obras.local}, with a port where only that one is meant, and blocks such as {@code
 *     10.20.0.0/16}
 * @param maxBytes the longest body, after decompression
 * @param patience how long one answer may take in all
 * @param maxRedirects how many redirects are followed, each checked like the first address
 */
public record EgressRules(Set<String> allowed, long maxBytes, Duration patience, int maxRedirects) {

  /** Public addresses only; 2 GiB, ten minutes, five redirects. */
  public static final EgressRules STANDARD =
      new EgressRules(Set.of(), 2L << 30, Duration.ofMinutes(10), 5);

  /** Four decimal numbers; every other form of digits is a trick. */
  private static final Pattern DOTTED_QUAD =
      Pattern.compile("(?:(?:0|[1-9][0-9]{0,2})\\.){3}(?:0|[1-9][0-9]{0,2})");

  private static final Pattern NUMBER =
      Pattern.compile("(?:0[xX][0-9a-fA-F]*|[0-9]+)(?:\\.(?:0[xX][0-9a-fA-F]*|[0-9]+)?)*\\.?");

  /** Ports below 1024 on which the web is served; the others belong to other protocols. */
  private static final Set<Integer> LOW_PORTS = Set.of(80, 443);

  /** IANA's special-purpose blocks of IPv4. */
  private static final List<Block> CLOSED_4 =
      List.of(
          Block.parse("0.0.0.0/8"),
          Block.parse("10.0.0.0/8"),
          Block.parse("100.64.0.0/10"),
          Block.parse("127.0.0.0/8"),
          Block.parse("169.254.0.0/16"),
          Block.parse("172.16.0.0/12"),
          Block.parse("192.0.0.0/24"),
          Block.parse("192.0.2.0/24"),
          Block.parse("192.88.99.0/24"),
          Block.parse("192.168.0.0/16"),
          Block.parse("198.18.0.0/15"),
          Block.parse("198.51.100.0/24"),
          Block.parse("203.0.113.0/24"),
          Block.parse("224.0.0.0/3"));

  /** All of IPv6 that is handed out to the Internet. */
  private static final Block OPEN_6 = Block.parse("2000::/3");

  /** Blocks within it that lead elsewhere: tunnels carry an IPv4 address of any kind. */
  private static final List<Block> CLOSED_6 =
      List.of(
          Block.parse("2001::/23"),
          Block.parse("2001:db8::/32"),
          Block.parse("2002::/16"),
          Block.parse("3fff::/20"));

  /** Copies the names in lower case; refuses limits that allow nothing and blocks that are none. */
  public EgressRules {
    allowed =
        Set.copyOf(allowed.stream().map(name -> name.strip().toLowerCase(Locale.ROOT)).toList());
    if (maxBytes < 1 || patience.isNegative() || patience.isZero() || maxRedirects < 0) {
      throw new IllegalArgumentException("the limits of the egress rules must be positive");
    }
    allowed.stream().filter(name -> name.contains("/")).forEach(Block::parse);
  }

  /** The same limits, and these names or blocks beside the public addresses. */
  public EgressRules allowing(String... names) {
    return new EgressRules(Set.of(names), maxBytes, patience, maxRedirects);
  }

  /** The same rules with a shorter longest body. */
  public EgressRules atMost(long bytes) {
    return new EgressRules(allowed, bytes, patience, maxRedirects);
  }

  /** True where a host and port may be asked at all, before its name is resolved. */
  boolean allowsName(String host, int port) {
    if (isNamed(host, port)) {
      return true;
    }
    boolean trick = NUMBER.matcher(host).matches() && !DOTTED_QUAD.matcher(host).matches();
    return !trick && (port >= 1024 || LOW_PORTS.contains(port));
  }

  /** True where a connection may be made to an address that this host resolved to. */
  boolean allowsAddress(String host, int port, InetAddress address) {
    return isNamed(host, port)
        || isPublic(address)
        || allowed.stream()
            .anyMatch(name -> name.contains("/") && Block.parse(name).contains(address));
  }

  private boolean isNamed(String host, int port) {
    String name = host.toLowerCase(Locale.ROOT);
    return allowed.contains(name) || allowed.contains(name + ":" + port);
  }

  private static boolean isPublic(InetAddress address) {
    if (address.getAddress().length == 4) {
      return CLOSED_4.stream().noneMatch(block -> block.contains(address));
    }
    return OPEN_6.contains(address)
        && CLOSED_6.stream().noneMatch(block -> block.contains(address));
  }

  /** A block of addresses with one prefix. */
  private record Block(byte[] prefix, int bits) {
    static Block parse(String text) {
      int slash = text.indexOf('/');
      String address = text.substring(0, slash);
      if (!DOTTED_QUAD.matcher(address).matches() && !address.contains(":")) {
        throw new IllegalArgumentException("wanted a block such as 10.20.0.0/16, got " + text);
      }
      try {
        byte[] prefix = InetAddress.getByName(address).getAddress();
        int bits = Integer.parseInt(text.substring(slash + 1));
        if (bits < 0 || bits > 8 * prefix.length) {
          throw new IllegalArgumentException("a block of " + bits + " bits: " + text);
        }
        return new Block(prefix, bits);
      } catch (UnknownHostException | NumberFormatException e) {
        throw new IllegalArgumentException("wanted a block such as 10.20.0.0/16, got " + text, e);
      }
    }

    boolean contains(InetAddress address) {
      byte[] bytes = address.getAddress();
      if (bytes.length != prefix.length) {
        return false;
      }
      for (int i = 0; i < bits; i++) {
        int mask = 0x80 >> (i % 8);
        if (((bytes[i / 8] ^ prefix[i / 8]) & mask) != 0) {
          return false;
        }
      }
      return true;
    }
  }
}
