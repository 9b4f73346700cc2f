package org.tequio.feature;

/**
 * A failure that passes by itself: nothing was done, and the same request may go well in a moment.
 */
public interface TryLater {}
