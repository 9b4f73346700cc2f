package org.tequio.publish.tile;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.tequio.catalogue.Catalogue;
import org.tequio.catalogue.MetadataRecords;
import org.tequio.feature.Bbox;
import org.tequio.feature.LocalText;
import org.tequio.feature.Progress;
import org.tequio.feature.TileCoord;
import org.tequio.formats.TileArchiveContents;
import org.tequio.formats.TileArchiveInfo;
import org.tequio.formats.TileArchiveWriter;
import org.tequio.http.Coding;
import org.tequio.http.Problem;
import org.tequio.http.ProblemException;
import org.tequio.publish.TileArchiveOrder;
import org.tequio.publish.layer.PublicLayer;
import org.tequio.publish.layer.PublicLayers;
import org.tequio.publish.memory.LayersInMemory;

/**
 * Puts the tiles of layers into one file. Each tile is the one that the server would answer with;
 * all are of the state that the layers had when it began. Tiles are made by several threads and
 * written in order by the caller's; only so many wait between them, so that the memory does not
 * grow with the file. Thread-safe.
 */
public final class TileArchives {
  /** An archive holds no more tiles than this. */
  public static final long MOST_TILES = 5_000_000;

  private static final int WAITING_FOR_EACH_THREAD = 16;
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final Catalogue catalogue;
  private final LayersInMemory store;
  private final PublicLayers layers;
  private final MetadataRecords records;
  private final int maxTileBytes;

  /**
   * Makes archives of these layers.
   *
   * @param maxTileBytes what one layer may take of a tile, compressed
   */
  public TileArchives(
      Catalogue catalogue,
      LayersInMemory store,
      PublicLayers layers,
      MetadataRecords records,
      int maxTileBytes) {
    this.catalogue = catalogue;
    this.store = store;
    this.layers = layers;
    this.records = records;
    this.maxTileBytes = maxTileBytes;
  }

  /** An order as it stands at one state of its layers. */
  private record Plan(TileArchiveOrder order, List<PublicLayer> layers, TileRegion region) {}

  /** A tile that is being made. */
  private record Pending(TileCoord tile, Future<byte[]> bytes) {}

  /**
   * How many tiles an order is about, those counted in that turn out to be empty.
   *
   * @throws ProblemException 404 where a layer is not there, 400 where it has no place, where there
   *     is nothing in the area, and where tiles are too many
   */
  public long count(TileArchiveOrder order) {
    return count(plan(order));
  }

  /**
   * Makes the file.
   *
   * @param threads that make tiles
   * @throws ProblemException as above
   * @throws CancellationException when it was cancelled; nothing is left then
   */
  public TileArchiveContents write(
      TileArchiveOrder order, Path file, int threads, Progress progress) throws IOException {
    Plan plan = plan(order);
    long total = count(plan);
    String name = String.join(", ", plan.layers.stream().map(l -> l.id().value()).toList());
    for (PublicLayer layer : plan.layers) {
      progress.step(name, 0, total);
      progress.check();
      store.await(layer.id(), layer.stored().revision(), PATIENCE);
    }
    ExecutorService makers =
        Executors.newFixedThreadPool(
            threads, Thread.ofPlatform().daemon().name("archive-", 0).factory());
    try (TileArchiveWriter writer = order.format().open(file, info(plan))) {
      return write(plan, writer, makers, threads, name, total, progress);
    } finally {
      makers.shutdownNow();
    }
  }

  private TileArchiveContents write(
      Plan plan,
      TileArchiveWriter writer,
      ExecutorService makers,
      int threads,
      String name,
      long total,
      Progress progress)
      throws IOException {
    List<LayerTiles> tiles = plan.layers.stream().map(LayerTiles::of).toList();
    ThreadLocal<TileMaker> maker =
        ThreadLocal.withInitial(() -> new TileMaker(store, maxTileBytes));
    Deque<Pending> pending = new ArrayDeque<>();
    long[] done = new long[2];
    for (int z = plan.order.minZoom(); z <= plan.order.maxZoom(); z++) {
      plan.region.each(
          z,
          tile -> {
            progress.check();
            progress.step(name, done[0]++, total);
            pending.add(new Pending(tile, makers.submit(() -> together(tiles, maker.get(), tile))));
            if (pending.size() >= threads * WAITING_FOR_EACH_THREAD) {
              done[1] += take(pending.remove(), writer);
            }
          });
    }
    while (!pending.isEmpty()) {
      progress.check();
      done[1] += take(pending.remove(), writer);
    }
    if (done[1] == 0) {
      throw new ProblemException(NOTHING);
    }
    progress.step(name, total, total);
    return writer.finish();
  }

