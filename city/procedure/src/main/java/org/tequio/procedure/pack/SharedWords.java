package org.tequio.procedure.pack;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.LocalText;
import org.tequio.procedure.Basis;

/**
 * What several procedures of a pack have in common, each under a name: the file {@code
 * shared.yaml}. Where a procedure has a list of inputs, papers, facts, rules or steps, the name of
 * a shared one may stand in its place; where it has a basis, the name of a shared basis.
 */
final class SharedWords {
  private static final String[] KINDS = {"inputs", "documents", "facts", "rules", "steps"};

  private final Map<String, Map<String, PackNode>> shared = new HashMap<>();
  private final Map<String, Basis> bases = new HashMap<>();
  private final Map<String, LocalText> who = new HashMap<>();

  /** Those of a pack, over those of the pack below it. */
  SharedWords(@Nullable SharedWords below) {
    if (below != null) {
      below.shared.forEach((kind, named) -> shared.put(kind, new HashMap<>(named)));
      bases.putAll(below.bases);
      who.putAll(below.who);
    }
  }

  void read(PackNode root) {
    root.only("who", "bases", "inputs", "documents", "facts", "rules", "steps");
    root.members("bases").forEach((name, node) -> bases.put(name, ownBasis(node)));
    root.members("who").keySet().forEach(name -> who.put(name, root.get("who").text(name)));
    for (String kind : KINDS) {
      shared.computeIfAbsent(kind, any -> new HashMap<>()).putAll(root.members(kind));
    }
  }

  /** The node itself, or the shared one that it names. */
  PackNode resolve(String kind, PackNode node) {
    if (!node.value().isString()) {
      return node;
    }
    Map<String, PackNode> named = shared.getOrDefault(kind, Map.of());
    PackNode found = named.get(node.string());
    if (found == null) {
      throw node.wrong(PackNode.unknown(node.string(), named.keySet()));
    }
    return found;
  }

  /** The id of a node: its own, or the name under which it is shared. */
  String id(PackNode written, PackNode resolved) {
    return resolved.has("id") ? resolved.string("id") : written.string();
  }

  LocalText who(PackNode node) {
    LocalText found = who.get(node.string());
    if (found == null) {
      throw node.wrong(PackNode.unknown(node.string(), who.keySet()));
    }
    return found;
  }

  /** The basis of something; one that is missing is noted. */
  Basis basis(PackNode parent) {
    PackNode node = parent.find("basis");
    if (node == null) {
      parent.remark(
          new LocalText(
              "no dice en qué se funda", "não diz em que se funda", "it has no legal basis"));
      return new Basis("", null, null, false);
    }
    if (!node.value().isString()) {
      return ownBasis(node);
    }
    Basis found = bases.get(node.string());
    if (found == null) {
      throw node.wrong(PackNode.unknown(node.string(), Set.copyOf(bases.keySet())));
    }
    return found;
  }

  private static Basis ownBasis(PackNode node) {
    node.only("law", "source", "noted", "confirmed");
    return new Basis(
        node.string("law"),
        node.optional("source"),
        node.optionalDay("noted"),
        node.yes("confirmed", false));
  }
}
