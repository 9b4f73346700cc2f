/** The tables of mapping. Every change of a task, its lease and its history is one transaction. */
@NullMarked
package org.tequio.mapping.tables;

import org.jspecify.annotations.NullMarked;
