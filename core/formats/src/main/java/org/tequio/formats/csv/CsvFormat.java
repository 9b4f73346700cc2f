package org.tequio.formats.csv;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.Finding;
import org.tequio.feature.FindingCode;
import org.tequio.feature.Findings;
import org.tequio.feature.GeometryType;
import org.tequio.feature.Severity;
import org.tequio.formats.Dataset;
import org.tequio.formats.Format;
import org.tequio.formats.FormatException;
import org.tequio.formats.Limits;
import org.tequio.formats.ReadContext;
import org.tequio.formats.SourceCrs;
import org.tequio.formats.SourceDataset;
import org.tequio.formats.SourceField;
import org.tequio.formats.SourceFile;
import org.tequio.formats.SourceLayer;
import org.tequio.formats.table.PlaceFinder;
import org.tequio.formats.table.TableGeometry;
import org.tequio.formats.table.TableHeader;
import org.tequio.formats.table.TableRows;
import org.tequio.formats.text.TextEncoding;

/**
 * Reads delimited text: CSV, TSV, TAB, and TXT that looks like a table. Delimiter, encoding, header
 * and the columns with coordinates are deduced; all values stay text. An empty cell is null, a
 * quoted empty one is an empty text.
 */
public final class CsvFormat implements Format {
  private static final Set<String> EXTENSIONS = Set.of("csv", "tsv", "tab");
  private static final int HEAD_BYTES = 1 << 19;
  private static final int CLAIM_BYTES = 1 << 14;
  private static final int SAMPLE_ROWS = 2_000;
  private static final long ENCODING_BYTES = 64L << 20;

  @Override
  public String name() {
    return "CSV";
  }

  @Override
  public List<Dataset> claim(List<SourceFile> folder) throws IOException {
    List<Dataset> claimed = new ArrayList<>();
    for (SourceFile file : folder) {
      boolean named = EXTENSIONS.contains(file.extension());
      if (named || (file.extension().equals("txt") && isTable(file.path()))) {
        claimed.add(Dataset.of(this, file));
      }
    }
    return claimed;
  }

  // Prose has commas too: only rows that agree are a table.
  private static boolean isTable(Path path) throws IOException {
    byte[] start = start(path, CLAIM_BYTES);
    TextEncoding encoding = TextEncoding.of(start);
    String head = decode(start, encoding);
    if (controls(head) > head.length() / 50) {
      return false;
    }
    Dialect dialect = Dialect.of(head, start.length < CLAIM_BYTES);
    double wanted = dialect.delimiter() == ',' ? 0.98 : 0.9;
    return dialect.columns() >= 2 && dialect.rows() >= 2 && dialect.agreement() >= wanted;
  }

  @Override
  public SourceDataset open(Dataset dataset, ReadContext context)
      throws IOException, FormatException {
    SourceFile file = dataset.primary();
    TextEncoding encoding = TextEncoding.ofFile(file.path(), ENCODING_BYTES);
    byte[] start = start(file.path(), HEAD_BYTES);
    String head = decode(start, encoding);
    if (controls(head) > head.length() / 10) {
      throw new FormatException(
          FindingCode.FILE_UNREADABLE, "byte 0: this is no text, in spite of its name");
    }
    boolean whole = start.length < HEAD_BYTES;
    Dialect dialect = Dialect.of(head, whole);
    List<@Nullable String[]> rows = Dialect.rows(head, dialect.delimiter(), whole, SAMPLE_ROWS);
    if (rows.isEmpty() && !whole) {
      throw new FormatException(
          FindingCode.FILE_REFUSED, "line 1: no row ends within " + HEAD_BYTES + " bytes");
    }
    if (rows.isEmpty()) {
      throw new FormatException(FindingCode.FILE_EMPTY, "line 1: nothing stands in the file");
    }
    TableHeader header = TableHeader.find(rows);
    Limits limits = context.limits();
    if (header.names().size() > limits.columns()) {
      throw new FormatException(
          FindingCode.FILE_REFUSED,
          "line 1: " + header.names().size() + " columns, at most " + limits.columns());
    }
    report(context.findings(), file.displayName(), encoding, header, rows);
    TableGeometry geometry =
        PlaceFinder.find(header.names(), rows.subList(header.row() + 1, rows.size()));
    CsvLayer layer = new CsvLayer(file, encoding, dialect.delimiter(), header, geometry, context);
    return new CsvDataset(layer);
  }

  private static void report(
      Findings findings,
      String source,
      TextEncoding encoding,
      TableHeader header,
      List<@Nullable String[]> rows) {
    if (!encoding.certain()) {
      findings.add(
          Finding.of(
              FindingCode.ENCODING_GUESSED,
              source,
              encoding.charset().name(),
              encoding.evidence(),
              Finding.Action.ASSUMED));
    }
    for (String name : header.duplicates()) {
      findings.add(
          Finding.of(
              FindingCode.FIELD_NAME_DUPLICATE,
              source,
              name,
              "the second is called " + name + "_2",
              Finding.Action.ASSUMED));
    }
    if (header.row() > 0) {
      List<Finding.Example> titles = new ArrayList<>();
      for (@Nullable String[] row : rows.subList(0, header.row())) {
        titles.add(Finding.Example.of(0, String.join(" ", present(row))));
      }
      findings.add(
          new Finding(
              FindingCode.LINES_BEFORE_HEADER,
              Severity.NOTE,
              source,
              null,
              titles.size(),
              titles.size() + " lines stand before the names of the columns",
              Finding.Action.SET_ASIDE,
              titles));
    }
  }

