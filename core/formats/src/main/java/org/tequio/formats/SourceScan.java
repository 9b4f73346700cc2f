package org.tequio.formats;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.Finding;
import org.tequio.feature.FindingCode;
import org.tequio.feature.Findings;
import org.tequio.formats.archive.ArchiveException;
import org.tequio.formats.archive.UnpackBudget;
import org.tequio.formats.archive.Unpacker;

/**
 * What was handed in: walks files, folders and archives (ZIPs in ZIPs, gz) under the limits and
 * sorts everything into datasets. Files from archives live in a scratch folder until {@link
 * #close()}. Not thread-safe.
 *
 * <p>Findings it makes itself: a file that no format claims ({@code FILE_UNKNOWN}), an archive that
 * breaks a limit or tries to write outside ({@code FILE_REFUSED}), exact copies ({@code
 * FILE_DUPLICATE}), files without a byte ({@code FILE_EMPTY}). A copy is a dataset like any other:
 * nothing is dropped.
 */
public final class SourceScan implements Closeable {
  private static final Pattern README =
      Pattern.compile(
          "(?i)(.*[_-])?(readme|leeme|l[eé]ame|leia-?me|licen[cs]e|licencia|licença|provenance|notice"
              + "|changelog)(\\.(txt|md|rst|tsv|pdf|html?|docx?))?");
  private static final Set<String> LEFT_BY_DESKTOPS =
      Set.of("thumbs.db", "desktop.ini", "ehthumbs.db", "__macosx", "$recycle.bin");

  // Parts that may differ between copies without the data being another.
  private static final Set<String> NOT_DATA =
      Set.of(
          "shx", "sbn", "sbx", "qix", "cpg", "cst", "prj", "qpj", "qmd", "qml", "sld", "xml", "lyr",
          "ain", "aih", "atx", "fbn", "fbx");

  private final Path scratch;
  private final Limits limits;
  private final Findings findings;
  private final UnpackBudget budget;
  private final List<SourceFile> received = new ArrayList<>();
  private final List<Dataset> datasets = new ArrayList<>();
  private final Map<Path, String> digests = new HashMap<>();

  private SourceScan(Path scratch, Limits limits, Findings findings) {
    this.scratch = scratch;
    this.limits = limits;
    this.findings = findings;
    this.budget = new UnpackBudget(scratch, limits);
  }

  /**
   * Looks through paths in the order given, folders in name order.
   *
   * @param paths files and folders; a {@code .shp} stands for its companions too
   * @param scratch an existing folder for what archives hold
   */
  public static SourceScan of(List<Path> paths, Path scratch, Limits limits, Findings findings)
      throws IOException {
    Path own = Files.createTempDirectory(scratch, "scan-");
    SourceScan scan = new SourceScan(own, limits, findings);
    try {
      scan.walk(paths);
      scan.reportCopies();
      return scan;
    } catch (IOException | RuntimeException e) {
      scan.close();
      throw e;
    }
  }

  /** The datasets found, in walking order. */
  public List<Dataset> datasets() {
    return List.copyOf(datasets);
  }

  /** Every file seen, claimed or not, as it was handed in (archives as archives). */
  public List<SourceFile> received() {
    return List.copyOf(received);
  }

  /** The SHA-256 of a file of this scan, in lower-case hexadecimal. Reads the file once. */
  public String sha256(SourceFile file) throws IOException {
    String known = digests.get(file.path());
    if (known == null) {
      known = digest(file.path());
      digests.put(file.path(), known);
    }
    return known;
  }

