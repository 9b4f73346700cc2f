/**
 * Processes: work that takes longer than a request, described so that programs can ask for it (OGC
 * API – Processes Part 1, OGC 18-062r2), and the jobs that do it. A new process is one class that
 * implements {@link org.tequio.publish.process.CityProcess}. Internal to this module.
 */
@NullMarked
package org.tequio.publish.process;

import org.jspecify.annotations.NullMarked;
