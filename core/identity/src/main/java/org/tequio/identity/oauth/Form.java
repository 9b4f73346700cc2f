package org.tequio.identity.oauth;

import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.util.URLUtils;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.tequio.feature.LocalText;
import org.tequio.http.Call;
import org.tequio.http.Problem;
import org.tequio.http.ProblemException;

/** The body of a request as forms and OAuth 2.0 programs send it. */
final class Form {
  private static final String TYPE = "application/x-www-form-urlencoded";

  private static final Set<String> IN_ADDRESS =
      Set.of("client_id", "redirect_uri", "grant_type", "code", "code_verifier");

  private Form() {}

  /** Its members. */
  static Map<String, List<String>> members(Call call) {
    String type = call.header("Content-Type").orElse("").split(";", 2)[0].strip();
    if (!type.toLowerCase(Locale.ROOT).equals(TYPE)) {
      throw new ProblemException(
          Problem.of(
              415,
              "media-type-unsupported",
              new LocalText("Tipo no admitido", "Tipo não aceito", "Unsupported media type"),
              new LocalText("se esperaba " + TYPE, "esperava-se " + TYPE, "wanted " + TYPE)));
    }
    return call.form();
  }

  /**
   * The request as the OAuth 2.0 library reads it. Programs of OpenStreetMap (osm-auth) write into
   * the address what belongs into the body; the code and its verifier are good for once, but a
   * secret, a password or a token there would lie in logs, and is not read.
   */
  static HTTPRequest request(Call call) {
    Map<String, List<String>> members = members(call);
    if (members.isEmpty()) {
      members = new LinkedHashMap<>();
      for (Map.Entry<String, String> one : call.openQuery().entrySet()) {
        if (IN_ADDRESS.contains(one.getKey())) {
          members.put(one.getKey(), List.of(one.getValue()));
        }
      }
    }
    HTTPRequest request =
        new HTTPRequest(HTTPRequest.Method.POST, URI.create("https://server.invalid/"));
    request.setHeader("Content-Type", TYPE);
    call.header("Authorization").ifPresent(request::setAuthorization);
    request.setBody(URLUtils.serializeParameters(members));
    return request;
  }
}
