package org.tequio.feature;

import java.util.Arrays;
import java.util.List;

/**
 * Writes one layer of a vector tile (Mapbox Vector Tile specification 2.1) straight from WKB: no
 * geometry object is made on the way. Exterior rings turn as the specification wants, rings without
 * area and lines of one point are left out, a geometry collection becomes one feature for each
 * dimension in it. What was added stays until the next {@link #begin}, so that {@link #toBytes} can
 * be asked again for less of it. Not thread-safe.
 */
public final class MvtWriter {
  private static final int POINT = 1;
  private static final int LINE = 2;
  private static final int POLYGON = 3;
  private static final int MOVE_TO = 1;
  private static final int LINE_TO = 2;
  private static final int CLOSE_PATH = 7 | 1 << 3;
  private static final int MAX_DEPTH = 16;

  private final ProtoBytes geometry = new ProtoBytes(64 * 1024);
  private final ProtoBytes layer = new ProtoBytes(1024);

  /** Values of rows that bring no table of their own, or of more than one table. */
  private final MvtValues own = new MvtValues();

  /** Where the features' values are: in this writer's own table, or in that of all rows. */
  private MvtValues values = own;

  private final ValueOrder order = new ValueOrder();
  private final TilePath path = new TilePath();
  private final TilePath part = new TilePath();
  private long[] cells = new long[0];
  private int[] grid = new int[1024];
  private int gridSize;
  private int pointCount;

  private String name = "";
  private List<String> keys = List.of();
  private TileTransform transform;
  private MvtDetail detail = MvtDetail.FULL;
  private long id;

  // One entry a feature, in columns.
  private int written;
  private long[] ids = new long[1024];
  private byte[] types = new byte[1024];
  private int[] geometryEnds = new int[1024];
  private int[] valueNumbers = new int[8 * 1024];

  /** For each key whether no value of it comes twice. */
  private boolean[] unique = new boolean[0];

  private int[] tags = new int[0];
  private int cursorX;
  private int cursorY;
  private int polygonPart;

  /** A writer for many tiles; {@link #begin} comes first. */
  public MvtWriter() {
    transform =
        TileTransform.of(new TileCoord(0, 0, 0), CrsRegistry.standard(), Crs.WEB_MERCATOR, null);
  }

  /**
   * Begins a tile.
   *
   * @param layerName the layer's name inside the tile
   * @param keyNames the properties, in the order in which {@link #add} gets their fields
   */
  public void begin(
      String layerName, List<String> keyNames, TileTransform tileTransform, MvtDetail tileDetail) {
    name = layerName;
    keys = List.copyOf(keyNames);
    transform = tileTransform;
    detail = tileDetail;
    geometry.size = 0;
    own.reset();
    values = own;
    written = 0;
    unique = new boolean[keyNames.size()];
    tags = new int[2 * keyNames.size()];
    if (tileDetail.pointCell() > 0) {
      int side = (int) (TilePath.MAX - TilePath.MIN) / tileDetail.pointCell() + 1;
      int words = (side * side + 63) / 64;
      if (cells.length < words) {
        cells = new long[words];
      } else {
        Arrays.fill(cells, 0);
      }
    }
  }

  /**
   * Adds a feature; its values are read only when something of its geometry is in the tile.
   *
   * @param fields for each key the position of its value in the row
   * @return true where something was written
   */
  public boolean add(FeatureRow row, int[] fields) {
    byte[] wkb = row.wkb();
    if (wkb == null || transform.isEmpty() || !detail.keeps(row.id())) {
      return false;
    }
    id = row.id();
    int at = row.wkbOffset();
    boolean any = false;
    if (Wkb.type(wkb, at) == GeometryType.GEOMETRYCOLLECTION) {
      for (int type = POLYGON; type >= POINT; type--) {
        any |= add(wkb, at, type, row, fields);
      }
      return any;
    }
    int dimension = Wkb.type(wkb, at).dimension();
    return dimension >= 0 && add(wkb, at, dimension + 1, row, fields);
  }

  private boolean add(byte[] wkb, int at, int type, FeatureRow row, int[] fields) {
    int before = geometry.size;
    cursorX = 0;
    cursorY = 0;
    polygonPart = 0;
    gridSize = 0;
    pointCount = 0;
    geometry(wkb, at, type, 0);
    if (pointCount > 0) {
      geometry.reserve(10 * pointCount + 16);
      command(MOVE_TO, pointCount);
      for (int i = 0; i < 2 * pointCount; i += 2) {
        moveCursor(grid[i], grid[i + 1]);
      }
    }
    if (geometry.size == before) {
      return false;
    }
    keep(type, row, fields);
    return true;
  }

