package org.tequio.harvest.client;

import java.io.IOException;
import java.util.Optional;
import org.tequio.harvest.HarvestException;
import org.tequio.harvest.Offer;
import org.tequio.harvest.Source;
import org.tequio.harvest.SourceKind;
import org.tequio.harvest.fetch.Haul;

/**
 * One kind of source. A new kind is one class, one line in {@link Clients} and one constant of
 * {@link SourceKind}. Stateless and thread-safe.
 */
public interface SourceClient {
  /** What it speaks to. */
  SourceKind kind();

  /**
   * Looks whether an address is of this kind, and what it offers.
   *
   * @return empty where it is something else
   */
  Optional<Offer> look(Glance glance) throws IOException, HarvestException;

  /**
   * Pulls what was chosen into files of the haul's folder.
   *
   * @throws HarvestException when not all of it came
   * @throws java.util.concurrent.CancellationException when the progress says so
   */
  Pulled pull(Source source, Haul haul) throws IOException, HarvestException;
}
