package org.tequio.publish.ogc;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.tequio.feature.Crs;
import org.tequio.feature.LocalText;
import org.tequio.feature.ServiceCrs;
import org.tequio.http.Parameter;
import org.tequio.http.ParameterSource;
import org.tequio.http.Problem;
import org.tequio.http.ProblemException;
import org.tequio.publish.layer.PublicLayer;

/**
 * The coordinate reference systems that a layer is offered in (OGC 18-058r1), and the parameters
 * that choose one of them.
 */
final class LayerCrs {
  static final Parameter<ServiceCrs> CRS = parameter("crs", "CRS of the answer's coordinates.");
  static final Parameter<ServiceCrs> BBOX_CRS = parameter("bbox-crs", "CRS of bbox.");
  static final Parameter<ServiceCrs> FILTER_CRS =
      parameter("filter-crs", "CRS of the geometries in filter.");

  private LayerCrs() {}

  private static Parameter<ServiceCrs> parameter(String name, String description) {
    return new Parameter<>(
        Parameter.Place.QUERY,
        name,
        description + " One of the collection's list, by its URI; else longitude and latitude.",
        LocalText.same(ServiceCrs.CRS84.uri()),
        Parameter.schema("string", "format", "uri", "default", ServiceCrs.CRS84.uri()),
        ServiceCrs::find);
  }

  /** All, the default first. */
  static List<ServiceCrs> list(PublicLayer layer) {
    if (!layer.hasGeometry()) {
      return List.of(ServiceCrs.CRS84);
    }
    Map<String, ServiceCrs> all = new LinkedHashMap<>();
    List<ServiceCrs> offered = new ArrayList<>(List.of(ServiceCrs.CRS84));
    for (Crs crs : List.of(layer.stored().crs(), Crs.CRS84, Crs.WEB_MERCATOR)) {
      offered.add(ServiceCrs.of(crs));
    }
    offered.forEach(one -> all.putIfAbsent(one.uri(), one));
    return List.copyOf(all.values());
  }

  /** The one that the layer is stored in. */
  static ServiceCrs stored(PublicLayer layer) {
    return layer.hasGeometry() ? ServiceCrs.of(layer.stored().crs()) : ServiceCrs.CRS84;
  }

  /**
   * The one that a request asks for.
   *
   * @throws ProblemException 400 where the layer is not offered in it
   */
  static ServiceCrs of(ParameterSource given, Parameter<ServiceCrs> parameter, PublicLayer layer) {
    ServiceCrs asked = given.query(parameter).orElse(ServiceCrs.CRS84);
    if (!list(layer).contains(asked)) {
      throw new ProblemException(
          Problem.invalidParameter(parameter.name(), LocalText.same(names(layer)), asked.uri()));
    }
    return asked;
  }

  /** The URIs of all, for people. */
  static String names(PublicLayer layer) {
    return list(layer).stream().map(ServiceCrs::uri).collect(Collectors.joining(", "));
  }

  /** The value of the header {@code Content-Crs}. */
  static String header(ServiceCrs crs) {
    return "<" + crs.uri() + ">";
  }
}
