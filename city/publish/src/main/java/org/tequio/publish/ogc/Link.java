package org.tequio.publish.ogc;

/**
 * A link of an OGC API document (RFC 8288).
 *
 * @param href where to
 * @param rel what it is to this document
 * @param type the media type there
 * @param title for people
 */
record Link(String href, String rel, String type, String title) {}
