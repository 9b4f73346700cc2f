/**
 * Villa Tequio, the city of the demo: generated from a seed and a size, and written as the files
 * that its departments would send, with known defects. Nothing here is a real place or person.
 */
@NullMarked
package org.tequio.demo;

import org.jspecify.annotations.NullMarked;
