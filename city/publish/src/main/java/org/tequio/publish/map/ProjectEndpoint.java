package org.tequio.publish.map;

import java.util.List;
import org.tequio.cartography.QgisProject;
import org.tequio.catalogue.Catalogue;
import org.tequio.feature.Bbox;
import org.tequio.http.Action;
import org.tequio.http.Call;
import org.tequio.http.Endpoint;
import org.tequio.http.Permission;
import org.tequio.http.Permissions;
import org.tequio.http.Reply;
import org.tequio.publish.layer.PublicLayer;
import org.tequio.publish.layer.PublicLayers;

/** The whole city as a project of QGIS: open it, and everything is there. */
public final class ProjectEndpoint {
  private static final String MEDIA_TYPE = "application/x-qgis-project";

  private final Catalogue catalogue;
  private final PublicLayers layers;
  private final Permissions permissions;
  private final DrawingRoom room;

  /** Answers from these. */
  public ProjectEndpoint(
      Catalogue catalogue, PublicLayers layers, Permissions permissions, DrawingRoom room) {
    this.catalogue = catalogue;
    this.layers = layers;
    this.permissions = permissions;
    this.room = room;
  }

  /** Its operation. */
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/project.qgz", "qgisProject", Action.CITY_READ, this::project)
            .summary("A QGIS project with every layer connected and styled.")
            .answers(MEDIA_TYPE, null));
  }

  private Reply project(Call call) {
    permissions.require(call, Permission.READ_CITY);
    String tag = "qgz-" + layers.tag() + "-" + call.language().tag();
    if (call.isFresh(tag)) {
      return Reply.notModified(tag);
    }
    List<PublicLayer> placed =
        layers.list().stream()
            .filter(layer -> layer.hasGeometry() && layer.record().extent() != null)
            .toList();
    Bbox bounds = catalogue.city().bounds();
    QgisProject project =
        new QgisProject(
            catalogue.city().name(),
            bounds == null ? new Bbox(-120, -55, -30, 35) : bounds,
            room.styled(placed, call.language()),
            call.language(),
            call.base());
    return Reply.bytes(MEDIA_TYPE, project.toQgz())
        .with("Content-Disposition", "attachment; filename=\"project.qgz\"")
        .tagged(tag);
  }
}
