package org.tequio.mapping.web;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.geom.MultiPolygon;
import org.locationtech.jts.geom.Polygon;
import org.tequio.formats.Formats;
import org.tequio.formats.WriterFormat;
import org.tequio.formats.Xml;
import org.tequio.http.Call;
import org.tequio.http.Endpoint;
import org.tequio.http.Parameter;
import org.tequio.http.Reply;
import org.tequio.mapping.area.Polygons;
import org.tequio.mapping.desk.NotThere;
import org.tequio.mapping.tables.TaskRow;
import org.tequio.mapping.tables.TaskTable;

/**
 * The ground of tasks as editors read it: OSM XML for JOSM, which refuses to upload it, and GPX for
 * iD and for devices.
 */
final class ExportsEndpoint {
  private static final Parameter<String> TASKS =
      Parameter.text("tasks", "Numbers of tasks, by commas; all where it is not given.", 2000);

  private static final Parameter<String> FORMAT =
      Parameter.choice(
          "format",
          "As what; a table where it is not given.",
          "csv",
          "geojson",
          "gpkg",
          "kml",
          "shp.zip",
          "xlsx");

  private final TaskReader tasks;
  private final TaskSheet sheet;
  private final Answering answering;

  ExportsEndpoint(TaskReader tasks, TaskSheet sheet, Answering answering) {
    this.sheet = sheet;
    this.tasks = tasks;
    this.answering = answering;
  }

  List<Endpoint> endpoints() {
    return List.of(
        read("xml", "mappingTasksXml", this::xml)
            .answers("application/xml", null)
            .summary("The edges of tasks as a layer for JOSM."),
        read("gpx", "mappingTasksGpx", this::gpx)
            .answers("application/gpx+xml", null)
            .summary("The edges of tasks as tracks."),
        read("export", "mappingTasksFile", this::file)
            .with(FORMAT)
            .answers("application/octet-stream", null)
            .summary("Tasks with their states as a file: a table or a map."));
  }

  private static Endpoint read(String form, String id, Endpoint.Handler handler) {
    return Endpoint.get(
            "/api/v2/projects/{project}/tasks/queries/" + form + "/",
            id,
            MappingAction.READ,
            Answering.shaped(handler))
        .with(Answering.PROJECT, TASKS);
  }

  private List<TaskRow> rows(Call call) {
    List<Integer> wanted =
        call.query(TASKS)
            .map(text -> ProjectsEndpoint.numbers(TASKS.name(), text))
            .orElse(List.of());
    List<TaskRow> rows =
        tasks.read(
            answering.reader(call),
            call.path(Answering.PROJECT),
            (connection, project, access) ->
                TaskTable.list(connection, project.id()).stream()
                    .filter(row -> wanted.isEmpty() || wanted.contains(row.id()))
                    .toList());
    if (rows.isEmpty()) {
      throw new NotThere("TASKS_NOT_FOUND");
    }
    return rows;
  }

  private Reply file(Call call) throws IOException {
    String extension = call.query(FORMAT).orElse("csv");
    WriterFormat format = Formats.findWriter("tasks." + extension).orElseThrow();
    List<TaskRow> rows = rows(call);
    long project = call.path(Answering.PROJECT);
    String name = "project-" + project + "-tasks." + format.extension();
    return Reply.bytes(format.mediaType(), sheet.write(format, rows, tasks.leases(project)))
        .with("Content-Disposition", "attachment; filename=\"" + name + "\"");
  }

  private Reply xml(Call call) {
    List<TaskRow> rows = rows(call);
    Xml xml = new Xml("osm", Map.of());
    xml.attribute("version", "0.6").attribute("upload", "never").attribute("generator", "Tequio");
    // Numbers below zero are nobody's: the server of OSM would refuse them, too.
    long node = -1;
    long way = -1;
    for (TaskRow row : rows) {
      MultiPolygon ground = Polygons.parse(row.geometry());
      for (int i = 0; i < ground.getNumGeometries(); i++) {
        Polygon polygon = (Polygon) ground.getGeometryN(i);
        for (int k = -1; k < polygon.getNumInteriorRing(); k++) {
          LinearRing ring = k < 0 ? polygon.getExteriorRing() : polygon.getInteriorRingN(k);
          node = ring(xml, ring, node, way--, row.id());
        }
      }
    }
    return Reply.text("application/xml", xml.end().toBytes());
  }

  private static long ring(Xml xml, LinearRing ring, long firstNode, long way, int task) {
    Coordinate[] at = ring.getCoordinates();
    long node = firstNode;
    for (int i = 0; i + 1 < at.length; i++) {
      xml.start(
              "node",
              "id",
              "" + node--,
              "action",
              "modify",
              "visible",
              "true",
              "lon",
              degrees(at[i].x),
              "lat",
              degrees(at[i].y))
          .end();
    }
    xml.start("way", "id", "" + way, "action", "modify", "visible", "true");
    for (int i = 0; i < at.length; i++) {
      xml.start("nd", "ref", "" + (firstNode - i % (at.length - 1))).end();
    }
    xml.start("tag", "k", "task", "v", "" + task).end();
    xml.end();
    return node;
  }

  private Reply gpx(Call call) {
    List<TaskRow> rows = rows(call);
    Xml xml = new Xml("gpx", Map.of("", "http://www.topografix.com/GPX/1/1"));
    xml.attribute("version", "1.1").attribute("creator", "Tequio");
    xml.start("trk");
    xml.leaf("name", "Task for project " + call.path(Answering.PROJECT));
    for (TaskRow row : rows) {
      MultiPolygon ground = Polygons.parse(row.geometry());
      for (int i = 0; i < ground.getNumGeometries(); i++) {
        xml.start("trkseg");
        for (Coordinate at :
            ((Polygon) ground.getGeometryN(i)).getExteriorRing().getCoordinates()) {
          xml.start("trkpt", "lat", degrees(at.y), "lon", degrees(at.x)).end();
        }
        xml.end();
      }
    }
    xml.end();
    return Reply.text("application/gpx+xml", xml.end().toBytes());
  }

  private static String degrees(double value) {
    return java.math.BigDecimal.valueOf(value).toPlainString();
  }
}
