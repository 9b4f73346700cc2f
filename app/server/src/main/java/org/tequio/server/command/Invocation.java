package org.tequio.server.command;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.Language;
import org.tequio.server.City;

/**
 * Where a command line was typed: in this process, or in another one that handed it to the server
 * that has the city open.
 *
 * @param arguments the command line
 * @param base the folder that relative paths start from
 * @param language in which to answer
 * @param interactive true where someone watches standard error
 * @param out answers
 * @param err signs of life and faults
 * @param served the city that this process has open already; null where it has none
 * @param cancelled says that the one who typed it has gone; null where Ctrl-C reaches this process
 */
record Invocation(
    String[] arguments,
    Path base,
    Language language,
    boolean interactive,
    PrintStream out,
    PrintStream err,
    @Nullable City served,
    @Nullable BooleanSupplier cancelled) {}