  private static List<String> present(@Nullable String[] row) {
    List<String> texts = new ArrayList<>();
    for (String cell : row) {
      if (cell != null && !cell.isBlank()) {
        texts.add(cell);
      }
    }
    return texts;
  }

  private static byte[] start(Path path, int bytes) throws IOException {
    try (InputStream in = Files.newInputStream(path)) {
      return in.readNBytes(bytes);
    }
  }

  private static String decode(byte[] start, TextEncoding encoding) {
    int mark = Math.min(encoding.markBytes(), start.length);
    return new String(start, mark, start.length - mark, encoding.charset());
  }

  private static int controls(String text) {
    int controls = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      controls += c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f' ? 1 : 0;
    }
    return controls;
  }

  /** One file, one table. */
  private record CsvDataset(CsvLayer layer) implements SourceDataset {
    @Override
    public List<SourceLayer> layers() {
      return List.of(layer);
    }

    @Override
    public void close() {}
  }

  /** The table. */
  private static final class CsvLayer implements SourceLayer {
    private final SourceFile file;
    private final TextEncoding encoding;
    private final char delimiter;
    private final TableHeader header;
    private final TableGeometry geometry;
    private final ReadContext context;
    private boolean reported;

    CsvLayer(
        SourceFile file,
        TextEncoding encoding,
        char delimiter,
        TableHeader header,
        TableGeometry geometry,
        ReadContext context) {
      this.file = file;
      this.encoding = encoding;
      this.delimiter = delimiter;
      this.header = header;
      this.geometry = geometry;
      this.context = context;
    }

    @Override
    public String name() {
      return file.stem();
    }

    @Override
    public List<SourceField> fields() {
      return header.names().stream().map(SourceField::untyped).toList();
    }

    @Override
    public GeometryType declaredGeometry() {
      return geometry.type();
    }

    @Override
    public SourceCrs crs() {
      return geometry.crs();
    }

    @Override
    public long declaredCount() {
      return -1;
    }

    @Override
    public void read(FeatureSink sink) throws IOException {
      Findings findings = reported ? new Findings() : context.findings();
      reported = true;
      int width = header.names().size();
      TableRows rows = new TableRows(file.displayName(), width, geometry, findings, sink);
      long total = Files.size(file.path());
      try (Reader in = reader(file.path(), encoding)) {
        DelimitedLexer lexer =
            new DelimitedLexer(
                in, delimiter, context.limits().textBytes(), context.limits().columns() + 1);
        int skip = header.row() + 1;
        long read = 0;
        while (lexer.next()) {
          if (lexer.isBlank()) {
            continue;
          }
          if (skip > 0 && lexer.fault().isEmpty()) {
            skip--;
            continue;
          }
          if ((++read & 0xfff) == 0) {
            context.progress().check();
            context.progress().step(file.fileName(), Math.min(total, read), total);
          }
          row(lexer, rows, sink);
        }
        if (lexer.nuls() > 0) {
          findings.add(
              new Finding(
                  FindingCode.VALUE_UNREADABLE,
                  Severity.WARNING,
                  file.displayName(),
                  "NUL",
                  lexer.nuls(),
                  lexer.nuls() + " NUL characters were dropped",
                  Finding.Action.ASSUMED,
                  List.of()));
        }
      }
    }

    private void row(DelimitedLexer lexer, TableRows rows, FeatureSink sink) {
      @Nullable String[] cells = lexer.cells();
      if (!lexer.fault().isEmpty()) {
        sink.setAside(
            lexer.line(),
            "line " + lexer.line() + ": " + lexer.fault(),
            String.join(" | ", present(cells)));
      } else if (lexer.width() > cells.length) {
        sink.setAside(
            lexer.line(),
            "line " + lexer.line() + ": " + lexer.width() + " cells",
            String.join(" | ", present(cells).subList(0, Math.min(5, present(cells).size()))));
      } else {
        @Nullable Object[] values = new @Nullable Object[cells.length];
        System.arraycopy(cells, 0, values, 0, cells.length);
        rows.row(lexer.line(), values);
      }
    }

    private static Reader reader(Path path, TextEncoding encoding) throws IOException {
      InputStream in = new BufferedInputStream(Files.newInputStream(path), 1 << 16);
      in.skipNBytes(encoding.markBytes());
      Charset charset = encoding.charset();
      return new BufferedReader(
          new InputStreamReader(
              in,
              charset
                  .newDecoder()
                  .onMalformedInput(CodingErrorAction.REPLACE)
                  .onUnmappableCharacter(CodingErrorAction.REPLACE)),
          1 << 16);
    }
  }
}