  private void keep(int type, FeatureRow row, int[] fields) {
    int width = fields.length;
    if (written == ids.length) {
      ids = Arrays.copyOf(ids, 2 * written);
      types = Arrays.copyOf(types, 2 * written);
      geometryEnds = Arrays.copyOf(geometryEnds, 2 * written);
    }
    if ((written + 1) * width > valueNumbers.length) {
      valueNumbers = Arrays.copyOf(valueNumbers, 2 * (written + 1) * width);
    }
    ids[written] = id;
    types[written] = (byte) type;
    geometryEnds[written] = geometry.size;
    if (row instanceof PackedRows.Row packed && sharesTable(packed, fields)) {
      for (int k = 0; k < width; k++) {
        valueNumbers[written * width + k] = packed.number(fields[k]);
      }
    } else {
      keepOwn(row, fields);
    }
    written++;
  }

  /** True where the values of all features so far, and of this one, are in the row's table. */
  private boolean sharesTable(PackedRows.Row row, int[] fields) {
    if (written == 0) {
      values = row.values();
      for (int k = 0; k < fields.length; k++) {
        unique[k] = row.isUnique(fields[k]);
      }
    }
    return values == row.values();
  }

  private void keepOwn(FeatureRow row, int[] fields) {
    if (values != own) {
      int all = written * fields.length;
      for (int i = 0; i < all; i++) {
        int number = valueNumbers[i];
        valueNumbers[i] = number < 0 ? -1 : own.numberOf(values, number);
      }
      values = own;
      Arrays.fill(unique, false);
    }
    for (int k = 0; k < fields.length; k++) {
      int number = -1;
      if (row instanceof PackedRows.Row packed) {
        int theirs = packed.number(fields[k]);
        number = theirs < 0 ? -1 : own.numberOf(packed.values(), theirs);
      } else {
        Object value = row.value(fields[k]);
        number = value == null ? -1 : own.numberOf(value);
      }
      valueNumbers[written * fields.length + k] = number;
    }
  }

  /** Writes the parts of one dimension; returns the position after the geometry. */
  private int geometry(byte[] wkb, int at, int type, int depth) {
    if (depth > MAX_DEPTH) {
      throw new IllegalArgumentException("geometry collections nested too deep");
    }
    int code = Wkb.getInt(wkb, at + 1);
    int stride = 16 + (code / 1000 == 0 ? 0 : code / 1000 == 3 ? 16 : 8);
    int p = at + 5;
    switch (code % 1000) {
      case 1 -> {
        if (type == POINT) {
          point(wkb, p);
        }
        return p + stride;
      }
      case 2 -> {
        int n = Wkb.getInt(wkb, p);
        if (type == LINE) {
          line(wkb, p + 4, stride, n);
        }
        return p + 4 + n * stride;
      }
      case 3 -> {
        return polygon(wkb, p, stride, type == POLYGON);
      }
      default -> {
        int parts = Wkb.getInt(wkb, p);
        p += 4;
        for (int i = 0; i < parts; i++) {
          p = geometry(wkb, p, type, depth + 1);
        }
        return p;
      }
    }
  }

  private void point(byte[] wkb, int at) {
    path.read(wkb, at, 16, 1);
    if (transform.needsClip() && !transform.domain().contains(path.xy[0], path.xy[1])) {
      return;
    }
    path.transform(transform);
    if (path.n == 0 || path.isOutside(TilePath.MIN, TilePath.MIN, TilePath.MAX, TilePath.MAX)) {
      return;
    }
    int x = rounded(path.xy[0]);
    int y = rounded(path.xy[1]);
    if (detail.pointCell() == 0 || isFirstInCell(x, y)) {
      grid(x, y);
      pointCount++;
    }
  }

  private boolean isFirstInCell(int x, int y) {
    int side = (int) (TilePath.MAX - TilePath.MIN) / detail.pointCell() + 1;
    int cell =
        (y + TileTransform.BUFFER) / detail.pointCell() * side
            + (x + TileTransform.BUFFER) / detail.pointCell();
    long bit = 1L << (cell & 63);
    boolean first = (cells[cell >> 6] & bit) == 0;
    cells[cell >> 6] |= bit;
    return first;
  }

