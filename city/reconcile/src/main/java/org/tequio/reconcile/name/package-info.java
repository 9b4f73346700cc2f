/**
 * Names of places as words that can be compared: forgiving accents, abbreviations, articles, word
 * order, roman numerals and lost letters, strict about numbers. Internal to this module.
 */
@NullMarked
package org.tequio.reconcile.name;

import org.jspecify.annotations.NullMarked;
