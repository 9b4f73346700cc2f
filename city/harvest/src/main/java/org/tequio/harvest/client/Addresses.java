package org.tequio.harvest.client;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.tequio.feature.LocalText;
import org.tequio.harvest.HarvestException;

/** Addresses with parameters, as services want them. Pure functions. */
final class Addresses {
  private Addresses() {}

  /** The address that someone wrote. */
  static URI of(String text) throws HarvestException {
    try {
      URI uri = new URI(text.strip().replace(" ", "%20"));
      if (uri.getHost() == null) {
        throw new URISyntaxException(text, "no host");
      }
      return uri;
    } catch (URISyntaxException e) {
      String shown = text.length() > 120 ? text.substring(0, 120) + "…" : text;
      throw HarvestException.address(
          new LocalText(
              "'" + shown + "' no es una dirección web",
              "'" + shown + "' não é um endereço web",
              "'" + shown + "' is no web address"));
    }
  }

  /**
   * An address with parameters set; names are compared without case, as WFS servers do.
   *
   * @param base may have parameters of its own, such as MapServer's {@code map}
   */
  static URI with(URI base, Map<String, String> parameters) {
    Map<String, String> all = parameters(base);
    Set<String> set =
        Set.copyOf(parameters.keySet().stream().map(n -> n.toLowerCase(Locale.ROOT)).toList());
    all.keySet().removeIf(name -> set.contains(name.toLowerCase(Locale.ROOT)));
    all.putAll(parameters);
    List<String> pairs = new ArrayList<>();
    all.forEach((name, value) -> pairs.add(encoded(name) + "=" + encoded(value)));
    String text = base.toString().replaceFirst("[?#].*$", "");
    return URI.create(pairs.isEmpty() ? text : text + "?" + String.join("&", pairs));
  }

  /** An address without these parameters. */
  static URI without(URI base, Set<String> lowerCaseNames) {
    Map<String, String> all = parameters(base);
    all.keySet().removeIf(name -> lowerCaseNames.contains(name.toLowerCase(Locale.ROOT)));
    return with(URI.create(base.toString().replaceFirst("[?#].*$", "")), all);
  }

  /** A path below an address, whose parameters are kept. */
  static URI below(URI base, String path) {
    String text = base.toString().replaceFirst("#.*$", "");
    int query = text.indexOf('?');
    String before = query < 0 ? text : text.substring(0, query);
    String after = query < 0 ? "" : text.substring(query);
    return URI.create(before.replaceFirst("/+$", "") + "/" + path + after);
  }

  /** One segment of a path. */
  static String segment(String name) {
    return encoded(name).replace("+", "%20");
  }

  /**
   * Where a link of an answer leads, on the server that was asked: many servers write the name that
   * they have inside their own house.
   */
  static URI link(URI asked, String href) throws HarvestException {
    try {
      URI to = asked.resolve(href.strip().replace(" ", "%20"));
      return to.getHost() == null
          ? to
          : new URI(
              asked.getScheme()
                  + "://"
                  + asked.getRawAuthority()
                  + to.getRawPath()
                  + (to.getRawQuery() == null ? "" : "?" + to.getRawQuery()));
    } catch (URISyntaxException | IllegalArgumentException e) {
      throw HarvestException.notUnderstood(String.valueOf(asked.getHost()), "a link: " + href);
    }
  }

  /** The parameters of an address, decoded. */
  static Map<String, String> parameters(URI address) {
    Map<String, String> all = new LinkedHashMap<>();
    String query = address.getRawQuery();
    for (String pair : query == null ? new String[0] : query.split("&")) {
      int equals = pair.indexOf('=');
      if (!pair.isEmpty()) {
        all.put(
            decoded(equals < 0 ? pair : pair.substring(0, equals)),
            equals < 0 ? "" : decoded(pair.substring(equals + 1)));
      }
    }
    return all;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
