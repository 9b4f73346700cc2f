package org.tequio.formats.osm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tequio.feature.FindingCode;
import org.tequio.feature.Findings;
import org.tequio.feature.Progress;
import org.tequio.feature.ProtoBytes;
import org.tequio.formats.FormatException;
import org.tequio.formats.Limits;
import org.tequio.formats.ReadContext;
import org.tequio.formats.osm.ElementForm.Content;
import org.tequio.formats.osm.OsmElement.Meta;
import org.tequio.formats.osm.OsmElement.Type;

/** Files of elements, hostile ones first, then there and back. */
class ElementFilesTest {
  @TempDir Path folder;

  @Test
  void aCutFileIsTruncatedWhereverItIsCut() throws Exception {
    byte[] whole =
        written(ElementForm.PBF, Content.SORTED, List.of(OsmElement.node(1, Meta.UNKNOWN, 2, 3)));

    for (int length = whole.length - 1; length > 40; length -= 7) {
      byte[] cut = Arrays.copyOf(whole, length);
      refused(FindingCode.FILE_TRUNCATED, () -> read(cut));
    }
  }

  @Test
  void aFlippedByteIsToldAndNeverAFaultOfOurs() throws Exception {
    List<OsmElement> some = new ArrayList<>();
    for (int i = 1; i < 50; i++) {
      some.add(OsmElement.node(i, Meta.UNKNOWN, i, -i, "natural", "tree" + i));
    }
    byte[] whole = written(ElementForm.PBF, Content.SORTED, some);

    for (int at = 0; at < whole.length; at++) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 0x55;
      try {
        assertThat(read(damaged)).hasSizeLessThanOrEqualTo(some.size());
      } catch (FormatException e) {
        assertThat(e.code())
            .isIn(
                FindingCode.FILE_TRUNCATED, FindingCode.FILE_UNREADABLE, FindingCode.FILE_REFUSED);
      }
    }
  }

  @Test
  void aBlockOfMillionsOfNothingsIsRefused() throws Exception {
    ProtoBytes numbers = new ProtoBytes(1 << 23);
    numbers.append(new byte[5_000_000], 0, 5_000_000);
    ProtoBytes dense = new ProtoBytes(1 << 24);
    dense.field(1, numbers);
    dense.field(8, numbers);
    dense.field(9, numbers);
    refused(FindingCode.FILE_UNREADABLE, () -> read(pbf(dense, 2)));
  }

  @Test
  void aLongListInPiecesIsRefused() throws Exception {
    ProtoBytes way = new ProtoBytes(1 << 20);
    for (int i = 0; i < 200_000; i++) {
      way.field(8, 2);
    }
    refused(FindingCode.FILE_UNREADABLE, () -> read(pbf(way, 3)));
  }

  @Test
  void membersWithoutKindsAreNotGuessed() throws Exception {
    ProtoBytes relation = new ProtoBytes(64);
    ProtoBytes one = new ProtoBytes(8);
    one.zigzag(7);
    relation.field(9, one);
    refused(FindingCode.FILE_UNREADABLE, () -> read(pbf(relation, 4)));
    refused(
        FindingCode.FILE_UNREADABLE,
        () -> read(xml("<relation id='1'><member type='area' ref='1' role=''/></relation>")));
  }

  @Test
  void aBombInsideAPackedFileIsRefused() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write("<osm>".getBytes(StandardCharsets.UTF_8));
      byte[] spaces = new byte[1 << 20];
      Arrays.fill(spaces, (byte) ' ');
      for (int i = 0; i < 40; i++) {
        gzip.write(spaces);
      }
    }
    refused(FindingCode.FILE_REFUSED, () -> read(bytes.toByteArray()));
  }

  @Test
  void whatIsNoMapIsUnreadable() {
    refused(FindingCode.FILE_UNREADABLE, () -> read("<gpx/>".getBytes(StandardCharsets.UTF_8)));
    refused(FindingCode.FILE_UNREADABLE, () -> read(xml("<node id='1' lat='91' lon='0'/>")));
    refused(FindingCode.FILE_UNREADABLE, () -> read(xml("<node id='uno' lat='1' lon='0'/>")));
  }

  @Test
  void whoCancelsIsHeardBetweenBlocks() throws Exception {
    byte[] whole =
        written(ElementForm.PBF, Content.SORTED, List.of(OsmElement.node(1, Meta.UNKNOWN, 2, 3)));
    Progress cancelled =
        new Progress() {
          @Override
          public void step(String what, long done, long total) {}

          @Override
          public boolean isCancelled() {
            return true;
          }
        };
    Path file = Files.write(folder.resolve("x"), whole);
    ReadContext context = new ReadContext(new Findings(), Limits.STANDARD, cancelled);

    assertThatThrownBy(() -> OsmSource.of(file, context).forEach(element -> {}))
        .isInstanceOf(CancellationException.class);
  }

  @Test
  void aChangeKeepsWhatIsGoneAndWhere() throws Exception {
    String change =
        "<osmChange version='0.6'><create><node id='1' version='1' lat='1' lon='2'/></create>"
            + "<delete><node id='2' version='3' lat='1' lon='2'/><way id='4' version='2'/></delete>"
            + "<modify><node id='3' version='2' lat='1' lon='2'/></modify></osmChange>";

    List<OsmElement> read = read(change.getBytes(StandardCharsets.UTF_8));

    assertThat(read).extracting(e -> e.meta().visible()).containsExactly(true, false, false, true);
    assertThat(read.get(1).y()).isEqualTo(10_000_000);
    String written =
        new String(written(ElementForm.CHANGE, Content.HISTORY, read), StandardCharsets.UTF_8);
    assertThat(written)
        .containsSubsequence("<create>", "id=\"1\"", "</create>", "<delete>", "id=\"2\"")
        .containsSubsequence("<way id=\"4\" version=\"2\"/>", "</delete>", "<modify>", "</modify>");
  }

  @Test
  void manyBlocksComeInTheirOrder() throws Exception {
    List<OsmElement> many = new ArrayList<>();
    for (int i = 1; i <= 100_000; i++) {
      many.add(OsmElement.node(i, Meta.UNKNOWN, i, i));
    }

    assertThat(read(written(ElementForm.PBF, Content.SORTED, many)))
        .extracting(OsmElement::id)
        .isSorted()
        .hasSize(100_000);
  }

  @Property(tries = 60)
  void whatIsWrittenIsRead(@ForAll("elements") List<OsmElement> elements, @ForAll ElementForm form)
      throws Exception {
    Path temporary = Files.createTempFile("elements", form.ending());
    try {
      Files.write(temporary, written(form, Content.HISTORY, elements));

      List<OsmElement> read = read(temporary);

      assertThat(read).usingRecursiveFieldByFieldElementComparator().isEqualTo(elements);
    } finally {
      Files.delete(temporary);
    }
  }

  @Provide
  Arbitrary<List<OsmElement>> elements() {
    Arbitrary<String> text =
        Arbitraries.strings().withChars("añ ﷽\"<&>'\n\t=.").withCharRange('a', 'f').ofMaxLength(6);
    Arbitrary<String[]> tags =
        Combinators.combine(text, text)
            .as((k, v) -> new String[] {k, v})
            .list()
            .ofMaxSize(3)
            .map(pairs -> pairs.stream().flatMap(Arrays::stream).toArray(String[]::new));
    Arbitrary<Long> id = Arbitraries.longs().between(1, 1L << 50);
    Arbitrary<Meta> meta =
        Combinators.combine(
                Arbitraries.integers().between(0, 9),
                Arbitraries.longs().between(0, 4_000_000_000L),
                Arbitraries.longs().between(0, 1L << 40),
                Arbitraries.longs().between(0, 1L << 30),
                text,
                Arbitraries.of(true, false))
            .as(
                (version, at, changeset, uid, user, there) ->
                    // A first version that is gone is no change that could be told.
                    new Meta(there ? version : version + 1, at, changeset, uid, user, there));
    Arbitrary<OsmElement> node =
        Combinators.combine(
                id,
                meta,
                Arbitraries.integers().between(-1_800_000_000, 1_800_000_000),
                Arbitraries.integers().between(-900_000_000, 900_000_000),
                tags)
            .as(OsmElement::node);
    Arbitrary<OsmElement> way =
        Combinators.combine(id, meta, id.array(long[].class).ofMaxSize(5), tags)
            .as(OsmElement::way);
    Arbitrary<OsmElement> relation =
        Combinators.combine(id, meta, id.list().ofMaxSize(5), text, tags)
            .as(
                (number, version, refs, role, own) -> {
                  Type[] types = new Type[refs.size()];
                  String[] roles = new String[refs.size()];
                  for (int i = 0; i < types.length; i++) {
                    types[i] = Type.values()[i % 3];
                    roles[i] = i % 2 == 0 ? role : "";
                  }
                  long[] numbers = refs.stream().mapToLong(Long::longValue).toArray();
                  return OsmElement.relation(number, version, numbers, types, roles, own);
                });
    return Arbitraries.oneOf(node, way, relation).list().ofMaxSize(30);
  }

  private static byte[] written(ElementForm form, Content content, List<OsmElement> elements)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ElementWriter writer = form.open(bytes, content)) {
      for (OsmElement element : elements) {
        writer.write(element);
      }
    }
    return bytes.toByteArray();
  }

  private List<OsmElement> read(byte[] bytes) throws IOException, FormatException {
    return read(Files.write(folder.resolve("elements"), bytes));
  }

  private static List<OsmElement> read(Path file) throws IOException, FormatException {
    List<OsmElement> all = new ArrayList<>();
    OsmSource.of(file, ReadContext.collecting(new Findings())).forEach(all::add);
    return all;
  }

  private static byte[] xml(String elements) {
    return ("<osm version='0.6'>" + elements + "</osm>").getBytes(StandardCharsets.UTF_8);
  }

  /** A file of one block, with one thing in it. */
  private static byte[] pbf(ProtoBytes thing, int kind) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(written(ElementForm.PBF, Content.SORTED, List.of()));
    ProtoBytes group = new ProtoBytes(64);
    group.field(kind, thing);
    ProtoBytes block = new ProtoBytes(64);
    block.field(2, group);
    bytes.write(PbfElementWriter.blob("OSMData", block.toBytes()));
    return bytes.toByteArray();
  }

  private static void refused(FindingCode code, ThrowingCallable reading) {
    assertThatThrownBy(reading)
        .isInstanceOf(FormatException.class)
        .extracting(e -> ((FormatException) e).code())
        .isEqualTo(code);
  }
}
