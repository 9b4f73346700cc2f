/** The audit log for those who may read it. */
@NullMarked
package org.tequio.identity.audit;

import org.jspecify.annotations.NullMarked;
