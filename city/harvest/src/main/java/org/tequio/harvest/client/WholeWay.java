package org.tequio.harvest.client;

import java.io.IOException;
import java.net.URI;
import org.tequio.formats.PagedFile.Page;
import org.tequio.harvest.HarvestException;

/** Everything in one answer. */
record WholeWay(URI address) implements Way {
  @Override
  public String name() {
    return "1 × ∞";
  }

  @Override
  public End go(Walk walk) throws IOException, HarvestException, DamagedPage {
    return switch (walk.add(address)) {
      case Page.Fault fault -> new End.Fault(fault.text());
      case Page.Features page -> page.more() ? new End.Repeated() : new End.NoMore();
    };
  }
}
