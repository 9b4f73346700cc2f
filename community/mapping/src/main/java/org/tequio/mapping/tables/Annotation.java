package org.tequio.mapping.tables;

/**
 * What a program, or somebody, says of a task: that it counted forty buildings in it, say.
 *
 * @param type of what sort, such as {@code buildings}
 * @param source who or what says so; empty where that is not known
 * @param note a sentence for people; empty for none
 * @param properties the figures, a JSON object
 */
public record Annotation(
    long project, int task, String type, String source, String note, String properties) {}
