/**
 * Edits of features by people and by programs that act for them, whatever protocol brought them:
 * who may, what a layer takes, and what becomes of edits that meet. Every protocol that writes goes
 * through {@link org.tequio.publish.edit.LayerEditing}.
 */
@NullMarked
package org.tequio.publish.edit;

import org.jspecify.annotations.NullMarked;