  /** Removes what archives left in the scratch folder. */
  @Override
  public void close() throws IOException {
    if (!Files.exists(scratch)) {
      return;
    }
    try (Stream<Path> all = Files.walk(scratch)) {
      all.sorted(Comparator.reverseOrder())
          .forEach(
              path -> {
                try {
                  Files.deleteIfExists(path);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private void walk(List<Path> paths) throws IOException {
    Set<Path> loose = new LinkedHashSet<>();
    for (Path path : paths) {
      if (Files.isDirectory(path)) {
        Path root = path.toRealPath();
        walkFolder(root, root, paths.size() == 1 ? "" : name(root) + "/");
      } else {
        loose.add(path);
        loose.addAll(companions(path));
      }
    }
    List<SourceFile> files =
        new ArrayList<>(loose.stream().map(path -> new SourceFile(path, name(path))).toList());
    received.addAll(files);
    sort(files, 0);
  }

  // Who hands in a shapefile by its .shp means the files beside it as well.
  private static List<Path> companions(Path path) throws IOException {
    String name = name(path);
    Path folder = path.toAbsolutePath().getParent();
    if (folder == null || !name.toLowerCase(Locale.ROOT).endsWith(".shp")) {
      return List.of();
    }
    String stem = name.substring(0, name.length() - 3);
    try (Stream<Path> beside = Files.list(folder)) {
      return beside
          .filter(other -> name(other).startsWith(stem) && Files.isRegularFile(other))
          .filter(other -> !name(other).equals(name))
          .map(other -> path.resolveSibling(name(other)))
          .sorted()
          .toList();
    }
  }

  private void walkFolder(Path root, Path folder, String prefix) throws IOException {
    List<SourceFile> files = new ArrayList<>();
    List<Path> folders = new ArrayList<>();
    List<Path> children;
    try (Stream<Path> listed = Files.list(folder)) {
      children = listed.sorted(Comparator.comparing(SourceScan::name)).toList();
    }
    for (Path child : children) {
      String shown = prefix + name(child);
      if (Files.isSymbolicLink(child) && !staysInside(root, child)) {
        report(FindingCode.FILE_REFUSED, shown, shown, "a symbolic link to somewhere else");
      } else if (Files.isDirectory(child)) {
        if (isLeftover(name(child))) {
          report(
              FindingCode.FILE_UNKNOWN, shown, null, "a folder that programs keep for themselves");
        } else if (!Files.isSymbolicLink(child)) {
          folders.add(child);
        }
      } else {
        files.add(new SourceFile(child, shown));
      }
    }
    received.addAll(files);
    sort(files, 0);
    for (Path child : folders) {
      walkFolder(root, child, prefix + name(child) + "/");
    }
  }

  private static boolean staysInside(Path root, Path link) throws IOException {
    return Files.exists(link) && link.toRealPath().startsWith(root);
  }

  /** Sorts the files of folders that stand on one level into datasets, then opens archives. */
  private void sort(List<SourceFile> files, int depth) throws IOException {
    Map<String, List<SourceFile>> byFolder = new LinkedHashMap<>();
    List<SourceFile> archives = new ArrayList<>();
    for (SourceFile file : files) {
      if (isUsable(file)) {
        if (isArchive(file)) {
          archives.add(file);
        } else {
          byFolder.computeIfAbsent(file.folder(), key -> new ArrayList<>()).add(file);
        }
      }
    }
    for (List<SourceFile> folder : byFolder.values()) {
      claim(folder);
    }
    for (SourceFile archive : archives) {
      unpack(archive, depth + 1);
    }
  }

  private void claim(List<SourceFile> folder) throws IOException {
    Map<SourceFile, Integer> order = new HashMap<>();
    for (int i = 0; i < folder.size(); i++) {
      order.put(folder.get(i), i);
    }
    List<SourceFile> left = new ArrayList<>(folder);
    List<Dataset> claimed = new ArrayList<>();
    for (Format format : Formats.readers()) {
      for (Dataset dataset : format.claim(List.copyOf(left))) {
        claimed.add(dataset);
        left.removeAll(dataset.files());
      }
    }
    claimed.sort(Comparator.comparingInt(dataset -> order.getOrDefault(dataset.primary(), 0)));
    datasets.addAll(claimed);
    for (SourceFile file : left) {
      report(
          FindingCode.FILE_UNKNOWN,
          file.displayName(),
          null,
          file.extension().isEmpty()
              ? "a name without an extension"
              : "the extension ." + file.extension());
    }
  }

  private void unpack(SourceFile archive, int depth) throws IOException {
    String name = archive.displayName();
    if (depth > limits.archiveDepth()) {
      refuse(name, "archives inside archives, more than " + limits.archiveDepth() + " deep");
      return;
    }
    List<SourceFile> files = new ArrayList<>();
    try {
      List<Unpacker.Unpacked> unpacked =
          archive.extension().equals("gz")
              ? List.of(Unpacker.gzip(archive.path(), archive.fileName(), budget))
              : Unpacker.zip(archive.path(), budget);
      for (Unpacker.Unpacked entry : unpacked) {
        files.add(new SourceFile(entry.path(), name + "!/" + entry.name()));
      }
    } catch (ArchiveException e) {
      String reason = String.valueOf(e.getMessage());
      if (e.isDamaged()) {
        findings.add(
            Finding.of(FindingCode.FILE_UNREADABLE, name, null, reason, Finding.Action.REFUSED));
      } else {
        refuse(name, reason);
      }
      return;
    }
    if (files.isEmpty()) {
      report(FindingCode.FILE_EMPTY, name, null, "an archive without files");
    }
    files.sort(Comparator.comparing(SourceFile::displayName));
    sort(files, depth);
  }

  private void refuse(String archive, String reason) {
    findings.add(
        Finding.of(FindingCode.FILE_REFUSED, archive, archive, reason, Finding.Action.REFUSED));
  }

  private boolean isUsable(SourceFile file) throws IOException {
    String name = file.displayName();
    for (String part : name.split("/")) {
      if (isLeftover(part)) {
        report(FindingCode.FILE_UNKNOWN, name, null, "a file that programs keep for themselves");
        return false;
      }
    }
    if (README.matcher(file.fileName()).matches()) {
      report(FindingCode.FILE_UNKNOWN, name, null, "a text about the data");
      return false;
    }
    if (!Files.isRegularFile(file.path()) || !Files.isReadable(file.path())) {
      findings.add(
          Finding.of(
              FindingCode.FILE_UNREADABLE,
              name,
              null,
              Files.exists(file.path(), LinkOption.NOFOLLOW_LINKS)
                  ? "not an ordinary file, or no permission to read it"
                  : "there is no such file",
              Finding.Action.REFUSED));
      return false;
    }
    if (Files.size(file.path()) == 0) {
      report(FindingCode.FILE_EMPTY, name, null, "0 bytes");
      return false;
    }
    return true;
  }

  private static boolean isLeftover(String name) {
    return name.startsWith(".") && name.length() > 1
        || name.startsWith("~$")
        || LEFT_BY_DESKTOPS.contains(name.toLowerCase(Locale.ROOT));
  }

  private static boolean isArchive(SourceFile file) {
    return switch (file.extension()) {
      case "zip", "shz", "gz" -> true;
      default -> false;
    };
  }

  private void reportCopies() throws IOException {
    Map<Long, List<Dataset>> bySize = new LinkedHashMap<>();
    for (Dataset dataset : datasets) {
      bySize
          .computeIfAbsent(Files.size(dataset.primary().path()), key -> new ArrayList<>())
          .add(dataset);
    }
    for (List<Dataset> candidates : bySize.values()) {
      Map<String, SourceFile> first = new HashMap<>();
      for (Dataset dataset : candidates.size() > 1 ? candidates : List.<Dataset>of()) {
        SourceFile original = first.putIfAbsent(content(dataset), dataset.primary());
        if (original != null) {
          findings.add(
              Finding.of(
                  FindingCode.FILE_DUPLICATE,
                  dataset.primary().displayName(),
                  original.displayName(),
                  "SHA-256 " + sha256(dataset.primary()),
                  Finding.Action.KEPT));
        }
      }
    }
  }

  private String content(Dataset dataset) throws IOException {
    Map<String, String> parts = new TreeMap<>();
    for (SourceFile file : dataset.files()) {
      if (!NOT_DATA.contains(file.extension())) {
        String role =
            dataset.files().size() == 1 || file.equals(dataset.primary()) ? "" : file.extension();
        parts.merge(role, sha256(file), (a, b) -> a.compareTo(b) < 0 ? a + b : b + a);
      }
    }
    return parts.toString();
  }

  private void report(FindingCode code, String source, @Nullable String subject, String evidence) {
    findings.add(Finding.of(code, source, subject, evidence, Finding.Action.KEPT));
  }

  private static String name(Path path) {
    return String.valueOf(path.getFileName());
  }

  private static String digest(Path path) throws IOException {
    try (InputStream in = Files.newInputStream(path)) {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      byte[] block = new byte[1 << 16];
      for (int n = in.read(block); n >= 0; n = in.read(block)) {
        sha.update(block, 0, n);
      }
      return HexFormat.of().formatHex(sha.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
