package org.tequio.publish.process;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.tequio.feature.LayerId;
import org.tequio.feature.LocalText;
import org.tequio.feature.Progress;
import org.tequio.http.ProblemException;

/**
 * Something that the city makes for whoever asks, and that may take long: a file. Stateless and
 * thread-safe.
 */
public interface CityProcess {
  /** Its identifier in paths: lower-case words joined by hyphens. */
  String id();

  /** What people call it. */
  LocalText title();

  /** What it makes, in a sentence or two. */
  LocalText description();

  /** What it wants to know. */
  List<ProcessInput> inputs();

  /** The JSON Schema of what it makes. */
  Map<String, Object> outputSchema();

  /**
   * True where running it a second time does no harm: then it is run again when the server stopped
   * in the middle.
   */
  boolean isRepeatable();

  /** The layers that an order is about: when what is public of one changes, old results go. */
  List<LayerId> layers(ProcessOrder order);

  /**
   * Checks an order whose inputs are of the right form. Called before a job is accepted and again
   * before it runs: what it is about may be gone by then.
   *
   * @throws ProblemException for what the person who asks is told
   */
  Task prepare(ProcessOrder order);

  /** Work that is ready to be done. */
  @FunctionalInterface
  interface Task {
    /**
     * Does it.
     *
     * @param folder an empty one, for the result and for what is needed on the way
     * @param progress is told often, and ends the work by an exception where nobody wants it more
     * @return the result, in that folder
     * @throws ProblemException for what the person who asked is told
     * @throws java.util.concurrent.CancellationException when it was cancelled
     */
    ProcessFile run(Path folder, Progress progress) throws IOException;
  }
}
