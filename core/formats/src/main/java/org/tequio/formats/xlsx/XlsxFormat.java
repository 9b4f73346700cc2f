package org.tequio.formats.xlsx;

import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.FieldType;
import org.tequio.feature.Finding;
import org.tequio.feature.FindingCode;
import org.tequio.feature.Findings;
import org.tequio.feature.GeometryType;
import org.tequio.feature.Severity;
import org.tequio.formats.Dataset;
import org.tequio.formats.Format;
import org.tequio.formats.FormatException;
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

/**
 * Reads XLSX workbooks: every sheet that holds something is a table. The header is found below
 * titles; formulas give the value that was stored with them; a date with a time of day is text,
 * since a sheet knows no time zone. A column whose cells are all of one type has that type.
 */
public final class XlsxFormat implements Format {
  private static final int SAMPLE = 1_000;

  @Override
  public String name() {
    return "XLSX";
  }

  @Override
  public List<Dataset> claim(List<SourceFile> folder) {
    return folder.stream()
        .filter(file -> file.extension().equals("xlsx") || file.extension().equals("xlsm"))
        .filter(file -> !file.fileName().startsWith("~$"))
        .map(file -> Dataset.of(this, file))
        .toList();
  }

  @Override
  public SourceDataset open(Dataset dataset, ReadContext context)
      throws IOException, FormatException {
    SourceFile file = dataset.primary();
    Workbook workbook = Workbook.open(file.path(), context);
    List<SheetLayer> layers = new ArrayList<>();
    for (Workbook.Sheet sheet : workbook.sheets()) {
      SheetLayer layer = sheet(file, workbook, sheet, context);
      if (layer != null) {
        layers.add(layer);
      }
    }
    if (layers.isEmpty()) {
      throw new FormatException(FindingCode.FILE_EMPTY, "byte 0: no sheet holds anything");
    }
    return new XlsxDataset(List.copyOf(layers));
  }

  private static @Nullable SheetLayer sheet(
      SourceFile file, Workbook workbook, Workbook.Sheet sheet, ReadContext context)
      throws IOException, FormatException {
    List<@Nullable Object[]> head = new ArrayList<>();
    List<Long> numbers = new ArrayList<>();
    workbook.forEach(
        sheet,
        context,
        (number, cells) -> {
          head.add(cells);
          numbers.add(number);
          return head.size() < SAMPLE;
        });
    if (head.isEmpty()) {
      return null;
    }
    TableHeader header = TableHeader.find(head);
    String source =
        workbook.sheets().size() > 1 ? file.displayName() + "#" + sheet.name() : file.displayName();
    long headerRow = header.row() < 0 ? 0 : numbers.get(header.row());
    report(context.findings(), source, header, head);
    TableGeometry geometry =
        PlaceFinder.find(header.names(), head.subList(header.row() + 1, head.size()));
    Types types = new Types(header.names().size());
    workbook.forEach(
        sheet,
        context,
        (number, cells) -> {
          if (number > headerRow) {
            types.see(cells);
          }
          return true;
        });
    return new SheetLayer(
        source, workbook, sheet, context, header.names(), headerRow, geometry, types);
  }

  private static void report(
      Findings findings, String source, TableHeader header, List<@Nullable Object[]> head) {
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
      for (@Nullable Object[] cells : head.subList(0, header.row())) {
        StringBuilder text = new StringBuilder();
        for (Object cell : cells) {
          text.append(cell == null ? "" : cell + " ");
        }
        titles.add(Finding.Example.of(0, text.toString().strip()));
      }
      findings.add(
          new Finding(
              FindingCode.LINES_BEFORE_HEADER,
              Severity.NOTE,
              source,
              null,
              titles.size(),
              titles.size() + " rows stand before the names of the columns",
              Finding.Action.SET_ASIDE,
              titles));
    }
  }

  /** Which types the cells of each column have. */
  private static final class Types {
    private final @Nullable FieldType[] types;
    private final boolean[] mixed;
    private long rows;

    Types(int columns) {
      types = new @Nullable FieldType[columns];
      mixed = new boolean[columns];
    }

    void see(@Nullable Object[] cells) {
      rows++;
      for (int i = 0; i < Math.min(cells.length, types.length); i++) {
        FieldType seen = type(cells[i]);
        FieldType known = types[i];
        if (seen == null || seen == known) {
          continue;
        }
        boolean numbers = isNumber(seen) && known != null && isNumber(known);
        mixed[i] |= known != null && !numbers;
        types[i] = numbers ? FieldType.DECIMAL : seen;
      }
    }

    private static boolean isNumber(FieldType type) {
      return type == FieldType.INTEGER || type == FieldType.DECIMAL;
    }

    private static @Nullable FieldType type(@Nullable Object cell) {
      return switch (cell) {
        case null -> null;
        case Long _ -> FieldType.INTEGER;
        case Double _ -> FieldType.DECIMAL;
        case Boolean _ -> FieldType.BOOLEAN;
        case LocalDate _ -> FieldType.DATE;
        default -> FieldType.TEXT;
      };
    }

    SourceField field(String name, int column) {
      FieldType type = types[column];
      return type == null || type == FieldType.TEXT || mixed[column]
          ? SourceField.untyped(name)
          : SourceField.typed(name, type);
    }

    @Nullable Object fit(@Nullable Object cell, int column) {
      FieldType type = types[column];
      if (cell == null || cell instanceof String) {
        return cell;
      }
      if (mixed[column]) {
        return cell.toString();
      }
      return type == FieldType.DECIMAL && cell instanceof Long whole ? whole.doubleValue() : cell;
    }
  }

  /** The sheets of one workbook. */
  private record XlsxDataset(List<SourceLayer> layers) implements SourceDataset {
    XlsxDataset {
      layers = List.copyOf(layers);
    }

    @Override
    public void close() {}
  }

  /** One sheet. */
  private static final class SheetLayer implements SourceLayer {
    private final String source;
    private final Workbook workbook;
    private final Workbook.Sheet sheet;
    private final ReadContext context;
    private final List<String> names;
    private final long headerRow;
    private final TableGeometry geometry;
    private final Types types;
    private boolean reported;

    SheetLayer(
        String source,
        Workbook workbook,
        Workbook.Sheet sheet,
        ReadContext context,
        List<String> names,
        long headerRow,
        TableGeometry geometry,
        Types types) {
      this.source = source;
      this.workbook = workbook;
      this.sheet = sheet;
      this.context = context;
      this.names = names;
      this.headerRow = headerRow;
      this.geometry = geometry;
      this.types = types;
    }

    @Override
    public String name() {
      return sheet.name();
    }

    @Override
    public List<SourceField> fields() {
      List<SourceField> fields = new ArrayList<>();
      for (int i = 0; i < names.size(); i++) {
        fields.add(types.field(names.get(i), i));
      }
      return fields;
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
      return types.rows;
    }

    @Override
    public void read(FeatureSink sink) throws IOException, FormatException {
      Findings findings = reported ? new Findings() : context.findings();
      reported = true;
      TableRows rows = new TableRows(source, names.size(), geometry, findings, sink);
      workbook.forEach(
          sheet,
          context,
          (number, cells) -> {
            if (number > headerRow) {
              @Nullable Object[] values =
                  cells.length < names.size() ? Arrays.copyOf(cells, names.size()) : cells;
              for (int i = 0; i < names.size(); i++) {
                values[i] = types.fit(values[i], i);
              }
              rows.row(number, values);
            }
            return true;
          });
    }
  }
}