  /** Writes a tile as soon as it is made; returns how many that are: none where it is empty. */
  private static int take(Pending pending, TileArchiveWriter writer) throws IOException {
    byte[] bytes = madeOf(pending);
    if (bytes.length == 0) {
      return 0;
    }
    writer.add(pending.tile, bytes);
    return 1;
  }

  private static byte[] madeOf(Pending pending) throws IOException {
    try {
      return pending.bytes.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("cancelled");
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case RuntimeException fault -> throw fault;
        case Error fault -> throw fault;
        case null, default -> throw new InterruptedIOException(String.valueOf(e.getCause()));
      }
    }
  }

  // A tile is a list of layers: tiles one after the other are a tile.
  private static byte[] together(List<LayerTiles> layers, TileMaker maker, TileCoord tile) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (LayerTiles layer : layers) {
      all.writeBytes(maker.make(layer, tile, Coding.IDENTITY).bytes());
    }
    return all.size() == 0
        ? EncodedTile.EMPTY.bytes()
        : Coding.GZIP.pack(all.toByteArray(), all.size());
  }

  private Plan plan(TileArchiveOrder order) {
    List<PublicLayer> wanted = order.layers().stream().map(layers::get).toList();
    for (PublicLayer layer : wanted) {
      if (!layer.hasGeometry()) {
        throw new ProblemException(withoutPlace(layer));
      }
    }
    List<Bbox> extents =
        wanted.stream().map(layer -> layer.record().extent()).filter(Objects::nonNull).toList();
    return new Plan(order, wanted, new TileRegion(extents, order.area()));
  }

  private static long count(Plan plan) {
    TileArchiveOrder order = plan.order;
    long count = plan.region.count(order.minZoom(), order.maxZoom(), MOST_TILES);
    if (count == 0) {
      throw new ProblemException(NOTHING);
    }
    if (count > MOST_TILES) {
      throw new ProblemException(TOO_MANY);
    }
    return count;
  }

  private TileArchiveInfo info(Plan plan) {
    return new ArchiveLabel(catalogue.city().name(), plan.layers, records).of(plan.order);
  }

  private static final Problem NOTHING =
      Problem.of(
          400,
          "archive-empty",
          new LocalText("Nada que guardar", "Nada para guardar", "Nothing to keep"),
          new LocalText(
              "ninguna de las capas tiene algo en el área pedida",
              "nenhuma das camadas tem algo na área pedida",
              "none of the layers has anything in the area that was asked for"));

  private static final Problem TOO_MANY =
      Problem.of(
          400,
          "archive-too-large",
          new LocalText("Demasiadas teselas", "Ladrilhos demais", "Too many tiles"),
          new LocalText(
              "serían más de " + MOST_TILES + " teselas; pida un área menor o menos niveles",
              "seriam mais de " + MOST_TILES + " ladrilhos; peça uma área menor ou menos níveis",
              "that would be more than "
                  + MOST_TILES
                  + " tiles; ask for a smaller area or fewer levels"));

  private static Problem withoutPlace(PublicLayer layer) {
    return Problem.of(
        400,
        "layer-without-place",
        new LocalText("Capa sin lugar", "Camada sem lugar", "Layer without a place"),
        new LocalText(
            "los elementos de '" + layer.id() + "' no tienen lugar en el mapa",
            "os elementos de '" + layer.id() + "' não têm lugar no mapa",
            "the features of '" + layer.id() + "' have no place on the map"));
  }
}
