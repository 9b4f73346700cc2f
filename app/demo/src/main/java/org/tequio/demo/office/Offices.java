package org.tequio.demo.office;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.tequio.demo.PlantedChange;
import org.tequio.demo.PlantedDefect;
import org.tequio.demo.PlantedDefects;
import org.tequio.demo.town.Town;
import org.tequio.feature.Progress;

/** The departments of Villa Tequio, in the order in which they are listed. */
public final class Offices {
  private static final List<Office> ALL =
      List.of(
          new CadastreOffice(),
          new PlanningOffice(),
          new WorksOffice(),
          new WaterOffice(),
          new MobilityOffice(),
          new EnvironmentOffice(),
          new CivilProtectionOffice(),
          new EconomyOffice(),
          new CensusOffice(),
          new InstituteOffice(),
          new CitizenServiceOffice(),
          new HealthOffice(),
          new EducationOffice(),
          new CultureOffice(),
          new SafetyOffice(),
          new ParticipationOffice(),
          new CemeteryOffice(),
          new ArchiveOffice());

  private Offices() {}

  /** Lets the cadastre write its parcels as it will send them a year later. */
  public static List<PlantedChange> writeNext(Town town, Path folder, Progress progress)
      throws IOException {
    List<PlantedChange> changes = new ArrayList<>();
    Desk desk = new Desk(folder, new CadastreOffice().folder(), town, progress);
    CadastreOffice.writeNext(desk, changes);
    return List.copyOf(changes);
  }

  /**
   * Lets every office write its files. Offices work side by side; none sees another's, so the
   * result does not depend on who is first.
   */
  public static PlantedDefects write(Town town, Path folder, Progress progress) throws IOException {
    List<PlantedDefect> planted = new ArrayList<>();
    int workers = Math.max(1, Math.min(4, Runtime.getRuntime().availableProcessors()));
    try (ExecutorService pool = Executors.newFixedThreadPool(workers)) {
      List<Future<Desk>> desks = new ArrayList<>();
      for (Office office : ALL) {
        desks.add(
            pool.submit(
                () -> {
                  Desk desk = new Desk(folder, office.folder(), town, progress);
                  office.write(desk);
                  return desk;
                }));
      }
      int done = 0;
      try {
        for (Future<Desk> desk : desks) {
          planted.addAll(desk.get().planted());
          progress.step(ALL.get(done).folder(), ++done, ALL.size());
        }
      } catch (InterruptedException e) {
        desks.forEach(desk -> desk.cancel(true));
        Thread.currentThread().interrupt();
        throw new IOException("interrupted", e);
      } catch (ExecutionException e) {
        desks.forEach(desk -> desk.cancel(true));
        switch (e.getCause()) {
          case IOException io -> throw io;
          case RuntimeException bug -> throw bug;
          case null, default -> throw new IllegalStateException(e);
        }
      }
    }
    return new PlantedDefects(planted);
  }
}
