package org.tequio.publish.ows;

/** The kinds of exception of OWS Common (OGC 06-121r9, table 27), WFS 2.0 and WMTS 1.0. */
public enum OwsCode {
  /** There is no such operation here. */
  OPERATION_NOT_SUPPORTED("OperationNotSupported", 400),
  /** A parameter must be given. */
  MISSING_PARAMETER_VALUE("MissingParameterValue", 400),
  /** A parameter cannot have this value. */
  INVALID_PARAMETER_VALUE("InvalidParameterValue", 400),
  /** None of the versions that the client knows is spoken. */
  VERSION_NEGOTIATION_FAILED("VersionNegotiationFailed", 400),
  /** The client's capabilities are newer than the server's. */
  INVALID_UPDATE_SEQUENCE("InvalidUpdateSequence", 400),
  /** An option of the standard that is not offered. */
  OPTION_NOT_SUPPORTED("OptionNotSupported", 400),
  /** The request cannot be read (WFS 2.0). */
  OPERATION_PARSING_FAILED("OperationParsingFailed", 400),
  /** The request is understood and cannot be done (WFS 2.0). */
  OPERATION_PROCESSING_FAILED("OperationProcessingFailed", 403),
  /** A value of a feature that its schema does not allow (WFS 2.0). */
  INVALID_VALUE("InvalidValue", 400),
  /** There is no such feature (WFS 2.0). */
  NOT_FOUND("NotFound", 404),
  /** There is no such tile (WMTS 1.0). */
  TILE_OUT_OF_RANGE("TileOutOfRange", 400),
  /** Everything else. */
  NO_APPLICABLE_CODE("NoApplicableCode", 500);

  private final String wireName;
  private final int status;

  OwsCode(String wireName, int status) {
    this.wireName = wireName;
    this.status = status;
  }

  /** The value of {@code exceptionCode}. */
  public String wireName() {
    return wireName;
  }

  /** The HTTP status that goes with it where nothing else is said. */
  public int status() {
    return status;
  }
}
