package org.tequio.mapping.area;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.index.strtree.STRtree;
import org.locationtech.jts.operation.overlayng.UnaryUnionNG;
import tools.jackson.databind.JsonNode;

/**
 * Tasks whose ground somebody gives: a grid that was made in the browser, or any polygons. Two
 * tasks never have ground in common.
 */
public final class GivenTasks {
  /** Less shared ground than this is rounding: about a square meter. */
  private static final double ROUNDING_SQUARE_DEGREES = 1e-10;

  private static final int SHOWN = 5;

  private GivenTasks() {}

  /**
   * Reads tasks.
   *
   * @param isDissolving true to make one task of those that overlap, false to refuse them
   * @throws InvalidArea where they are none, too many, or overlap
   */
  public static List<TaskShape> read(JsonNode json, boolean isDissolving) {
    return disjoint(AreaOfInterest.read(json).parts(), isDissolving);
  }

  /** The same tasks without common ground. */
  public static List<TaskShape> disjoint(List<TaskShape> shapes, boolean isDissolving) {
    if (shapes.size() > TaskGrid.MAX_TASKS) {
      throw TaskGrid.tooMany();
    }
    int[] group = new int[shapes.size()];
    TreeSet<Integer> overlapping = new TreeSet<>();
    STRtree index = new STRtree();
    for (int i = 0; i < group.length; i++) {
      group[i] = i;
      index.insert(shapes.get(i).geometry().getEnvelopeInternal(), i);
    }
    for (int i = 0; i < group.length; i++) {
      Geometry ground = shapes.get(i).geometry();
      for (Object found : index.query(ground.getEnvelopeInternal())) {
        int other = (Integer) found;
        if (other > i && overlap(ground, shapes.get(other).geometry())) {
          overlapping.add(i + 1);
          overlapping.add(other + 1);
          group[root(group, other)] = root(group, i);
        }
      }
    }
    if (overlapping.isEmpty()) {
      return shapes;
    }
    if (!isDissolving) {
      throw overlap(overlapping);
    }
    return dissolved(shapes, group);
  }

  private static boolean overlap(Geometry a, Geometry b) {
    return a.intersects(b) && TaskGrid.shared(a, b).getArea() > ROUNDING_SQUARE_DEGREES;
  }

  private static int root(int[] group, int i) {
    int at = i;
    while (group[at] != at) {
      at = group[at];
    }
    return at;
  }

  private static List<TaskShape> dissolved(List<TaskShape> shapes, int[] group) {
    Map<Integer, List<TaskShape>> groups = new LinkedHashMap<>();
    for (int i = 0; i < group.length; i++) {
      groups.computeIfAbsent(root(group, i), root -> new ArrayList<>()).add(shapes.get(i));
    }
    List<TaskShape> result = new ArrayList<>();
    for (List<TaskShape> members : groups.values()) {
      if (members.size() == 1) {
        result.add(members.getFirst());
        continue;
      }
      Map<String, Object> properties = new LinkedHashMap<>();
      List<Geometry> grounds = new ArrayList<>();
      for (TaskShape member : members) {
        member.properties().forEach(properties::putIfAbsent);
        grounds.add(member.geometry());
      }
      Geometry union =
          UnaryUnionNG.union(
              Polygons.FACTORY.buildGeometry(grounds), Polygons.FACTORY.getPrecisionModel());
      result.add(new TaskShape(null, false, Polygons.of(union), properties));
    }
    return result;
  }

  private static InvalidArea overlap(TreeSet<Integer> numbers) {
    String shown =
        String.join(", ", numbers.stream().limit(SHOWN).map(String::valueOf).toList())
            + (numbers.size() > SHOWN ? " …" : "");
    int count = numbers.size();
    return new InvalidArea(
        "OverlappingTasks",
        count + " tareas se traslapan (" + shown + "); corríjalas o pida que se unan",
        count + " tarefas se sobrepõem (" + shown + "); corrija-as ou peça que se unam",
        count + " tasks overlap (" + shown + "); mend them or ask for them to be joined");
  }

  /** True where each of these can be reached from the others over common borders. */
  public static boolean isConnected(List<? extends Geometry> grounds) {
    List<Geometry> reached = new ArrayList<>(List.of(grounds.getFirst()));
    List<Geometry> others = new ArrayList<>(grounds.subList(1, grounds.size()));
    for (int i = 0; i < reached.size(); i++) {
      Geometry from = reached.get(i);
      for (var left = others.iterator(); left.hasNext(); ) {
        Geometry to = left.next();
        if (from.intersects(to)) {
          reached.add(to);
          left.remove();
        }
      }
    }
    return others.isEmpty();
  }
}
