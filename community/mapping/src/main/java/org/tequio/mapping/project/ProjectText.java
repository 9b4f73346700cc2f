package org.tequio.mapping.project;

import org.jspecify.annotations.Nullable;

/**
 * What a project says of itself in one language.
 *
 * @param locale of which language: {@code es}, {@code pt}, {@code en} or another
 * @param name one line
 * @param shortDescription a sentence or two
 * @param description why the project is
 * @param instructions what to map and how
 * @param perTaskInstructions the same for one task; {@code {x}}, {@code {y}}, {@code {z}} and the
 *     names of the task's properties in braces stand for theirs
 */
public record ProjectText(
    String locale,
    @Nullable String name,
    @Nullable String shortDescription,
    @Nullable String description,
    @Nullable String instructions,
    @Nullable String perTaskInstructions) {
  private static final int LONGEST = 50_000;

  /** Refuses texts that nobody would read to their end. */
  public ProjectText {
    if (!locale.matches("[A-Za-z]{2,3}([_-][A-Za-z0-9]{2,8})?")) {
      throw new IllegalArgumentException("not the code of a language: " + locale);
    }
    for (String text :
        new @Nullable String[] {
          name, shortDescription, description, instructions, perTaskInstructions
        }) {
      if (text != null && text.length() > LONGEST) {
        throw new IllegalArgumentException("a text has more than " + LONGEST + " characters");
      }
    }
  }

  /** The texts of a name alone. */
  public static ProjectText named(String locale, String name) {
    return new ProjectText(locale, name, "", "", "", "");
  }
}
