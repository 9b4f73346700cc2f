/**
 * The one way in which this module reads XML: no document type, no entities, no network, bounded
 * depth and text. Every reader of an XML format goes through {@link org.tequio.formats.XmlReader};
 * none makes a parser of its own.
 */
@NullMarked
package org.tequio.formats.xml;

import org.jspecify.annotations.NullMarked;
