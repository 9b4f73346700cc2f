@NullMarked
package org.tequio.catalogue.dictionary;

import org.jspecify.annotations.NullMarked;
