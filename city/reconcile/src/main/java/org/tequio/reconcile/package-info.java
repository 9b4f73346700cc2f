/**
 * Many versions of one thing: crosswalks between layers, the steward's decisions, an authority per
 * attribute, merged layers with their provenance, tables joined to layers, and topological checks
 * across layers. Only the server calls it.
 */
@NullMarked
package org.tequio.reconcile;

import org.jspecify.annotations.NullMarked;
