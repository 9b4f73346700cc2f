package org.tequio.harvest.client;

import java.io.IOException;
import java.net.URI;
import org.tequio.formats.FormatException;
import org.tequio.formats.PagedFile;
import org.tequio.harvest.HarvestException;
import org.tequio.harvest.fetch.Fetched;
import org.tequio.harvest.fetch.Haul;

/** One way of getting all features of a layer out of a server. */
interface Way {
  /** What people read in the log. */
  String name();

  /** Goes it to its end. */
  End go(Walk walk) throws IOException, HarvestException, DamagedPage;

  /** How a way ended. */
  sealed interface End {
    /** The server had no more to give. */
    record NoMore() implements End {}

    /** The server gave the same again: it does not know pages, or its pages are not in order. */
    record Repeated() implements End {}

    /** The server said no. */
    record Fault(String words) implements End {}
  }

  /** A page that was not whole; it is asked for once more. */
  final class DamagedPage extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient URI address;
    private final boolean refused;

    DamagedPage(URI address, FormatException cause) {
      super(cause.getMessage(), cause);
      this.address = address;
      this.refused = cause.code() == org.tequio.feature.FindingCode.FILE_REFUSED;
    }

    URI address() {
      return address;
    }

    /** True where asking again would not help: it goes further than the limits allow. */
    boolean isRefused() {
      return refused;
    }
  }

  /**
   * What a way walks with.
   *
   * @param into where features go
   * @param haul what the pull works with
   * @param accept the media type of pages
   * @param total how many features there are; -1 where the server does not say
   */
  record Walk(PagedFile into, Haul haul, String accept, long total) {

    /** Adds one page. */
    PagedFile.Page add(URI address) throws IOException, HarvestException, DamagedPage {
      Fetched page = haul.fetcher().page(address, accept);
      if (page.isPage()) {
        haul.fetcher().forget(address);
        throw page.isOk()
            ? HarvestException.page(page.host())
            : HarvestException.status(page.host(), page.status(), "");
      }
      try {
        PagedFile.Page added = into.add(page.file());
        if (added instanceof PagedFile.Page.Fault fault) {
          haul.fetcher().forget(address);
          return page.isOk()
              ? fault
              : new PagedFile.Page.Fault(
                  fault.code(), "HTTP " + page.status() + " " + fault.text());
        }
        haul.progress().step(host(address), into.features(), Math.max(0, total));
        return added;
      } catch (FormatException e) {
        if (!page.isOk()) {
          throw HarvestException.status(page.host(), page.status(), page.start());
        }
        throw new DamagedPage(address, e);
      }
    }

    private static String host(URI address) {
      return String.valueOf(address.getHost());
    }

    /** True where far more came than there are: pages without end. */
    boolean isTooMuch() {
      return total >= 0 && into.features() > total + Math.max(1_000, total / 10);
    }

    /** True where all are there. */
    boolean isWhole() {
      return total >= 0 && into.features() == total;
    }
  }
}
