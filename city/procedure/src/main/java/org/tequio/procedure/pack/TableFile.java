package org.tequio.procedure.pack;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tequio.feature.LocalText;
import org.tequio.procedure.CodeTable;
import org.tequio.procedure.Figure;
import tools.jackson.databind.JsonNode;

/** Reads a file of {@code tables/}; its form is {@code packs/base/table.schema.json}. */
final class TableFile {
  private final SharedWords shared;

  TableFile(SharedWords shared) {
    this.shared = shared;
  }

  void read(PackNode root, Map<String, Figure> figures, Map<String, CodeTable> tables) {
    root.only("figures", "tables");
    root.members("figures").forEach((id, node) -> figures.put(id, figure(id, node)));
    root.members("tables").forEach((id, node) -> tables.put(id, table(id, node)));
  }

  private Figure figure(String id, PackNode node) {
    node.only("name", "unit", "values");
    List<Figure.Value> values = new ArrayList<>();
    for (PackNode value : node.list("values")) {
      value.only("from", "until", "amount", "basis");
      values.add(
          new Figure.Value(
              value.day("from"),
              value.optionalDay("until"),
              value.number("amount"),
              shared.basis(value)));
    }
    try {
      return new Figure(id, node.text("name"), node.optional("unit"), values);
    } catch (IllegalArgumentException e) {
      throw node.wrong(LocalText.same(String.valueOf(e.getMessage())));
    }
  }

  private static CodeTable table(String id, PackNode node) {
    node.only("name", "codes");
    List<CodeTable.Entry> entries = new ArrayList<>();
    node.members("codes")
        .forEach(
            (value, entry) -> {
              Map<String, Object> properties = new LinkedHashMap<>();
              for (Map.Entry<String, JsonNode> one : entry.value().properties()) {
                if (!one.getKey().equals("label")) {
                  properties.put(one.getKey(), plain(entry.get(one.getKey())));
                }
              }
              entries.add(new CodeTable.Entry(value, entry.text("label"), properties));
            });
    return new CodeTable(id, node.text("name"), entries);
  }

  private static Object plain(PackNode node) {
    JsonNode value = node.value();
    if (value.isBoolean()) {
      return value.asBoolean();
    }
    if (value.isNumber()) {
      return value.asDouble();
    }
    return node.string();
  }
}
