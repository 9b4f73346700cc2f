/** What the law asks of a city that keeps personal data, as data. */
@NullMarked
package org.tequio.privacy.law;

import org.jspecify.annotations.NullMarked;
