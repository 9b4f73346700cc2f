package org.tequio.procedure.web;

import java.io.IOException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.Language;
import org.tequio.feature.LayerId;
import org.tequio.feature.LocalText;
import org.tequio.http.Action;
import org.tequio.http.Call;
import org.tequio.http.Endpoint;
import org.tequio.http.Job;
import org.tequio.http.Jobs;
import org.tequio.http.Parameter;
import org.tequio.http.Permission;
import org.tequio.http.Permissions;
import org.tequio.http.Problem;
import org.tequio.http.ProblemException;
import org.tequio.http.Reply;
import org.tequio.procedure.DraftChange;
import org.tequio.procedure.Forecast;
import org.tequio.procedure.ForecastJson;
import org.tequio.procedure.PackFault;
import org.tequio.procedure.PackRefused;
import org.tequio.procedure.ProcedureId;
import org.tequio.procedure.WhatIf;
import org.tequio.procedure.pack.OwnPacks;
import org.tequio.procedure.pack.PackTexts;
import org.tequio.procedure.rule.Layers;
import org.tequio.procedure.rule.PlaceReader;
import tools.jackson.databind.JsonNode;

/** Whom a draft of a pack would touch, as a job: for its author, before it is saved. */
public final class WhatIfEndpoint {
  private static final Action MANAGE = new Action("pack.manage");
  private static final int USUAL_SAMPLE = 500;
  private static final int MOST_PARCELS = 5_000;
  private static final int MOST_TURNS = 500;
  private static final int MOST_KEPT = 10;
  private static final int MOST_AREAS = 20;
  private static final Parameter<String> FORECAST =
      Parameter.pathId(
          "forecast",
          "Of a forecast that was asked for.",
          new LocalText("un cálculo", "um cálculo", "a forecast"));

  private final WhatIf whatIf;
  private final PacksEndpoint packs;
  private final Jobs jobs;
  private final Permissions permissions;
  private final Printer printer;
  private final Layers layers;
  private final Clock clock;
  private final Deque<Kept> kept = new ConcurrentLinkedDeque<>();

  /** Puts a forecast on paper. */
  @FunctionalInterface
  public interface Printer {
    /**
     * As a PDF.
     *
     * @param change what was tried, as people read it
     */
    byte[] print(Forecast forecast, String change, Language language) throws IOException;
  }

  /** A forecast, for whoever asked for it. */
  private record Kept(
      String id, String account, String pack, Forecast forecast, LocalText change) {}

  /** Tries drafts of packs. */
  public WhatIfEndpoint(
      WhatIf whatIf,
      PacksEndpoint packs,
      Jobs jobs,
      Permissions permissions,
      Printer printer,
      Layers layers,
      Clock clock) {
    this.whatIf = whatIf;
    this.packs = packs;
    this.jobs = jobs;
    this.permissions = permissions;
    this.printer = printer;
    this.layers = layers;
    this.clock = clock;
  }

