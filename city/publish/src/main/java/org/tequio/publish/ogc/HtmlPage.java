package org.tequio.publish.ogc;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.Language;

/**
 * A plain page for people: readable on a phone, in the dark, by a screen reader, without a script.
 * Every text that goes in is escaped here and nowhere else. Not thread-safe.
 */
final class HtmlPage {
  private static final String STYLE =
      """
      :root{color-scheme:light dark;--ink:#1d2733;--soft:#5a6776;--line:#d5dce3;--paper:#fff;--tint:#f3f6f8;--link:#0b5c7a}
      @media(prefers-color-scheme:dark){:root{--ink:#e8edf2;--soft:#a4b1be;--line:#33404d;--paper:#12181f;--tint:#1a222b;--link:#7cc7e4}}
      *{box-sizing:border-box}body{margin:0;font:16px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper)}
      header,main,footer{max-width:72rem;margin:auto;padding:1rem}header{border-bottom:1px solid var(--line)}
      nav ol{list-style:none;margin:0;padding:0;display:flex;flex-wrap:wrap;gap:.25rem .5rem;font-size:.9rem}
      nav li+li::before{content:"›";margin-right:.5rem;color:var(--soft)}
      h1{font-size:1.6rem;line-height:1.2;margin:.75rem 0 .25rem}p{margin:.4rem 0}a{color:var(--link)}
      a:focus-visible{outline:3px solid var(--link);outline-offset:2px}.soft{color:var(--soft)}
      .scroll{overflow-x:auto;border:1px solid var(--line);border-radius:.5rem;margin:1rem 0}
      table{border-collapse:collapse;width:100%;font-size:.92rem}th,td{text-align:left;padding:.5rem .75rem;border-bottom:1px solid var(--line);vertical-align:top}
      th{background:var(--tint);font-weight:600;white-space:nowrap}tr:last-child td,tr:last-child th{border-bottom:0}td.n{text-align:right;font-variant-numeric:tabular-nums}
      .links{display:flex;flex-wrap:wrap;gap:.5rem;padding:0;list-style:none}.links a{display:inline-block;padding:.5rem .9rem;min-height:44px;border:1px solid var(--line);border-radius:.5rem;text-decoration:none;background:var(--tint)}
      """;

  private final StringBuilder html = new StringBuilder(8192);

  HtmlPage(Language language, String title, Map<String, String> trail) {
    html.append("<!doctype html><html lang=\"").append(language.tag());
    html.append("\"><head><meta charset=\"utf-8\">");
    html.append("<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><title>");
    text(title);
    html.append("</title><style>").append(STYLE).append("</style></head><body><header><nav><ol>");
    trail.forEach(
        (name, href) -> {
          html.append("<li>");
          link(href, name);
          html.append("</li>");
        });
    html.append("</ol></nav><h1>");
    text(title);
    html.append("</h1>");
  }

  /** Ends the head of the page with a line of explanation. */
  HtmlPage lead(String line) {
    html.append("<p class=\"soft\">");
    text(line);
    html.append("</p></header><main>");
    return this;
  }

  HtmlPage paragraph(String line) {
    html.append("<p>");
    text(line);
    html.append("</p>");
    return this;
  }

  HtmlPage links(List<Link> links) {
    html.append("<ul class=\"links\">");
    for (Link one : links) {
      html.append("<li>");
      link(one.href(), one.title());
      html.append("</li>");
    }
    html.append("</ul>");
    return this;
  }

  /** Begins a table that scrolls by itself where it is too wide. */
  HtmlPage table(List<String> heads) {
    html.append("<div class=\"scroll\" tabindex=\"0\"><table>");
    if (!heads.isEmpty()) {
      html.append("<thead><tr>");
      for (String head : heads) {
        html.append("<th scope=\"col\">");
        text(head);
        html.append("</th>");
      }
      html.append("</tr></thead>");
    }
    html.append("<tbody>");
    return this;
  }

  HtmlPage row() {
    html.append("<tr>");
    return this;
  }

  HtmlPage head(String text) {
    html.append("<th scope=\"row\">");
    text(text);
    html.append("</th>");
    return this;
  }

  HtmlPage cell(@Nullable Object value) {
    html.append(value instanceof Number ? "<td class=\"n\">" : "<td>");
    text(value == null ? "" : value.toString());
    html.append("</td>");
    return this;
  }

  HtmlPage cellLink(String href, String text) {
    html.append("<td>");
    link(href, text);
    html.append("</td>");
    return this;
  }

  HtmlPage endTable() {
    html.append("</tbody></table></div>");
    return this;
  }

  String end() {
    return html.append("</main></body></html>").toString();
  }

  private void link(String href, String text) {
    html.append("<a href=\"");
    // Only addresses of the web: a value that a department wrote never becomes a scheme.
    text(
        href.startsWith("/") || href.startsWith("http://") || href.startsWith("https://")
            ? href
            : "#");
    html.append("\">");
    text(text);
    html.append("</a>");
  }

  private void text(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> html.append("&amp;");
        case '<' -> html.append("&lt;");
        case '>' -> html.append("&gt;");
        case '"' -> html.append("&quot;");
        case '\'' -> html.append("&#39;");
        default -> html.append(Character.isISOControl(c) && c != '\n' ? '\uFFFD' : c);
      }
    }
  }
}
