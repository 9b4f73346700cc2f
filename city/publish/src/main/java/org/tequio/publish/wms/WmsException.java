package org.tequio.publish.wms;

import org.jspecify.annotations.Nullable;
import org.tequio.feature.LocalText;

/** Ends a request with a service exception (06-042, 6.11 and annex E.2). */
final class WmsException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int MAX_ECHO = 120;

  private final transient @Nullable Code code;
  private final transient LocalText text;
  private final int status;

  /** The kinds of exception that the standard names. */
  enum Code {
    /** A format that is not offered. */
    INVALID_FORMAT("InvalidFormat"),
    /** A coordinate system that is not known; 1.1.1 has a word of its own. */
    INVALID_CRS("InvalidCRS"),
    /** A layer that does not exist. */
    LAYER_NOT_DEFINED("LayerNotDefined"),
    /** A style that does not exist. */
    STYLE_NOT_DEFINED("StyleNotDefined"),
    /** A layer that cannot be asked about. */
    LAYER_NOT_QUERYABLE("LayerNotQueryable"),
    /** A place outside the picture. */
    INVALID_POINT("InvalidPoint"),
    /** The client's capabilities are the newest. */
    CURRENT_UPDATE_SEQUENCE("CurrentUpdateSequence"),
    /** The client's capabilities are newer than the server's. */
    INVALID_UPDATE_SEQUENCE("InvalidUpdateSequence"),
    /** A value that a dimension cannot have. */
    INVALID_DIMENSION_VALUE("InvalidDimensionValue"),
    /** Something that is not done here. */
    OPERATION_NOT_SUPPORTED("OperationNotSupported");

    private final String wireName;

    Code(String wireName) {
      this.wireName = wireName;
    }

    String wireName(WmsVersion version) {
      return this == INVALID_CRS && version == WmsVersion.V1_1_1 ? "InvalidSRS" : wireName;
    }
  }

  private WmsException(@Nullable Code code, LocalText text, int status) {
    // No stack trace: it is an answer, and hostile clients ask for many.
    super(text.en(), null, false, false);
    this.code = code;
    this.text = text;
    this.status = status;
  }

  WmsException(@Nullable Code code, LocalText text) {
    this(code, text, 400);
  }

  /** What another part of the program says. */
  static WmsException of(LocalText text, int status) {
    return new WmsException(null, text, status);
  }

  /** A value that a parameter cannot have. */
  static WmsException invalid(@Nullable Code code, String parameter, LocalText wanted, String got) {
    String shown = got.length() > MAX_ECHO ? got.substring(0, MAX_ECHO) + "…" : got;
    return new WmsException(
        code,
        new LocalText(
            parameter + ": se esperaba " + wanted.es() + " y llegó '" + shown + "'",
            parameter + ": esperava-se " + wanted.pt() + " e veio '" + shown + "'",
            parameter + ": wanted " + wanted.en() + " but got '" + shown + "'"));
  }

  @Nullable Code code() {
    return code;
  }

  LocalText text() {
    return text;
  }

  int status() {
    return status;
  }
}
