package org.tequio.osm;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.tequio.http.Caller;
import org.tequio.http.Guard;

/** Believes whoever says who they are, in the header {@code Name-Tag}. */
public final class NameTag implements Guard {
  @Override
  public Caller identify(HttpServletRequest request) {
    String name = request.getHeader("Name-Tag");
    return name == null ? Caller.ANYONE : new Caller("account-" + name, name, List.of(), null);
  }
}
