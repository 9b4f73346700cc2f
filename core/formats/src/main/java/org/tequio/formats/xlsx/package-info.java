/**
 * Workbooks of Office Open XML (ECMA-376): every sheet is a table. Called only through {@link
 * org.tequio.formats.Formats}.
 */
@NullMarked
package org.tequio.formats.xlsx;

import org.jspecify.annotations.NullMarked;
