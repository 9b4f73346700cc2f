import java.net.Authenticator.RequestorType;
import java.net.PasswordAuthentication;
import java.net.URI;
import java.util.List;
import org.openstreetmap.josm.data.Bounds;
import org.openstreetmap.josm.data.Preferences;
import org.openstreetmap.josm.data.coor.LatLon;
import org.openstreetmap.josm.data.notes.Note;
import org.openstreetmap.josm.data.osm.Changeset;
import org.openstreetmap.josm.data.osm.DataSet;
import org.openstreetmap.josm.data.osm.Node;
import org.openstreetmap.josm.data.osm.OsmPrimitive;
import org.openstreetmap.josm.data.osm.Relation;
import org.openstreetmap.josm.data.osm.RelationMember;
import org.openstreetmap.josm.data.osm.Way;
import org.openstreetmap.josm.data.preferences.JosmBaseDirectories;
import org.openstreetmap.josm.data.preferences.JosmUrls;
import org.openstreetmap.josm.data.projection.ProjectionRegistry;
import org.openstreetmap.josm.data.projection.Projections;
import org.openstreetmap.josm.gui.progress.NullProgressMonitor;
import org.openstreetmap.josm.gui.progress.ProgressMonitor;
import org.openstreetmap.josm.io.BoundingBoxDownloader;
import org.openstreetmap.josm.io.ChangesetClosedException;
import org.openstreetmap.josm.io.OsmApi;
import org.openstreetmap.josm.io.OsmApiException;
import org.openstreetmap.josm.io.OsmServerHistoryReader;
import org.openstreetmap.josm.io.auth.CredentialsManager;
import org.openstreetmap.josm.spi.preferences.Config;
import org.openstreetmap.josm.tools.Http1Client;
import org.openstreetmap.josm.tools.HttpClient;
import org.openstreetmap.josm.tools.Logging;

/**
 * What JOSM does between its menu and the server, with JOSM's own classes. Each line that it prints
 * says one thing that came back; whatever goes wrong ends it.
 *
 * <p>Arguments: the address of the API, a name and an application password.
 */
public final class JosmClient {
  private static final ProgressMonitor QUIET = NullProgressMonitor.INSTANCE;

  public static void main(String[] arguments) throws Exception {
    Logging.setLogLevel(Logging.LEVEL_ERROR);
    Preferences preferences = Preferences.main();
    Config.setPreferencesInstance(preferences);
    Config.setBaseDirectoriesProvider(JosmBaseDirectories.getInstance());
    Config.setUrlsProvider(JosmUrls.getInstance());
    HttpClient.setFactory(Http1Client::new);
    ProjectionRegistry.setProjection(Projections.getProjectionByCode("EPSG:3857"));
    preferences.enableSaveOnPut(false);
    Config.getPref().put("osm-server.url", arguments[0]);
    Config.getPref().put("osm-server.auth-method", "basic");
    OsmApi api = OsmApi.getOsmApi();
    CredentialsManager.getInstance()
        .store(
            RequestorType.SERVER,
            URI.create(arguments[0]).getHost(),
            new PasswordAuthentication(arguments[1], arguments[2].toCharArray()));

    api.initialize(QUIET);
    System.out.println("version " + api.getVersion());
    System.out.println("nodes of a way " + api.getCapabilities().getMaxWayNodes());

    Changeset changeset = new Changeset();
    changeset.put("comment", "Calle Molino & más");
    changeset.put("created_by", "JOSM");
    api.openChangeset(changeset, QUIET);
    api.setChangeset(changeset);
    System.out.println("opened " + (changeset.getId() > 0));

    DataSet street = new DataSet();
    Node corner = node(street, 19.41, -99.12);
    Node end = node(street, 19.411, -99.121);
    Way way = new Way();
    way.setNodes(List.of(corner, end));
    way.put("name", "Molino <\"&> Ñ");
    street.addPrimitive(way);
    Relation relation = new Relation();
    relation.put("type", "street");
    relation.addMember(new RelationMember("main", way));
    street.addPrimitive(relation);
    System.out.println(
        "uploaded " + api.uploadDiff(List.of(corner, end, way, relation), QUIET).size());
    System.out.println("version of the way " + way.getVersion());

    corner.setCoor(new LatLon(19.4101, -99.12));
    corner.setModified(true);
    api.uploadDiff(List.of((OsmPrimitive) corner), QUIET);
    System.out.println("version of the corner " + corner.getVersion());

    Node lamp = node(street, 19.4105, -99.1205);
    lamp.put("highway", "street_lamp");
    api.createPrimitive(lamp, QUIET);
    lamp.setOsmId(lamp.getId(), 1);
    lamp.put("ref", "7");
    api.modifyPrimitive(lamp, QUIET);
    System.out.println("version of the lamp " + lamp.getVersion());
    // As somebody who saw the first version only.
    Node stale = new Node(lamp.getId(), 1);
    stale.setCoor(new LatLon(19.4105, -99.1205));
    refused("stale", () -> api.modifyPrimitive(stale, QUIET));
    api.deletePrimitive(lamp, QUIET);
    refused("gone", () -> api.deletePrimitive(lamp, QUIET));
    refused("used", () -> api.deletePrimitive(end, QUIET));

    changeset.put("source", "survey");
    api.updateChangeset(changeset, QUIET);
    api.closeChangeset(changeset, QUIET);
    refused("closed", () -> api.createPrimitive(node(street, 19.4, -99.1), QUIET));

    Note note = api.createNote(new LatLon(19.41, -99.12), "Falta <una> coladera", QUIET);
    note = api.addCommentToNote(note, "¿Dónde?", QUIET);
    note = api.closeNote(note, "", QUIET);
    note = api.reopenNote(note, "sigue", QUIET);
    List<Note> notes =
        new BoundingBoxDownloader(new Bounds(19.4, -99.13, 19.42, -99.11))
            .parseNotes(100, 7, QUIET);
    System.out.println(
        "notes "
            + notes.size()
            + " "
            + notes.get(0).getState()
            + " "
            + notes.get(0).getComments().size()
            + " "
            + notes.get(0).getFirstComment().getText());

    DataSet read =
        new BoundingBoxDownloader(new Bounds(19.4, -99.13, 19.42, -99.11)).parseOsm(QUIET);
    Way told = read.getWays().iterator().next();
    System.out.println(
        "read "
            + read.getNodes().size()
            + " nodes, "
            + read.getWays().size()
            + " ways, "
            + read.getRelations().size()
            + " relations");
    System.out.println("name " + told.get("name"));
    System.out.println("same id " + (told.getId() == way.getId()));
    System.out.println(
        "history "
            + new OsmServerHistoryReader(corner.getType(), corner.getId())
                .parseHistory(QUIET)
                .getHistory(corner.getPrimitiveId())
                .getNumVersions());
    System.exit(0);
  }

  private static Node node(DataSet data, double lat, double lon) {
    Node node = new Node(new LatLon(lat, lon));
    data.addPrimitive(node);
    return node;
  }

  private interface Sending {
    void send() throws Exception;
  }

  private static void refused(String what, Sending sending) throws Exception {
    try {
      sending.send();
      System.out.println(what + " was taken");
    } catch (ChangesetClosedException e) {
      System.out.println(what + " at " + e.getClosedOn());
    } catch (OsmApiException e) {
      System.out.println(
          what + " " + e.getResponseCode() + " " + e.getErrorHeader().replaceAll("[0-9]{4,}", "N"));
    }
  }
}
