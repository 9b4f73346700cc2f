package org.tequio.publish.html;

/**
 * A link of a document (RFC 8288).
 *
 * @param href where to
 * @param rel what it is to this document
 * @param type the media type there
 * @param title for people
 */
public record Link(String href, String rel, String type, String title) {}