  private void line(byte[] wkb, int at, int stride, int n) {
    path.read(wkb, at, stride, n);
    if (transform.needsClip()) {
      Bbox box = transform.domain();
      path.measure();
      if (!path.isInside(box.minX(), box.minY(), box.maxX(), box.maxY())) {
        cutLine(box, true);
        return;
      }
    }
    path.transform(transform);
    tileLine();
  }

  private void tileLine() {
    if (path.isInside(TilePath.MIN, TilePath.MIN, TilePath.MAX, TilePath.MAX)) {
      part.copy(path, 0, path.n);
      linePart();
    } else if (!path.isOutside(TilePath.MIN, TilePath.MIN, TilePath.MAX, TilePath.MAX)) {
      cutLine(new Bbox(TilePath.MIN, TilePath.MIN, TilePath.MAX, TilePath.MAX), false);
    }
  }

  /** Cuts the line in {@link #path} to a box, segment by segment, and goes on with each piece. */
  private void cutLine(Bbox box, boolean beforeTransform) {
    double[] xy = Arrays.copyOf(path.xy, 2 * path.n);
    part.n = 0;
    double[] t = new double[2];
    for (int i = 0; i + 3 < xy.length; i += 2) {
      double dx = xy[i + 2] - xy[i];
      double dy = xy[i + 3] - xy[i + 1];
      boolean seen = clipSegment(xy[i], xy[i + 1], dx, dy, box, t);
      if (seen && part.n == 0) {
        part.add(xy[i] + t[0] * dx, xy[i + 1] + t[0] * dy);
      }
      if (seen) {
        part.add(xy[i] + t[1] * dx, xy[i + 1] + t[1] * dy);
      }
      if ((!seen || t[1] < 1) && part.n > 0) {
        piece(beforeTransform);
      }
    }
    if (part.n > 0) {
      piece(beforeTransform);
    }
  }

  private void piece(boolean beforeTransform) {
    if (beforeTransform) {
      path.copy(part, 0, part.n);
      path.transform(transform);
      part.n = 0;
      tileLine();
    } else {
      linePart();
    }
    part.n = 0;
  }

  /** Liang and Barsky: between which shares of the segment it is inside. */
  private static boolean clipSegment(
      double x, double y, double dx, double dy, Bbox box, double[] t) {
    t[0] = 0;
    t[1] = 1;
    return clipAxis(-dx, x - box.minX(), t)
        && clipAxis(dx, box.maxX() - x, t)
        && clipAxis(-dy, y - box.minY(), t)
        && clipAxis(dy, box.maxY() - y, t);
  }

  private static boolean clipAxis(double p, double q, double[] t) {
    if (p == 0) {
      return q >= 0;
    }
    double r = q / p;
    if (p < 0) {
      t[0] = Math.max(t[0], r);
    } else {
      t[1] = Math.min(t[1], r);
    }
    return t[0] <= t[1];
  }

  private void linePart() {
    part.simplify(detail.tolerance());
    gridSize = 0;
    for (int i = 0; i < part.n; i++) {
      int x = rounded(part.xy[2 * i]);
      int y = rounded(part.xy[2 * i + 1]);
      if (gridSize == 0 || grid[gridSize - 2] != x || grid[gridSize - 1] != y) {
        grid(x, y);
      }
    }
    if (gridSize >= 4) {
      geometry.reserve(5 * gridSize + 16);
      command(MOVE_TO, 1);
      moveCursor(grid[0], grid[1]);
      command(LINE_TO, gridSize / 2 - 1);
      for (int i = 2; i < gridSize; i += 2) {
        moveCursor(grid[i], grid[i + 1]);
      }
    }
  }

  private int polygon(byte[] wkb, int at, int stride, boolean wanted) {
    int rings = Wkb.getInt(wkb, at);
    int p = at + 4;
    boolean drawn = wanted;
    for (int i = 0; i < rings; i++) {
      int n = Wkb.getInt(wkb, p);
      p += 4;
      if (drawn) {
        path.read(wkb, p, stride, n);
        boolean shown = ring(i == 0);
        drawn = i == 0 ? shown : drawn;
      }
      p += n * stride;
    }
    polygonPart++;
    return p;
  }

