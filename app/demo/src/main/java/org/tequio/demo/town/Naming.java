package org.tequio.demo.town;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.tequio.demo.land.Dice;

/** Gives every street and neighbourhood its name once the town is drawn. */
final class Naming {
  private final Town town;

  Naming(Town town) {
    this.town = town;
  }

  void run() {
    int[] theme = new int[town.colonias().size()];
    int[] used = new int[town.colonias().size()];
    for (int i = 0; i < theme.length; i++) {
      theme[i] = Dice.of(town.land().seed(), "theme", i).between(0, Names.THEMES.size() - 2);
    }
    List<Set<String>> taken = new ArrayList<>();
    for (int i = 0; i < theme.length; i++) {
      taken.add(new HashSet<>());
      if (isOld(i)) {
        theme[i] = Names.THEMES.size() - 1;
      }
    }
    int avenues = 0;
    boolean[] built = new boolean[town.ways().size()];
    for (Link link : town.links()) {
      built[link.way().id()] |= link.isBuilt();
    }
    for (Way way : town.ways()) {
      if (!built[way.id()] || !way.name().isEmpty()) {
        continue;
      }
      int colonia = way.colonia();
      if (colonia < 0) {
        way.called(
            way.kind() == WayKind.COLLECTOR ? collector(avenues++) : Names.avenue(avenues++));
        continue;
      }
      Dice dice = Dice.of(town.land().seed(), "street", way.id());
      List<String> words = Names.THEMES.get(theme[colonia]);
      int turn = used[colonia]++;
      String word = words.get((turn * 7 + colonia * 3) % words.size());
      String kind = kind(way.kind(), dice);
      String name = kind + " " + word;
      int again = 1;
      while (!taken.get(colonia).add(name)) {
        again++;
        name = kind + " " + word + " " + again;
        if (again < 4) {
          name = (again == 2 ? "Cerrada " : "Privada ") + word;
        }
      }
      way.called(name);
    }
  }

  private boolean isOld(int colonia) {
    for (District district : town.districts()) {
      if (district.colonia() == colonia) {
        return district.quarter() == Quarter.CENTER || district.quarter() == Quarter.VILLAGE;
      }
    }
    return false;
  }

  private static String kind(WayKind kind, Dice dice) {
    return switch (kind) {
      case LANE -> dice.pick("Callejón", "Callejón", "Andador", "Privada", "Calle");
      case LOCAL, OLD, COLLECTOR -> "Calle";
      default -> "Avenida";
    };
  }

  private static String collector(int i) {
    List<List<String>> themes = Names.THEMES;
    List<String> words = themes.get(i % themes.size());
    return "Calzada "
        + words.get((i / themes.size() * 5 + i) % words.size())
        + (i >= 240 ? " " + (i / 240 + 1) : "");
  }
}
