package org.tequio.procedure;

import java.net.URI;

/**
 * A program that wants to know what happens with case files.
 *
 * @param address to which it is told
 * @param secret by which it knows that the city tells it
 */
public record CaseHook(URI address, SharedSecret secret) {}
