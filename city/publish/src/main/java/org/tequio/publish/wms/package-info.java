/** Web Map Service 1.1.1 and 1.3.0 (OGC 01-068r3, 06-042): pictures of layers for any client. */
@NullMarked
package org.tequio.publish.wms;

import org.jspecify.annotations.NullMarked;
