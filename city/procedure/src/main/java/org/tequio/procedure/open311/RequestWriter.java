package org.tequio.procedure.open311;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.Language;
import org.tequio.feature.LocalText;
import org.tequio.procedure.file.Attachments;
import org.tequio.procedure.file.CaseFile;
import org.tequio.procedure.file.CaseState;
import org.tequio.procedure.file.RequestTables.Request;
import org.tequio.procedure.term.Due;

/**
 * Requests on the wire. Who reported one is never among it; the words in which they did, the
 * officer's answer and the photos are for whoever reported it and for the office that has it:
 * people write names and telephone numbers whatever one asks of them.
 */
final class RequestWriter {
  private final ServiceBook services;
  private final Function<CaseFile, Optional<Due>> due;
  private final Attachments attachments;
  private final Language language;
  private final String base;

  /**
   * Writes for one reader.
   *
   * @param base the address of the city's site
   */
  RequestWriter(
      ServiceBook services,
      Function<CaseFile, Optional<Due>> due,
      Attachments attachments,
      Language language,
      String base) {
    this.services = services;
    this.due = due;
    this.attachments = attachments;
    this.language = language;
    this.base = base;
  }

  /** The path under which its reader finds the photos of a file. */
  enum Reader {
    /** Somebody: no words and no photos. */
    ANYONE(""),
    /** Whoever reported it. */
    REPORTER("/api/cases/"),
    /** The office that has it. */
    OFFICE("/api/inbox/");

    private final String path;

    Reader(String path) {
      this.path = path;
    }
  }

  Map<String, @Nullable Object> request(Request one, Reader reader, boolean extended) {
    CaseFile file = one.file();
    CaseState state = file.state();
    boolean isTold = reader != Reader.ANYONE;
    Map<String, @Nullable Object> request = new LinkedHashMap<>();
    request.put("service_request_id", one.folio());
    request.put("status", status(file));
    request.put("status_notes", notes(file, isTold));
    request.put("service_name", name(file));
    request.put("service_code", file.procedure());
    request.put("description", isTold ? file.inputs().get(ServiceBook.DESCRIPTION) : null);
    request.put("agency_responsible", office(file));
    request.put("service_notice", null);
    request.put("requested_datetime", Text.of(filing(file).at()));
    request.put("updated_datetime", Text.of(one.updated()));
    request.put(
        "expected_datetime",
        state instanceof CaseState.Filed || state instanceof CaseState.UnderReview
            ? due.apply(file).flatMap(Due::end).map(Text::of).orElse(null)
            : null);
    request.put("address", one.address().isEmpty() ? null : one.address());
    request.put("address_id", one.addressId().isEmpty() ? null : one.addressId());
    request.put("zipcode", null);
    request.put("lat", one.place().latitude());
    request.put("long", one.place().longitude());
    request.put("media_url", isTold ? photo(file, reader) : null);
    if (extended) {
      request.put("extended_attributes", extended(one));
    }
    return request;
  }

  private static Map<String, @Nullable Object> extended(Request one) {
    Map<String, @Nullable Object> more = new LinkedHashMap<>();
    more.put("state", one.file().state().wireName());
    more.put("office", filing(one.file()).terms().office());
    more.put("reports", one.reports());
    more.put("thing", one.thing().isEmpty() ? null : one.thing());
    more.put(
        "objection_until",
        one.file().state() instanceof CaseState.Fulfilled done ? Text.of(done.until()) : null);
    return more;
  }

  static CaseFile.Filing filing(CaseFile file) {
    CaseFile.Filing filing = file.filing();
    if (filing == null) {
      throw new IllegalArgumentException("case " + file.id() + " was never filed");
    }
    return filing;
  }

  static String status(CaseFile file) {
    return file.state() instanceof CaseState.Open ? "open" : "closed";
  }

  String name(CaseFile file) {
    return filing(file).terms().name().in(language);
  }

  String office(CaseFile file) {
    return services.officeName(filing(file).terms().office());
  }

  private @Nullable String photo(CaseFile file, Reader reader) {
    return attachments.list(file.id()).stream()
        .filter(one -> one.type().startsWith("image/"))
        .findFirst()
        .map(one -> base + reader.path + file.id() + "/attachments/" + one.number())
        .orElse(null);
  }

  /** Where it stands, in a sentence; what the officer wrote follows for those who may read it. */
  private String notes(CaseFile file, boolean isTold) {
    String said = isTold ? reasons(file.state()) : "";
    String where = where(file.state()).in(language);
    return said.isEmpty() ? where : where + " " + said;
  }

  private static String reasons(CaseState state) {
    return switch (state) {
      case CaseState.Fulfilled one -> one.reasons();
      case CaseState.Granted one -> one.reasons();
      case CaseState.Refused one -> one.reasons();
      case CaseState.Prevented one -> one.what();
      case CaseState.Archived one -> reasons(one.ended());
      case CaseState.Unfiled one -> "";
      case CaseState.Filed one -> "";
      case CaseState.UnderReview one -> "";
      case CaseState.FellSilent one -> "";
      case CaseState.NotPresented one -> "";
      case CaseState.Withdrawn one -> "";
    };
  }

  static LocalText where(CaseState state) {
    return switch (state) {
      case CaseState.Unfiled one ->
          new LocalText("Sin presentar.", "Não protocolada.", "Not filed.");
      case CaseState.Filed one ->
          new LocalText("La oficina la recibió.", "A repartição a recebeu.", "The office has it.");
      case CaseState.UnderReview one ->
          new LocalText("Alguien la atiende.", "Alguém a atende.", "Somebody works on it.");
      case CaseState.Prevented one ->
          new LocalText(
              "La oficina pidió más datos.",
              "A repartição pediu mais dados.",
              "The office asked for more.");
      case CaseState.Fulfilled one ->
          new LocalText(
              "La oficina dice que quedó hecha; quien reportó puede objetar.",
              "A repartição diz que está feita; quem informou pode objetar.",
              "The office says it is done; whoever reported may object.");
      case CaseState.Granted one -> new LocalText("Quedó hecha.", "Está feita.", "It is done.");
      case CaseState.Refused one ->
          new LocalText(
              "Se cerró sin hacerse.",
              "Foi encerrada sem ser feita.",
              "Closed without being done.");
      case CaseState.FellSilent one ->
          new LocalText("Venció su plazo.", "Venceu o seu prazo.", "Its term ran out.");
      case CaseState.NotPresented one ->
          new LocalText(
              "No se completó a tiempo.",
              "Não foi completada a tempo.",
              "It was not completed in time.");
      case CaseState.Withdrawn one ->
          new LocalText(
              "Quien reportó la retiró.",
              "Quem informou a retirou.",
              "Whoever reported withdrew it.");
      case CaseState.Archived one -> where(one.ended());
    };
  }

  GeoReport list(List<Map<String, @Nullable Object>> requests) {
    return GeoReport.list("service_requests", "request", requests);
  }
}
