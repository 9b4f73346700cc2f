package org.tequio.mapping.project;

import org.jspecify.annotations.Nullable;

/**
 * A word under which projects, people or faults are gathered.
 *
 * @param kind what it gathers
 * @param id its number among those of its kind
 * @param name one line, unlike all others of its kind
 * @param description a paragraph; empty for none
 * @param url where to read more; empty for nowhere
 * @param isArchived true where it is not offered any more
 */
public record Label(
    Kind kind, long id, String name, String description, String url, boolean isArchived) {

  /** What labels gather. */
  public enum Kind {
    /** Projects of one effort, such as those after an earthquake. */
    CAMPAIGN("CAMPAIGN_NOT_FOUND"),
    /** Projects and people of one theme, such as water. */
    INTEREST("INTEREST_NOT_FOUND"),
    /** Faults that validators find, such as a building that is not square. */
    FAULT("ISSUE_CATEGORY_NOT_FOUND");

    private final String absence;

    Kind(String absence) {
      this.absence = absence;
    }

    /** What programs are told where there is none of a number. */
    public String absence() {
      return absence;
    }
  }

  /** Refuses what nobody could read. */
  public Label {
    require(name, description, url);
    name = name.strip();
  }

  /**
   * Refuses texts that no label has; null stands for one that is not said.
   *
   * @throws IllegalArgumentException where one is too long, the name empty, or the url none
   */
  public static void require(
      @Nullable String name, @Nullable String description, @Nullable String url) {
    if (name != null && (name.isBlank() || name.length() > 200)) {
      throw new IllegalArgumentException("a name has from 1 to 200 characters");
    }
    if (description != null && description.length() > 5000) {
      throw new IllegalArgumentException("a description has at most 5000 characters");
    }
    if (url != null && !url.isEmpty() && !url.matches("https?://\\S{1,490}")) {
      throw new IllegalArgumentException("a url begins with https:// or http://");
    }
  }
}
