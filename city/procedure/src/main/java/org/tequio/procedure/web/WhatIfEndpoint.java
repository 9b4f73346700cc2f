package org.tequio.procedure.web;

import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.LocalText;
import org.tequio.http.Action;
import org.tequio.http.Call;
import org.tequio.http.Endpoint;
import org.tequio.http.Job;
import org.tequio.http.Jobs;
import org.tequio.http.Permission;
import org.tequio.http.Permissions;
import org.tequio.http.Problem;
import org.tequio.http.ProblemException;
import org.tequio.http.Reply;
import org.tequio.procedure.DraftChange;
import org.tequio.procedure.ForecastJson;
import org.tequio.procedure.PackFault;
import org.tequio.procedure.PackRefused;
import org.tequio.procedure.ProcedureId;
import org.tequio.procedure.WhatIf;
import org.tequio.procedure.pack.OwnPacks;
import org.tequio.procedure.pack.PackTexts;

/** Whom a draft of a pack would touch, as a job: for its author, before it is saved. */
public final class WhatIfEndpoint {
  private static final Action MANAGE = new Action("pack.manage");
  private static final int USUAL_SAMPLE = 500;
  private static final int MOST_PARCELS = 5_000;
  private static final int MOST_TURNS = 500;

  private final WhatIf whatIf;
  private final PacksEndpoint packs;
  private final Jobs jobs;
  private final Permissions permissions;
  private final Clock clock;

  /** Tries drafts of packs. */
  public WhatIfEndpoint(
      WhatIf whatIf, PacksEndpoint packs, Jobs jobs, Permissions permissions, Clock clock) {
    this.whatIf = whatIf;
    this.packs = packs;
    this.jobs = jobs;
    this.permissions = permissions;
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
            .takes("application/json", WhatIfJson.class));
  }

  /**
   * What is tried.
   *
   * @param files of the pack, by name, as they would be; null for one that would go
   * @param sample how many parcels are drawn, 0 to 5000; null for 500
   * @param procedures the procedures that are asked; null for all that the draft changes
   */
  record WhatIfJson(
      Map<String, @Nullable String> files,
      @Nullable Integer sample,
      @Nullable List<String> procedures) {}

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
    LocalDate day = LocalDate.now(clock);
    Job job =
        jobs.start(
            call.account(),
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
                        return ForecastJson.document(
                            whatIf.run(
                                new DraftChange(draft, Map.of(), List.of(), only, sample, 1, day),
                                progress),
                            MOST_TURNS);
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