  /** Writes the ring in {@link #path}; false where nothing of it shows. */
  private boolean ring(boolean exterior) {
    if (transform.needsClip()) {
      Bbox box = transform.domain();
      path.measure();
      if (!path.isInside(box.minX(), box.minY(), box.maxX(), box.maxY())) {
        path.clipRing(box.minX(), box.minY(), box.maxX(), box.maxY());
      }
    }
    path.transform(transform);
    if (path.n < 3 || path.isOutside(TilePath.MIN, TilePath.MIN, TilePath.MAX, TilePath.MAX)) {
      return false;
    }
    if (isTiny()) {
      double area = Math.abs(path.doubleArea()) / 2;
      if (area < detail.tinyArea()) {
        return exterior && tiny(area);
      }
    }
    if (!path.isInside(TilePath.MIN, TilePath.MIN, TilePath.MAX, TilePath.MAX)) {
      path.clipRing(TilePath.MIN, TilePath.MIN, TilePath.MAX, TilePath.MAX);
    }
    path.simplify(detail.tolerance());
    return ringPart(exterior);
  }

  // The area can only be small where the envelope is not large.
  private boolean isTiny() {
    return detail.tinyArea() > 0
        && (path.maxX - path.minX) * (path.maxY - path.minY) < 64 * detail.tinyArea();
  }

  private boolean tiny(double area) {
    if (!detail.draws(id, polygonPart, area)) {
      return false;
    }
    path.squareOf(detail.tinyArea());
    path.clipRing(TilePath.MIN, TilePath.MIN, TilePath.MAX, TilePath.MAX);
    // The square stands for the whole part: its holes are not drawn.
    ringPart(true);
    return false;
  }

  private boolean ringPart(boolean exterior) {
    gridSize = 0;
    for (int i = 0; i + 1 < path.n; i++) {
      corner(rounded(path.xy[2 * i]), rounded(path.xy[2 * i + 1]));
    }
    closeRing();
    int n = gridSize / 2;
    long area = gridArea(n);
    if (n < 3 || area == 0) {
      return false;
    }
    boolean asIs = area > 0 == exterior;
    geometry.reserve(10 * n + 16);
    command(MOVE_TO, 1);
    int first = asIs ? 0 : n - 1;
    moveCursor(grid[2 * first], grid[2 * first + 1]);
    command(LINE_TO, n - 1);
    for (int i = 1; i < n; i++) {
      int k = asIs ? i : n - 1 - i;
      moveCursor(grid[2 * k], grid[2 * k + 1]);
    }
    geometry.varint(CLOSE_PATH);
    return true;
  }

  /** Adds a corner; one that lies on a line with its neighbours, or on a spike, goes. */
  private void corner(int x, int y) {
    while (gridSize >= 2) {
      int bx = grid[gridSize - 2];
      int by = grid[gridSize - 1];
      if (bx == x && by == y) {
        return;
      }
      if (gridSize < 4 || !onLine(grid[gridSize - 4], grid[gridSize - 3], bx, by, x, y)) {
        break;
      }
      gridSize -= 2;
    }
    grid(x, y);
  }

  private void closeRing() {
    boolean changed = true;
    while (changed && gridSize >= 6) {
      changed = false;
      int n = gridSize;
      if (onLine(grid[n - 4], grid[n - 3], grid[n - 2], grid[n - 1], grid[0], grid[1])) {
        gridSize -= 2;
        changed = true;
      } else if (onLine(grid[n - 2], grid[n - 1], grid[0], grid[1], grid[2], grid[3])) {
        System.arraycopy(grid, 2, grid, 0, n - 2);
        gridSize -= 2;
        changed = true;
      }
    }
  }

  private static boolean onLine(int ax, int ay, int bx, int by, int cx, int cy) {
    return (long) (bx - ax) * (cy - by) == (long) (by - ay) * (cx - bx);
  }

  private long gridArea(int n) {
    long sum = 0;
    for (int i = 0, j = n - 1; i < n; j = i++) {
      sum += (long) grid[2 * j] * grid[2 * i + 1] - (long) grid[2 * i] * grid[2 * j + 1];
    }
    return sum;
  }

  private void grid(int x, int y) {
    if (gridSize + 2 > grid.length) {
      grid = Arrays.copyOf(grid, grid.length * 2);
    }
    grid[gridSize++] = x;
    grid[gridSize++] = y;
  }

  private static int rounded(double value) {
    return (int) Math.floor(value + 0.5);
  }

