@NullMarked
package org.tequio.mapping.web;

import org.jspecify.annotations.NullMarked;
