package org.tequio.procedure.file;

import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;

/** Says of a filing, before it is taken, what holds for it. Thread-safe. */
@FunctionalInterface
public interface Intake {
  /**
   * What holds.
   *
   * @param inputs the applicant's answers by their ids
   * @param day as of which the law is read
   * @return nothing where there is no such procedure
   */
  Optional<FilingTerms> terms(String procedure, Map<String, Object> inputs, LocalDate day);
}