  /** Its operations. */
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.post("/api/packs/{pack}/what-if", "whatIfPack", MANAGE, this::run)
            .summary(
                "Whom a pack would touch with these files: asks parcels drawn at random and"
                    + " everything that was filed by what holds and by what would hold.")
            .with(PacksEndpoint.PACK)
            .takes("application/json", WhatIfJson.class),
        Endpoint.get("/api/packs/{pack}/what-if/{forecast}/pdf", "whatIfPdf", MANAGE, this::pdf)
            .summary(
                "One of the last forecasts that were asked for, on paper; its address is the"
                    + " member `pdf` of the job's result.")
            .with(PacksEndpoint.PACK)
            .with(FORECAST)
            .answers("application/pdf", null));
  }

  private Reply pdf(Call call) throws IOException {
    permissions.require(call, Permission.of(MANAGE));
    String id = call.path(FORECAST);
    Kept found =
        kept.stream()
            .filter(one -> one.id.equals(id))
            .filter(one -> one.account.equals(call.account()))
            .filter(one -> one.pack.equals(call.path(PacksEndpoint.PACK)))
            .findFirst()
            .orElseThrow(() -> new ProblemException(Problem.notFound(id)));
    return Reply.bytes(
        "application/pdf",
        printer.print(found.forecast, found.change.in(call.language()), call.language()));
  }

  /** The document of a forecast, which is kept for a while to be printed. */
  private Map<String, Object> kept(
      Forecast forecast, String pack, String account, LocalText change) {
    String id = UUID.randomUUID().toString();
    kept.addFirst(new Kept(id, account, pack, forecast, change));
    while (kept.size() > MOST_KEPT) {
      kept.pollLast();
    }
    Map<String, Object> document = ForecastJson.document(forecast, MOST_TURNS);
    document.put("pdf", "/api/packs/" + pack + "/what-if/" + id + "/pdf");
    return document;
  }

  /**
   * What is tried.
   *
   * @param files of the pack, by name, as they would be; null for one that would go
   * @param sample how many parcels are drawn, 0 to 5000; null for 500
   * @param procedures the procedures that are asked; null for all that the draft changes
   * @param areas drawn over layers; null for none
   */
  record WhatIfJson(
      Map<String, @Nullable String> files,
      @Nullable Integer sample,
      @Nullable List<String> procedures,
      @Nullable List<AreaJson> areas) {}

  /**
   * An area as it would be: what lies under it gives way.
   *
   * @param layer of the city
   * @param geometry GeoJSON in longitude and latitude
   * @param values by attribute of the dictionary or by column
   */
  record AreaJson(
      String layer, JsonNode geometry, @Nullable Map<String, @Nullable Object> values) {}

  private Reply run(Call call) throws java.io.IOException {
    permissions.require(call, Permission.of(MANAGE));
    String id = call.path(PacksEndpoint.PACK);
    WhatIfJson asked = call.json(WhatIfJson.class);
    PackTexts texts = packs.changed(id, asked.files());
    int sample = asked.sample() == null ? USUAL_SAMPLE : asked.sample();
    if (sample < 0 || sample > MOST_PARCELS) {
      throw new ProblemException(
          Problem.invalidBody(
              new LocalText(
                  "'sample': se esperaba de 0 a " + MOST_PARCELS,
                  "'sample': esperava-se de 0 a " + MOST_PARCELS,
                  "'sample': wanted 0 to " + MOST_PARCELS)));
    }
    List<ProcedureId> only = procedures(asked);
    List<DraftChange.Drawing> drawings = drawings(asked);
    LocalDate day = LocalDate.now(clock);
    String account = call.account();
    LocalText change =
        new LocalText(
            "Borrador del paquete " + id, "Rascunho do pacote " + id, "A draft of the pack " + id);
    Job job =
        jobs.start(
            account,
            "what-if",
            new LocalText(
                "Qué cambiaría con " + id,
                "O que mudaria com " + id,
                "What " + id + " would change"),
            progress ->
                OwnPacks.trying(
                    id,
                    texts,
                    draft -> {
                      try {
                        return kept(
                            whatIf.run(
                                new DraftChange(
                                    draft, Map.of(), List.of(), drawings, only, sample, 1, day),
                                progress),
                            id,
                            account,
                            change);
                      } catch (PackRefused e) {
                        PackFault first = e.faults().getFirst();
                        throw new ProblemException(
                            Problem.conflict("pack-refused", first.message()));
                      } catch (WhatIf.UnknownChange e) {
                        throw new ProblemException(
                            Problem.invalidBody(LocalText.same(String.valueOf(e.getMessage()))));
                      }
                    }));
    return Jobs.accepted(call, job, Map.of());
  }

  private List<DraftChange.Drawing> drawings(WhatIfJson asked) {
    List<DraftChange.Drawing> drawings = new ArrayList<>();
    for (AreaJson one : asked.areas() == null ? List.<AreaJson>of() : asked.areas()) {
      if (!LayerId.isValid(one.layer()) || drawings.size() == MOST_AREAS) {
        throw new ProblemException(
            Problem.invalidBody(
                new LocalText(
                    "'areas': se esperaban hasta " + MOST_AREAS + " áreas de capas de la ciudad",
                    "'areas': esperavam-se até " + MOST_AREAS + " áreas de camadas da cidade",
                    "'areas': wanted at most " + MOST_AREAS + " areas of layers of the city")));
      }
      try {
        drawings.add(
            new DraftChange.Drawing(
                new LayerId(one.layer()),
                PlaceReader.ofDegrees(layers.crs()).readArea(one.geometry()),
                values(one.values() == null ? Map.of() : one.values())));
      } catch (IllegalArgumentException e) {
        throw new ProblemException(
            Problem.invalidBody(LocalText.same("'areas': " + String.valueOf(e.getMessage()))));
      }
    }
    return drawings;
  }

  /** Values as layers have them; what is null is not said. */
  private static Map<String, Object> values(Map<String, @Nullable Object> given) {
    Map<String, Object> values = new LinkedHashMap<>();
    given.forEach(
        (name, value) -> {
          switch (value) {
            case Integer whole -> values.put(name, whole.longValue());
            case Long whole -> values.put(name, whole);
            case Double number -> values.put(name, number);
            case String text -> values.put(name, text);
            case Boolean truth -> values.put(name, truth);
            case null -> {}
            default -> throw new IllegalArgumentException("'" + name + "'");
          }
        });
    return values;
  }

  private static List<ProcedureId> procedures(WhatIfJson asked) {
    List<ProcedureId> only = new ArrayList<>();
    for (String id : asked.procedures() == null ? List.<String>of() : asked.procedures()) {
      if (!ProcedureId.isValid(id)) {
        throw new ProblemException(
            Problem.invalidBody(
                new LocalText(
                    "'procedures': no es un trámite",
                    "'procedures': não é um serviço",
                    "'procedures': not a procedure")));
      }
      only.add(new ProcedureId(id));
    }
    return only;
  }
}
