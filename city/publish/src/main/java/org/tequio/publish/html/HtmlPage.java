package org.tequio.publish.html;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.Language;

/**
 * A plain page for people: readable on a phone, in the dark, by a screen reader, without a script.
 * Every text that goes in is escaped here and nowhere else. Not thread-safe.
 */
public final class HtmlPage {
  /** The colours, sizes and faces of the map's page (app/web/src/tokens.css). */
  private static final String STYLE =
      """
      :root{color-scheme:light dark;--paper:#fff;--wash:#f7f3ee;--ink:#1f1b1d;--soft:#5d5558;--line:#dfd7d0;--accent:#c2005f;--band:#c2005f;--band-ink:#fff}
      @media(prefers-color-scheme:dark){:root{--paper:#181519;--wash:#221d23;--ink:#f6f1ee;--soft:#bdb2b6;--line:#3b343c;--accent:#ff7ab9;--band:#8c0046}}
      *{box-sizing:border-box}body{margin:0;font:16px/1.5 system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans',sans-serif;color:var(--ink);background:var(--paper)}
      header>*,main,footer{max-width:72rem;margin:auto;padding:.25rem 1rem}header{background:var(--band);color:var(--band-ink);padding:.5rem 0 1rem}header a{color:var(--band-ink)}
      nav ol{list-style:none;margin:0;padding:0;display:flex;flex-wrap:wrap;gap:.25rem .5rem;font-size:.9rem}nav a{display:inline-block;padding:.6rem 0}
      nav li+li::before{content:"›";margin-right:.5rem}
      h1{font-size:1.9rem;line-height:1.2;overflow-wrap:anywhere}h2{font-size:1.3rem;margin:1.75rem 0 .25rem}p{margin:.4rem 0}main a{color:var(--accent)}
      a:focus-visible,.scroll:focus-visible{outline:3px solid currentColor;outline-offset:2px}
      .scroll{overflow-x:auto;border:1px solid var(--line);border-radius:6px;margin:1rem 0}
      table{border-collapse:collapse;width:100%;font-size:.92rem}th,td{text-align:left;padding:.5rem .75rem;border-bottom:1px solid var(--line);vertical-align:top;overflow-wrap:anywhere}
      th{background:var(--wash);font-weight:600}tr:last-child td,tr:last-child th{border-bottom:0}td.n{text-align:right;font-variant-numeric:tabular-nums}
      .links{display:flex;flex-wrap:wrap;gap:.5rem;padding:0;list-style:none}.links a{display:inline-block;padding:.5rem .9rem;min-height:44px;border:1px solid var(--line);border-radius:6px;text-decoration:none;background:var(--wash)}
      """;

  private final StringBuilder html = new StringBuilder(8192);

  /**
   * What search engines read of a page.
   *
   * @param description one sentence or two
   * @param canonical its own address
   * @param alternates the same page in each language
   * @param feeds the same content for programs
   * @param jsonLd schema.org's words for it; null for none
   */
  public record About(
      String description,
      String canonical,
      Map<Language, String> alternates,
      List<Link> feeds,
      @Nullable String jsonLd) {
    /** Copies the collections. */
    public About {
      alternates = new TreeMap<>(alternates);
      feeds = List.copyOf(feeds);
    }
  }

  /** Begins a page. */
  public HtmlPage(Language language, String title, Map<String, String> trail) {
    this(language, title, trail, null);
  }

  /** Begins a page that search engines should find. */
  public HtmlPage(
      Language language, String title, Map<String, String> trail, @Nullable About about) {
    html.append("<!doctype html><html lang=\"").append(language.tag());
    html.append("\"><head><meta charset=\"utf-8\">");
    html.append("<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><title>");
    text(title);
    html.append("</title>");
    if (about != null) {
      about(about);
    }
    html.append("<style>").append(STYLE).append("</style></head><body><header><nav><ol>");
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

  private void about(About about) {
    html.append("<meta name=\"description\" content=\"");
    text(about.description);
    html.append("\"><link rel=\"canonical\" href=\"");
    text(about.canonical);
    html.append("\">");
    about.alternates.forEach(
        (language, href) -> {
          html.append("<link rel=\"alternate\" hreflang=\"").append(language.tag());
          html.append("\" href=\"");
          text(href);
          html.append("\">");
        });
    for (Link feed : about.feeds) {
      html.append("<link rel=\"alternate\" type=\"");
      text(feed.type());
      html.append("\" href=\"");
      text(feed.href());
      html.append("\">");
    }
    if (about.jsonLd != null) {
      // A less-than sign is the only way out of a script element; JSON may write it by its number.
      html.append("<script type=\"application/ld+json\">")
          .append(about.jsonLd.replace("<", "\\u003c"))
          .append("</script>");
    }
  }

  /** Ends the head of the page with a line of explanation. */
  public HtmlPage lead(String line) {
    html.append("<p class=\"soft\">");
    text(line);
    html.append("</p></header><main>");
    return this;
  }

  /** A heading of the second level. */
  public HtmlPage heading(String line) {
    html.append("<h2>");
    text(line);
    html.append("</h2>");
    return this;
  }

  /** A paragraph. */
  public HtmlPage paragraph(String line) {
    html.append("<p>");
    text(line);
    html.append("</p>");
    return this;
  }

  /** Links as a row of buttons. */
  public HtmlPage links(List<Link> links) {
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
  public HtmlPage table(List<String> heads) {
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

  /** Begins a row. */
  public HtmlPage row() {
    html.append("<tr>");
    return this;
  }

  /** The head of a row. */
  public HtmlPage head(String text) {
    html.append("<th scope=\"row\">");
    text(text);
    html.append("</th>");
    return this;
  }

  /** A value; empty where it is not known. */
  public HtmlPage cell(@Nullable Object value) {
    html.append(value instanceof Number ? "<td class=\"n\">" : "<td>");
    text(value == null ? "" : value.toString());
    html.append("</td>");
    return this;
  }

  /** A link in a cell. */
  public HtmlPage cellLink(String href, String text) {
    html.append("<td>");
    link(href, text);
    html.append("</td>");
    return this;
  }

  /** Ends the table. */
  public HtmlPage endTable() {
    html.append("</tbody></table></div>");
    return this;
  }

  /** The whole page. */
  public String end() {
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
