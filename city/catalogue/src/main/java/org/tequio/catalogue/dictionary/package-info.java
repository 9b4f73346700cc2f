/**
 * The layer dictionary of the base pack: what the layers of a city are called in three languages,
 * and by which names departments' files are recognised as one of them.
 */
@NullMarked
package org.tequio.catalogue.dictionary;

import org.jspecify.annotations.NullMarked;
