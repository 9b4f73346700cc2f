/**
 * Finds which features of several layers are the same thing, by key, name and geometry: candidates
 * from indexes, a score with its evidence for each pair, one-to-one assignment, groups. Works on
 * flat arrays and uses all cores. Internal to this module.
 */
@NullMarked
package org.tequio.reconcile.match;

import org.jspecify.annotations.NullMarked;
