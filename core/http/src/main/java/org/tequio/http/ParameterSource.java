package org.tequio.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where parameters come from: a request, or texts that a command or a job was given. Their
 * declarations read them all the same.
 */
public interface ParameterSource {
  /**
   * A parameter, if it was given.
   *
   * @throws ProblemException 400 where its text is not one of its values
   */
  <T> Optional<T> query(Parameter<T> parameter);

  /** The text of a parameter as it came, if it was given. */
  Optional<String> text(Parameter<?> parameter);

  /** Texts by the parameters' names. */
  static ParameterSource of(Map<String, String> texts) {
    Map<String, String> given = new LinkedHashMap<>(texts);
    return new ParameterSource() {
      @Override
      public <T> Optional<T> query(Parameter<T> parameter) {
        return text(parameter).map(parameter::parse);
      }

      @Override
      public Optional<String> text(Parameter<?> parameter) {
        return Optional.ofNullable(given.get(parameter.name()));
      }
    };
  }
}
