package org.tequio.publish.record;

/**
 * A way to have a layer.
 *
 * @param name of the format or service
 * @param mediaType what comes
 * @param href where
 * @param isService true where it is asked part by part, false where it is a file
 */
record Distribution(String name, String mediaType, String href, boolean isService) {}
