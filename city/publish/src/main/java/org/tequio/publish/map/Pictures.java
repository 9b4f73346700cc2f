package org.tequio.publish.map;

import org.tequio.cartography.PictureFormat;
import org.tequio.http.Reply;

/** Hands pictures out. */
public final class Pictures {
  private Pictures() {}

  /** The answer that a picture is. */
  public static Reply reply(PictureFormat format, byte[] picture) {
    return switch (format) {
      case PNG, JPEG -> Reply.bytes(format.mediaType(), picture);
      // Should a browser open it as a page, nothing in it may run.
      case SVG ->
          Reply.text(format.mediaType(), picture)
              .with("Content-Security-Policy", "default-src 'none'; img-src data:; sandbox");
    };
  }
}
