package org.tequio.publish;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tequio.cartography.MapView;
import org.tequio.cartography.Picture;
import org.tequio.cartography.PictureFormat;
import org.tequio.catalogue.Catalogue;
import org.tequio.catalogue.CommunityLinks;
import org.tequio.catalogue.LayerGaps;
import org.tequio.catalogue.Mappings;
import org.tequio.catalogue.MetadataRecords;
import org.tequio.feature.Language;
import org.tequio.feature.LayerId;
import org.tequio.feature.Progress;
import org.tequio.formats.TileArchiveContents;
import org.tequio.http.Chore;
import org.tequio.http.EgressRules;
import org.tequio.http.Endpoint;
import org.tequio.http.Permissions;
import org.tequio.http.ProblemException;
import org.tequio.publish.download.DownloadsEndpoint;
import org.tequio.publish.edit.LayerEditing;
import org.tequio.publish.layer.FindingsEndpoint;
import org.tequio.publish.layer.LayersEndpoint;
import org.tequio.publish.layer.MappingEndpoint;
import org.tequio.publish.layer.PublicLayer;
import org.tequio.publish.layer.PublicLayers;
import org.tequio.publish.layer.ValuesEndpoint;
import org.tequio.publish.map.DrawingRoom;
import org.tequio.publish.map.MapTiles;
import org.tequio.publish.map.Portrayal;
import org.tequio.publish.map.PrintEndpoint;
import org.tequio.publish.map.Printing;
import org.tequio.publish.map.ProjectEndpoint;
import org.tequio.publish.memory.LayersInMemory;
import org.tequio.publish.ogc.EditItemsEndpoint;
import org.tequio.publish.ogc.ItemsEndpoint;
import org.tequio.publish.ogc.MatrixSetsEndpoint;
import org.tequio.publish.ogc.OgcEndpoint;
import org.tequio.publish.ogc.ProcessesEndpoint;
import org.tequio.publish.ogc.SchemasEndpoint;
import org.tequio.publish.ogc.TileSetsEndpoint;
import org.tequio.publish.place.PlaceEndpoint;
import org.tequio.publish.process.DownloadProcess;
import org.tequio.publish.process.ProcessJobs;
import org.tequio.publish.process.References;
import org.tequio.publish.process.TileArchiveProcess;
import org.tequio.publish.record.CatalogueEndpoint;
import org.tequio.publish.record.RecordsEndpoint;
import org.tequio.publish.search.SearchEndpoint;
import org.tequio.publish.tile.OverviewTiles;
import org.tequio.publish.tile.TileArchives;
import org.tequio.publish.tile.TilesEndpoint;
import org.tequio.publish.wfs.WfsEndpoint;
import org.tequio.publish.wms.WmsEndpoint;
import org.tequio.publish.wmts.WmtsEndpoint;
import org.tequio.storage.CityStore;
import org.tequio.storage.FeatureStore;

/**
 * The entry of this module: its endpoints, wired. Give {@link #endpoints()} to {@link
 * org.tequio.http.HttpServer#start} together with those of other modules. Thread-safe.
 */
public final class PublishModule implements AutoCloseable {
  private final List<Endpoint> endpoints;
  private final SearchEndpoint search;
  private final LayersInMemory memory;
  private final OverviewTiles overview;
  private final PublicLayers layers;
  private final MetadataRecords records;
  private final TileArchives archives;
  private final LayerExporter exporter;
  private final DrawingRoom room;
  private final Printing printing;
  private final ProcessJobs jobs;
  private final References references;
  private final DownloadsEndpoint downloads;

