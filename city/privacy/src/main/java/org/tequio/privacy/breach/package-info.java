/** What has to be told, and to whom, when personal data got into the wrong hands. */
@NullMarked
package org.tequio.privacy.breach;

import org.jspecify.annotations.NullMarked;