  // Whoever writes commands has made room for them.
  private void command(int command, int count) {
    geometry.putVarint(command | count << 3);
  }

  private void moveCursor(int x, int y) {
    geometry.putZigzag(x - cursorX);
    geometry.putZigzag(y - cursorY);
    cursorX = x;
    cursorY = y;
  }

  /** How many features were written since {@link #begin}. */
  public int written() {
    return written;
  }

  /** How many different values a key has. */
  public int distinctValues(int key) {
    int width = keys.size();
    order.reset();
    for (int i = 0; i < written; i++) {
      int number = valueNumbers[i * width + key];
      if (number >= 0 && unique[key]) {
        order.next(number);
      } else if (number >= 0) {
        order.of(number);
      }
    }
    return order.size();
  }

  /** The tile with everything that was added; empty where nothing was. */
  public byte[] toBytes() {
    boolean[] all = new boolean[keys.size()];
    Arrays.fill(all, true);
    return toBytes(all, 1);
  }

  /**
   * The tile with some of what was added.
   *
   * @param keptKeys for each key whether its values are written
   * @param oneIn of so many features one is written, chosen by its id
   */
  public byte[] toBytes(boolean[] keptKeys, int oneIn) {
    int width = keys.size();
    int[] keyNumbers = new int[width];
    int keyCount = 0;
    for (int k = 0; k < width; k++) {
      keyNumbers[k] = keptKeys[k] ? keyCount++ : -1;
    }
    layer.size = 0;
    layer.reserve(geometry.size + 16 * written + 1024);
    layer.field(15, 2);
    layer.field(1, name);
    order.reset();
    int shown = 0;
    MvtDetail thinning = MvtDetail.FULL.keepingOneIn(oneIn);
    for (int i = 0; i < written; i++) {
      if (!thinning.keeps(ids[i])) {
        continue;
      }
      int tagCount = 0;
      int tagBytes = 0;
      for (int k = 0; k < width; k++) {
        int value = valueNumbers[i * width + k];
        if (value >= 0 && keptKeys[k]) {
          int number = unique[k] ? order.next(value) : order.of(value);
          tags[tagCount++] = keyNumbers[k];
          tags[tagCount++] = number;
          tagBytes += ProtoBytes.length(keyNumbers[k]) + ProtoBytes.length(number);
        }
      }
      writeFeature(i, tagCount, tagBytes);
      shown++;
    }
    if (shown == 0) {
      return new byte[0];
    }
    for (int k = 0; k < width; k++) {
      if (keptKeys[k]) {
        layer.field(3, keys.get(k));
      }
    }
    for (int i = 0; i < order.size(); i++) {
      values.writeTo(layer, order.at(i));
    }
    layer.field(5, TileTransform.EXTENT);
    int frame = 1 + ProtoBytes.length(layer.size);
    ProtoBytes tile = new ProtoBytes(frame + layer.size);
    tile.field(3, layer);
    return tile.bytes;
  }

  /** Writes a feature; its lengths are known beforehand, so that its bytes are written once. */
  private void writeFeature(int i, int tagCount, int tagBytes) {
    int start = i == 0 ? 0 : geometryEnds[i - 1];
    int geometryBytes = geometryEnds[i] - start;
    int tagField = tagCount == 0 ? 0 : 1 + ProtoBytes.length(tagBytes) + tagBytes;
    layer.varint(2 << 3 | 2);
    layer.varint(
        1
            + ProtoBytes.length(ids[i])
            + tagField
            + 2
            + 1
            + ProtoBytes.length(geometryBytes)
            + geometryBytes);
    layer.field(1, ids[i]);
    if (tagCount > 0) {
      layer.varint(2 << 3 | 2);
      layer.varint(tagBytes);
      layer.reserve(tagBytes);
      for (int t = 0; t < tagCount; t++) {
        layer.varint(tags[t]);
      }
    }
    layer.field(3, types[i]);
    layer.field(4, geometry, start, geometryBytes);
  }

  /** How many features {@link #toBytes(boolean[], int)} writes. */
  public int countOneIn(int oneIn) {
    MvtDetail thinning = MvtDetail.FULL.keepingOneIn(oneIn);
    int count = 0;
    for (int i = 0; i < written; i++) {
      count += thinning.keeps(ids[i]) ? 1 : 0;
    }
    return count;
  }
}