  /**
   * Wires the endpoints.
   *
   * @param catalogue which layers there are
   * @param city their features, and where edits go
   * @param mappings what columns hold
   * @param records what the catalogue says of layers
   * @param permissions asked by every endpoint
   * @param clock for time stamps
   * @param config sizes
   * @param references which addresses inputs of processes may come from: anybody names them
   * @param folder the city's; what is made for a while lies in folders below it
   * @param gaps what people are at work to fill; {@link LayerGaps#NONE} where nobody maps
   * @param links which features are elements of their map; {@link CommunityLinks#NONE} there
   */
  public PublishModule(
      Catalogue catalogue,
      CityStore city,
      Mappings mappings,
      MetadataRecords records,
      Permissions permissions,
      Clock clock,
      PublishConfig config,
      EgressRules references,
      Path folder,
      LayerGaps gaps,
      CommunityLinks links) {
    FeatureStore store = city.features();
    this.records = records;
    this.memory = new LayersInMemory(store, config.layerBytes());
    this.layers = new PublicLayers(catalogue, store);
    this.exporter = new LayerExporter(catalogue, store, layers, records);
    this.search = new SearchEndpoint(catalogue, store, layers, permissions);
    List<Endpoint> own = new ArrayList<>();
    own.addAll(
        new LayersEndpoint(
                catalogue, store, layers, permissions, records, gaps, TilesEndpoint.MAX_ZOOM)
            .endpoints());
    own.addAll(new FindingsEndpoint(catalogue, layers, permissions).endpoints());
    own.addAll(new ValuesEndpoint(store, layers, permissions).endpoints());
    own.addAll(search.endpoints());
    own.addAll(new PlaceEndpoint(catalogue, memory, layers, gaps, links, permissions).endpoints());
    this.downloads =
        new DownloadsEndpoint(exporter, permissions, folder.resolve("downloads"), clock);
    own.addAll(downloads.endpoints());
    LayerEditing editing = new LayerEditing(city, layers, permissions);
    TilesEndpoint tiles =
        new TilesEndpoint(
            memory, layers, permissions, config.tileCacheBytes(), config.maxTileBytes());
    own.addAll(tiles.endpoints());
    this.archives = new TileArchives(catalogue, memory, layers, records, config.maxTileBytes());
    this.overview = new OverviewTiles(tiles, layers, OverviewTiles.MANY_FEATURES);
    this.jobs =
        new ProcessJobs(
            List.of(new DownloadProcess(exporter), new TileArchiveProcess(archives)),
            layers,
            city,
            folder.resolve("jobs"),
            clock);
    this.references = new References(references);
    this.room = new DrawingRoom(store);
    MapTiles pictures = new MapTiles(room);
    own.addAll(new WmtsEndpoint(catalogue, layers, permissions, room, pictures).endpoints());
    own.addAll(new ProjectEndpoint(catalogue, layers, permissions, room).endpoints());
    this.printing = new Printing(catalogue, layers, room, clock);
    own.addAll(new PrintEndpoint(permissions, printing).endpoints());
    own.addAll(new WmsEndpoint(catalogue, store, layers, permissions, room).endpoints());
    own.addAll(new MappingEndpoint(catalogue, mappings, permissions).endpoints());
    own.addAll(new CatalogueEndpoint(catalogue, layers, records, permissions).endpoints());
    own.addAll(
        new OgcEndpoint(
                catalogue,
                layers,
                permissions,
                new RecordsEndpoint(catalogue, layers, records, permissions, clock),
                new ItemsEndpoint(memory, layers, links, permissions, clock),
                new SchemasEndpoint(layers, permissions),
                new TileSetsEndpoint(catalogue, layers, tiles, permissions),
                new MatrixSetsEndpoint(permissions),
                new EditItemsEndpoint(city, layers, editing, permissions),
                new Portrayal(catalogue, layers, permissions, room, pictures),
                new ProcessesEndpoint(jobs, this.references, permissions))
            .endpoints());
    own.addAll(new WfsEndpoint(catalogue, store, layers, permissions, editing, clock).endpoints());
    this.endpoints = List.copyOf(own);
  }

  /** Goes on with the jobs of the last run. Call it once, when the server answers. */
  public void resumeJobs() {
    jobs.resume();
  }

  /**
   * What keeps the first sight of a large layer quick after it has changed, and lets go of old
   * results.
   */
  public List<Chore> chores() {
    return List.of(
        new Chore("overview-tiles", Duration.ofSeconds(20), overview::make), jobs.chore());
  }

  /** Stops what runs, to go on after the next start; call it before the store is closed. */
  @Override
  public void close() {
    jobs.close();
    references.close();
  }

  /** Everything that it answers. */
  public List<Endpoint> endpoints() {
    return endpoints;
  }

  /**
   * Puts the tiles of layers into one file; it is there, whole, when this returns.
   *
   * @param threads that make tiles
   * @throws ProblemException where a layer is not there or has no place, where nothing is in the
   *     area, and where tiles are too many
   * @throws java.util.concurrent.CancellationException when it was cancelled; nothing is left then
   */
  public TileArchiveContents writeTiles(
      TileArchiveOrder order, Path file, int threads, Progress progress) throws IOException {
    return archives.write(order, file, threads, progress);
  }

  /**
   * How many tiles an order is about, those counted in that turn out to be empty.
   *
   * @throws ProblemException as above
   */
  public long countTiles(TileArchiveOrder order) {
    return archives.count(order);
  }

  /** What makes files of layers. */
  public LayerExporter exporter() {
    return exporter;
  }

  /**
   * Prints a map of what is public.
   *
   * @throws ProblemException where it cannot be, and says why
   */
  public byte[] print(PrintOrder order, PrintOrder.Form form) {
    return printing.print(order, form);
  }

  /**
   * A picture of what is public, for whoever makes documents of it.
   *
   * @param shown from the lowest to the highest; one that is not public is left out
   * @param language of the names that styles bring along
   * @return PNG
   */
  public byte[] draw(MapView view, List<LayerId> shown, Language language) {
    List<PublicLayer> open =
        shown.stream()
            .flatMap(id -> layers.find(id).stream())
            .filter(PublicLayer::hasGeometry)
            .toList();
    return room.draw(
        new Picture(
            room.styled(open, language),
            view,
            PictureFormat.PNG,
            0xFFFFFFFF,
            false,
            Picture.PATIENCE));
  }

  /** The layers of the city, from memory as far as they fit. */
  public FeatureStore features() {
    return memory;
  }

  /** The one place that the words of an address mean, in WGS 84; nothing where it is unclear. */
  public Optional<double[]> findPlace(String words) {
    return search.findPlace(words);
  }

  /** Bytes of memory that the search index takes. */
  public long searchBytes() {
    return search.bytes();
  }

  /**
   * Makes what the first visitor would wait for. Slow for large cities: call it on a thread of its
   * own once the server answers. Calling it is not necessary.
   */
  public void warmUp() {
    downloads.warmUp();
    search.warmUp();
    memory.warmUp();
    layers.list().forEach(layer -> records.of(layer.record()));
    overview.make();
  }

  /**
   * Makes anew, or removes, whatever was made of layers: something in them is to be nowhere any
   * more.
   */
  public void forget() {
    downloads.forget();
    jobs.forgetEnded();
    warmUp();
  }
}
