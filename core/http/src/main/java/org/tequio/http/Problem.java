package org.tequio.http;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.Language;
import org.tequio.feature.LocalText;
import org.tequio.feature.Refused;

/**
 * What went wrong with a request, for the person or program that made it (RFC 9457): what was
 * wanted, what came, what to do.
 *
 * @param status the HTTP status, 400 to 599
 * @param type a stable name in kebab-case; on the wire {@code urn:tequio:problem:<type>}; or a URI
 *     where a standard has one
 * @param title the kind of problem
 * @param detail this problem, in a sentence
 * @param wanted what would have been right; null where that is not one thing
 * @param got what came instead, shortened; null where nothing did
 */
public record Problem(
    int status,
    String type,
    LocalText title,
    LocalText detail,
    @Nullable LocalText wanted,
    @Nullable String got) {

  private static final int MAX_ECHO = 120;

  /** Refuses a status that is no error and shortens what is echoed. */
  public Problem {
    if (status < 400 || status > 599) {
      throw new IllegalArgumentException("not the status of a problem: " + status);
    }
    got = got == null ? null : shortened(got);
  }

  /** A problem without further facts. */
  public static Problem of(int status, String type, LocalText title, LocalText detail) {
    return new Problem(status, type, title, detail, null, null);
  }

  /** A value that a parameter cannot have: 400. */
  public static Problem invalidParameter(String name, LocalText wanted, String got) {
    String shown = shortened(got);
    return new Problem(
        400,
        "parameter-invalid",
        new LocalText("Parámetro inválido", "Parâmetro inválido", "Invalid parameter"),
        new LocalText(
            "parámetro '" + name + "': se esperaba " + wanted.es() + " y llegó '" + shown + "'",
            "parâmetro '" + name + "': esperava-se " + wanted.pt() + " e veio '" + shown + "'",
            "parameter '" + name + "': wanted " + wanted.en() + " but got '" + shown + "'"),
        wanted,
        got);
  }

  /** A query parameter that the endpoint does not have: 400. */
  static Problem unknownParameter(String name, @Nullable String nearest, String known) {
    String shown = shortened(name);
    String es = nearest == null ? "" : " ¿Quiso decir '" + nearest + "'?";
    String pt = nearest == null ? "" : " Quis dizer '" + nearest + "'?";
    String en = nearest == null ? "" : " Did you mean '" + nearest + "'?";
    return new Problem(
        400,
        "parameter-unknown",
        new LocalText("Parámetro desconocido", "Parâmetro desconhecido", "Unknown parameter"),
        new LocalText(
            "el parámetro '" + shown + "' no existe aquí." + es,
            "o parâmetro '" + shown + "' não existe aqui." + pt,
            "there is no parameter '" + shown + "' here." + en),
        LocalText.same(known),
        name);
  }

  /** Something that is not there: 404. */
  public static Problem notFound(String what) {
    String shown = shortened(what);
    return Problem.of(
        404,
        "not-found",
        new LocalText("No existe", "Não existe", "Not found"),
        new LocalText(
            "aquí no existe '" + shown + "'",
            "aqui não existe '" + shown + "'",
            "there is no '" + shown + "' here"));
  }

  /** A method that the path does not have: 405. */
  static Problem methodNotAllowed(String method, String allowed) {
    return new Problem(
        405,
        "method-not-allowed",
        new LocalText("Método no permitido", "Método não permitido", "Method not allowed"),
        new LocalText(
            "esta dirección acepta " + allowed,
            "este endereço aceita " + allowed,
            "this address takes " + allowed),
        LocalText.same(allowed),
        method);
  }

  /** No representation that the client accepts: 406. */
  static Problem notAcceptable(String offered, String asked) {
    return new Problem(
        406,
        "not-acceptable",
        new LocalText("Formato no disponible", "Formato não disponível", "Not acceptable"),
        new LocalText(
            "esta dirección ofrece " + offered,
            "este endereço oferece " + offered,
            "this address offers " + offered),
        LocalText.same(offered),
        asked);
  }

  /** What the server needs is out of reach or held by another program for a moment: 503. */
  static Problem tryLater() {
    return Problem.of(
        503,
        "try-later",
        new LocalText("Intente más tarde", "Tente mais tarde", "Try again later"),
        new LocalText(
            "la base de datos no responde o alguien la ocupa en este momento; nada se guardó,"
                + " intente de nuevo en unos segundos",
            "o banco de dados não responde ou alguém o ocupa neste momento; nada foi guardado,"
                + " tente de novo em alguns segundos",
            "the database does not answer or somebody holds it just now; nothing was saved, try"
                + " again in a few seconds"));
  }

  /** The server has as much work as it can take: 503, to be tried again. */
  public static Problem busy() {
    return Problem.of(
        503,
        "busy",
        new LocalText("Servidor ocupado", "Servidor ocupado", "Server busy"),
        new LocalText(
            "el servidor atiende muchas solicitudes; intente de nuevo en unos segundos",
            "o servidor atende muitos pedidos; tente de novo em alguns segundos",
            "the server is handling many requests; try again in a few seconds"));
  }

  /** A body that is larger than the address takes: 413. */
  public static Problem tooLarge(long limit) {
    String most = limit >= 1 << 20 ? (limit >> 20) + " MiB" : (limit >> 10) + " KiB";
    return new Problem(
        413,
        "too-large",
        new LocalText("Demasiado grande", "Grande demais", "Too large"),
        new LocalText(
            "esta dirección acepta hasta " + most,
            "este endereço aceita até " + most,
            "this address takes at most " + most),
        LocalText.same(most),
        null);
  }

  /** A body of another media type: 415. */
  public static Problem unsupportedMediaType(String wanted, String got) {
    return new Problem(
        415,
        "media-type-unsupported",
        new LocalText("Tipo no admitido", "Tipo não aceito", "Unsupported media type"),
        new LocalText(
            "esta dirección acepta " + wanted,
            "este endereço aceita " + wanted,
            "this address takes " + wanted),
        LocalText.same(wanted),
        got);
  }

  /** A body that does not say what the endpoint needs: 400. */
  public static Problem invalidBody(LocalText detail) {
    return Problem.of(
        400,
        "body-invalid",
        new LocalText("Contenido inválido", "Conteúdo inválido", "Invalid content"),
        detail);
  }

  /** Something that changed since it was read, or is not in the right state: 409. */
  public static Problem conflict(String type, LocalText detail) {
    return Problem.of(
        409, type, new LocalText("Hay un conflicto", "Há um conflito", "Conflict"), detail);
  }

  /** What was refused as things stand: 409. */
  public static Problem conflict(Refused refused) {
    return conflict(refused.kind(), refused.reason());
  }

  /** A request that is not well-formed HTTP: 400 and its relatives. */
  static Problem malformed(int status) {
    return Problem.of(
        status,
        "request-malformed",
        new LocalText("Solicitud mal formada", "Pedido malformado", "Malformed request"),
        new LocalText(
            "la solicitud no se pudo entender",
            "o pedido não pôde ser entendido",
            "the request could not be understood"));
  }

  /** A fault of ours: 500, with the id that the log has too. */
  public static Problem fault(String id) {
    return Problem.of(
        500,
        "fault",
        new LocalText("Error del servidor", "Erro do servidor", "Server error"),
        new LocalText(
            "falló algo en el servidor; avise al administrador con la clave " + id,
            "algo falhou no servidor; avise o administrador com a chave " + id,
            "something failed in the server; tell the administrator the key " + id));
  }

  /** The members of the problem document in one language. */
  public Map<String, Object> document(Language language) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("type", type.indexOf(':') < 0 ? "urn:tequio:problem:" + type : type);
    document.put("title", title.in(language));
    document.put("status", status);
    document.put("detail", detail.in(language));
    if (wanted != null) {
      document.put("wanted", wanted.in(language));
    }
    if (got != null) {
      document.put("got", got);
    }
    return document;
  }

  private static String shortened(String text) {
    return text.length() > MAX_ECHO ? text.substring(0, MAX_ECHO) + "…" : text;
  }
}
