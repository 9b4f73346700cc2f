package org.tequio.feature;

/**
 * Where long work says how far it is, and where it learns that it should stop. Called often: an
 * implementation must be cheap and thread-safe.
 */
public interface Progress {
  /** Nobody watches and nobody cancels. */
  Progress NONE =
      new Progress() {
        @Override
        public void step(String what, long done, long total) {}

        @Override
        public boolean isCancelled() {
          return false;
        }
      };

  /**
   * Says what is being done.
   *
   * @param what a short name, such as a file's
   * @param done units finished
   * @param total units in all; 0 where that is not known
   */
  void step(String what, long done, long total);

  /** True where the work should stop at the next safe point. */
  boolean isCancelled();

  /**
   * Throws where the work was cancelled.
   *
   * @throws java.util.concurrent.CancellationException when it was
   */
  default void check() {
    if (isCancelled() || Thread.currentThread().isInterrupted()) {
      throw new java.util.concurrent.CancellationException("cancelled");
    }
  }
}
