package org.tequio.publish.process;

import java.nio.file.Path;

/**
 * What a process made.
 *
 * @param path where it lies; its name is the one that people keep it under
 * @param mediaType for HTTP
 */
public record ProcessFile(Path path, String mediaType) {}
