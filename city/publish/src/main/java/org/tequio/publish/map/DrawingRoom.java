package org.tequio.publish.map;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.tequio.cartography.LayerStyles;
import org.tequio.cartography.MapPictures;
import org.tequio.cartography.MapView;
import org.tequio.cartography.Picture;
import org.tequio.cartography.TooLong;
import org.tequio.feature.Language;
import org.tequio.feature.LocalText;
import org.tequio.http.Problem;
import org.tequio.http.ProblemException;
import org.tequio.publish.layer.PublicLayer;
import org.tequio.storage.FeatureStore;

/**
 * Where pictures are drawn: as many at a time as there are cores, and never so many pixels at once
 * that the memory would not hold them; others wait a moment, and past that are asked to come again.
 * Thread-safe.
 */
public final class DrawingRoom {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** 4 bytes a pixel in the picture, as many again while it is encoded, and some. */
  private static final int BYTES_PER_PIXEL = 12;

  private static final long MOST_SHARE_OF_MEMORY = 4;

  private final MapPictures pictures;
  private final LayerStyles styles;
  private final Semaphore turns = new Semaphore(Runtime.getRuntime().availableProcessors(), true);
  private final Semaphore pixels;
  private final int allPixels;

  /** Draws features of a store. */
  public DrawingRoom(FeatureStore store) {
    this.pictures = new MapPictures(store);
    this.styles = new LayerStyles(store);
    long most = Runtime.getRuntime().maxMemory() / MOST_SHARE_OF_MEMORY / BYTES_PER_PIXEL;
    this.allPixels = (int) Math.min(most, 8 * MapView.MOST_PIXELS);
    this.pixels = new Semaphore(allPixels, true);
  }

  /** Draws pictures on the caller's own account. */
  public MapPictures pictures() {
    return pictures;
  }

  /** The styles of layers. */
  public LayerStyles styles() {
    return styles;
  }

  /** Layers with their styles, as they are drawn. */
  public List<Picture.Drawn> styled(List<PublicLayer> layers, Language language) {
    return layers.stream()
        .map(layer -> new Picture.Drawn(layer, styles.of(layer, language)))
        .toList();
  }

  /** True where a picture of this size could be drawn at all. */
  public boolean holds(long width, long height, double dpi) {
    return MapView.isDrawable(width, height, dpi) && width * height <= allPixels;
  }

  /**
   * Draws a picture when its turn comes.
   *
   * @throws ProblemException 503 where too many wait; 400 where it would take too long
   */
  public byte[] draw(Picture picture) {
    return inTurn(
        (long) picture.view().width() * picture.view().height(), () -> pictures.draw(picture));
  }

  /**
   * Does something that draws so many pixels when its turn comes.
   *
   * @throws ProblemException 503 where too many wait; 400 where it would take too long
   */
  public byte[] inTurn(long count, Supplier<byte[]> drawing) {
    int room = Math.toIntExact(Math.min(count, allPixels));
    acquire(turns, 1);
    try {
      acquire(pixels, room);
      try {
        return drawing.get();
      } catch (TooLong e) {
        throw new ProblemException(TOO_MUCH);
      } finally {
        pixels.release(room);
      }
    } finally {
      turns.release();
    }
  }

  private static void acquire(Semaphore semaphore, int permits) {
    try {
      if (!semaphore.tryAcquire(permits, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new ProblemException(Problem.busy());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ProblemException(Problem.busy());
    }
  }

  private static final Problem TOO_MUCH =
      Problem.of(
          400,
          "picture-too-much",
          new LocalText("Demasiado que dibujar", "Coisa demais para desenhar", "Too much to draw"),
          new LocalText(
              "el dibujo tardaría demasiado; acérquese o pida menos capas",
              "o desenho demoraria demais; aproxime-se ou peça menos camadas",
              "the picture would take too long; zoom in or ask for fewer layers"));
}
