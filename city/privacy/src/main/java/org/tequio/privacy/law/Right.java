package org.tequio.privacy.law;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** What a person may ask for with regard to their data. */
public enum Right {
  /** To see what is kept. */
  @JsonProperty("access")
  ACCESS,
  /** To have it corrected. */
  @JsonProperty("rectification")
  RECTIFICATION,
  /** To have it blocked and then erased. */
  @JsonProperty("cancellation")
  CANCELLATION,
  /** To have it no longer used. */
  @JsonProperty("opposition")
  OPPOSITION;

  /** As it is written in data and answers. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
