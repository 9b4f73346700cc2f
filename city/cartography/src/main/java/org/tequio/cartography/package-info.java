/**
 * How layers look: their styles in every form that clients read, pictures of maps drawn straight
 * from stored bytes, legends, printed sheets and QGIS projects. Knows nothing of HTTP; the module
 * publish answers with what is made here.
 */
@NullMarked
package org.tequio.cartography;

import org.jspecify.annotations.NullMarked;
