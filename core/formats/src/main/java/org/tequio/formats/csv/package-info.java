/**
 * Tables as delimited text (RFC 4180 and what offices make of it): CSV, TSV and TXT. Called only
 * through {@link org.tequio.formats.Formats}.
 */
@NullMarked
package org.tequio.formats.csv;

import org.jspecify.annotations.NullMarked;
