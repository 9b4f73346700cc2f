package org.tequio.formats;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.tequio.feature.Findings;

/**
 * What was handed in: walks files, folders and archives (ZIPs in ZIPs, gz) under the limits and
 * sorts everything into datasets. Files from archives live in a scratch folder until {@link
 * #close()}. Not thread-safe.
 *
 * <p>Findings it makes itself: a file that no format claims ({@code FILE_UNKNOWN}), an archive that
 * breaks a limit or tries to write outside ({@code FILE_REFUSED}), exact copies ({@code
 * FILE_DUPLICATE}).
 */
public final class SourceScan implements Closeable {
  private SourceScan() {}

  /**
   * Looks through paths in the order given, folders in name order.
   *
   * @param paths files and folders
   * @param scratch an existing folder for what archives hold
   */
  public static SourceScan of(List<Path> paths, Path scratch, Limits limits, Findings findings)
      throws IOException {
    throw new IOException("scan of " + paths + " into " + scratch + limits + findings);
  }

  /** The datasets found, in walking order. */
  public List<Dataset> datasets() {
    return List.of();
  }

  /** Every file seen, claimed or not, as it was handed in (archives as archives). */
  public List<SourceFile> received() {
    return List.of();
  }

  @Override
  public void close() throws IOException {}
}
