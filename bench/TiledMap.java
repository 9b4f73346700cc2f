import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.tequio.feature.Findings;
import org.tequio.formats.ReadContext;
import org.tequio.formats.osm.ElementForm;
import org.tequio.formats.osm.ElementWriter;
import org.tequio.formats.osm.OsmElement;
import org.tequio.formats.osm.OsmSource;

/** Lays an extract many times side by side, each with numbers of its own: SOURCE COPIES TARGET. */
public final class TiledMap {
  private static final long STEP = 20_000_000_000L;
  private static final int SIDE = 5_000_000;

  private TiledMap() {}

  public static void main(String[] arguments) throws Exception {
    List<OsmElement> all = new ArrayList<>();
    OsmSource.of(Path.of(arguments[0]), ReadContext.collecting(new Findings())).forEach(all::add);
    int copies = Integer.parseInt(arguments[1]);
    try (ElementWriter writer =
        ElementForm.PBF.open(
            Files.newOutputStream(Path.of(arguments[2])), ElementForm.Content.SORTED)) {
      for (OsmElement.Type type : OsmElement.Type.values()) {
        for (int copy = 0; copy < copies; copy++) {
          for (OsmElement one : all) {
            if (one.type() == type) {
              writer.write(moved(one, copy));
            }
          }
        }
      }
    }
  }

  private static OsmElement moved(OsmElement one, int copy) {
    long more = copy * STEP;
    long[] refs = one.refs().clone();
    for (int i = 0; i < refs.length; i++) {
      refs[i] += more;
    }
    boolean node = one.type() == OsmElement.Type.NODE;
    return new OsmElement(
        one.type(),
        one.id() + more,
        one.meta(),
        one.tags(),
        node ? one.x() - copy % 20 * SIDE : 0,
        node ? one.y() - copy / 20 * SIDE : 0,
        refs,
        one.types(),
        one.roles());
  }
}
