package org.tequio.harvest.client;

import java.io.IOException;
import java.net.URI;
import org.tequio.formats.PagedFile.Page;
import org.tequio.harvest.HarvestException;

/**
 * Pages by the number of features before them. A server may give fewer than it was asked for at any
 * time; only an empty page is the end.
 *
 * @param name what people read in the log
 * @param pages the address of the page that begins after so many features
 */
record OffsetWay(String name, Pages pages) implements Way {
  /** Makes addresses. */
  @FunctionalInterface
  interface Pages {
    URI after(long features);
  }

  @Override
  public End go(Walk walk) throws IOException, HarvestException, DamagedPage {
    long offset = 0;
    while (true) {
      switch (walk.add(pages.after(offset))) {
        case Page.Fault fault -> {
          return new End.Fault(fault.text());
        }
        case Page.Features page -> {
          if (page.count() == 0) {
            return new End.NoMore();
          }
          offset += page.count();
          if (walk.isWhole()) {
            return new End.NoMore();
          }
          if (page.fresh() == 0 || walk.isTooMuch()) {
            return new End.Repeated();
          }
        }
      }
    }
  }
}
