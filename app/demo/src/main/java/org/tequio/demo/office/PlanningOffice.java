package org.tequio.demo.office;

import static org.tequio.feature.FindingCode.CRS_MISSING;
import static org.tequio.feature.FindingCode.FIELD_NAME_TRUNCATED;
import static org.tequio.feature.FindingCode.GEOMETRY_BAD_COORDINATE;
import static org.tequio.feature.FindingCode.GEOMETRY_DISCONNECTED_INTERIOR;
import static org.tequio.feature.FindingCode.GEOMETRY_DUPLICATE_RINGS;
import static org.tequio.feature.FindingCode.GEOMETRY_HOLE_OUTSIDE;
import static org.tequio.feature.FindingCode.GEOMETRY_NESTED_PARTS;
import static org.tequio.feature.FindingCode.GEOMETRY_SELF_INTERSECTION;
import static org.tequio.feature.FindingCode.KEY_UNSTABLE;
import static org.tequio.feature.FindingCode.ROW_UNREADABLE;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.tequio.demo.file.Archive;
import org.tequio.demo.file.Column;
import org.tequio.demo.file.GeoJsonTable;
import org.tequio.demo.file.GeoPackageFile;
import org.tequio.demo.file.KmlTable;
import org.tequio.demo.file.Projection;
import org.tequio.demo.file.Shape;
import org.tequio.demo.file.ShapefileTable;
import org.tequio.demo.file.Table;
import org.tequio.demo.file.XlsxTable;
import org.tequio.demo.land.Dice;
import org.tequio.demo.town.Block;
import org.tequio.demo.town.District;
import org.tequio.demo.town.Lot;
import org.tequio.demo.town.Quarter;
import org.tequio.demo.town.Town;
import org.tequio.demo.town.Way;
import org.tequio.demo.town.WayKind;
import org.tequio.demo.town.Zone;
import org.tequio.feature.GeometryType;

/** Urban development: addresses, zoning, land-use tables, informal settlements, advertising. */
final class PlanningOffice implements Office {
  private static final String PROGRAM = "PMDU-2019";

  @Override
  public String folder() {
    return "Desarrollo Urbano";
  }

  @Override
  public void write(Desk desk) throws IOException {
    addresses(desk);
    neighborhoods(desk);
    zoning(desk);
    uses(desk);
    settlements(desk);
    programs(desk);
    avenueRules(desk);
    actionAreas(desk);
    advertising(desk);
    localSurvey(desk);
  }

  private static void addresses(Desk desk) throws IOException {
    Town town = desk.town();
    try (GeoPackageFile file = new GeoPackageFile(desk.file("domicilios.gpkg"))) {
      Table table =
          file.layer(
              "domicilios",
              GeometryType.POINT,
              Projection.UTM,
              Column.list(
                  "id_domicilio num_ext:i num_int via colonia cp id_predio fecha_asignacion:t"
                      + " folio_constancia"));
      int n = 0;
      for (Block block : town.blocks()) {
        desk.check();
        if (block.use() == Block.Use.GREEN) {
          continue;
        }
        String colonia = desk.colonia(block);
        for (Lot lot : town.lots(block)) {
          if (lot.link() < 0) {
            continue;
          }
          Dice dice = desk.dice("address", block.id(), lot.number());
          double[] door = new Places.Site(block, lot).door();
          n++;
          int year = dice.between(1992, 2024);
          table.row(
              desk.world().point(door[0], door[1]),
              String.format(Locale.ROOT, "DOM-%07d", n),
              lot.houseNumber(),
              dice.chance(0.06) ? dice.pick("A", "B", "Int. 1", "Int. 2") : null,
              desk.street(lot),
              colonia,
              desk.postalCode(block),
              desk.parcelKey(block, lot),
              Desk.day(dice, year, year),
              String.format(Locale.ROOT, "CNO-%d-%06d", year, n));
        }
      }
    }
  }

  static void neighborhoods(Desk desk, Path path, GeoJsonTable.Style style) throws IOException {
    Town town = desk.town();
    try (GeoJsonTable table =
        new GeoJsonTable(
            path, "colonias", style, Column.list("cve_alc alc cve_col colonia tipo fuente"))) {
      for (Zone zone : town.colonias()) {
        double[] c = zone.ring().inside();
        String name = town.coloniaName(zone.id());
        table.row(
            desk.world().polygon(zone.ring()),
            "S-" + (town.sector(c[0], c[1]) + 1),
            desk.sector(c[0], c[1]),
            String.format(Locale.ROOT, "VT-%03d", zone.id() + 1),
            name,
            name.startsWith("Barrio") ? "barrio" : name.startsWith("Unidad") ? "UH" : "colonia",
            "Acuerdo de Cabildo 2018");
      }
    }
  }

  private static void neighborhoods(Desk desk) throws IOException {
    neighborhoods(desk, desk.file("colonias.geojson"), GeoJsonTable.Style.COLLECTION);
  }

  private static String zone(Block block, Quarter quarter, Dice dice, boolean avenue) {
    return switch (block.use()) {
      case SQUARE, PARK, SPORTS -> "EA";
      case SCHOOL, HOSPITAL, MARKET, GOVERNMENT, CEMETERY -> "E";
      case GREEN -> "PE";
      case LOTS ->
          quarter == Quarter.INDUSTRY
              ? "I"
              : quarter == Quarter.CENTER
                  ? dice.chance(0.5) ? "HM" : "HC"
                  : avenue ? dice.pick("HM", "HC") : dice.chance(0.06) ? "CB" : "H";
    };
  }

  private static void zoning(Desk desk) throws IOException {
    Town town = desk.town();
    Path work = desk.folder().resolve("zonificacion");
    try (ShapefileTable table =
        new ShapefileTable(
            work,
            "zonificacion",
            Shape.Kind.POLYGON,
            Projection.UTM,
            Column.list(
                "id_zonif uso uso_descripcion niveles:i altura_maxima:d area_libre_pct:i"
                    + " m2_min_vivienda:d densidad_descripcion programa fecha_pub:t"),
            StandardCharsets.UTF_8)) {
      for (Block block : town.blocks()) {
        Dice dice = desk.dice("zone", block.id());
        Quarter quarter = town.districts().get(block.district()).quarter();
        boolean avenue = false;
        for (int i = 0; i < block.ring().size(); i++) {
          int link = block.ring().link(i);
          avenue |= link >= 0 && town.links().get(link).way().kind().isMajor();
        }
        String use = zone(block, quarter, dice, avenue);
        boolean built = !use.startsWith("E") && !use.equals("PE");
        Integer floors =
            built
                ? (Integer)
                    (avenue
                        ? dice.between(4, 6)
                        : quarter == Quarter.CENTER
                            ? 3
                            : quarter == Quarter.INFORMAL ? 2 : dice.between(2, 3))
                : null;
        table.row(
            desk.world().polygon(block.ring()),
            String.format(Locale.ROOT, "Z-%06d", block.id() + 1),
            use,
            describe(use),
            floors,
            floors == null ? null : floors * 3.0,
            use.equals("EA") ? 95 : use.equals("PE") ? 100 : avenue ? 25 : 30,
            built && use.startsWith("H") ? (Double) (avenue ? 60.0 : 72.0) : null,
            use.startsWith("H") ? avenue ? "Media" : "Baja" : null,
            PROGRAM,
            java.time.LocalDate.of(2019, 6, 14));
      }
    }
    Path inner = desk.folder().resolve("entrega");
    Files.createDirectories(inner);
    Archive.pack(work, inner.resolve("zonificacion.zip"));
    Archive.pack(inner, desk.file("entrega_zonificacion.zip"));
    desk.plant(
        FIELD_NAME_TRUNCATED,
        "entrega_zonificacion.zip!/zonificacion.zip!/zonificacion.shp",
        null,
        org.tequio.demo.PlantedDefect.ANY,
        "long column names went through a shapefile");
  }

  private static String describe(String use) {
    return switch (use) {
      case "H" -> "Habitacional";
      case "HC" -> "Habitacional con comercio en planta baja";
      case "HM" -> "Habitacional mixto";
      case "CB" -> "Centro de barrio";
      case "E" -> "Equipamiento";
      case "EA" -> "Espacios abiertos";
      case "I" -> "Industria";
      default -> "Preservación ecológica";
    };
  }

  private static void uses(Desk desk) throws IOException {
    String[] trades = {
      "Tienda de abarrotes", "Panadería", "Farmacia", "Restaurante", "Cantina", "Taller mecánico",
      "Tortillería", "Papelería", "Escuela primaria", "Consultorio médico", "Oficinas", "Bodega",
      "Gasolinera", "Lavandería", "Gimnasio", "Hotel", "Carpintería", "Veterinaria",
      "Estacionamiento público", "Fábrica de muebles"
    };
    int[] codes = {
      461110, 311812, 464111, 722511, 722412, 811111, 311830, 465311, 611121, 621111, 541110,
      493111, 468411, 812210, 713940, 721111, 337120, 541941, 812410, 337120
    };
    String[] zones = {"H", "HC", "HM", "CB", "E", "EA", "I", "PE"};
    try (XlsxTable table =
        new XlsxTable(
            desk.file("tabla_usos_suelo.xlsx"),
            "Tabla de usos",
            false,
            Column.list("id_regla giro scian:i zona regla condicion sup_max:i"))) {
      int n = 0;
      for (int i = 0; i < trades.length; i++) {
        for (String zone : zones) {
          Dice dice = desk.dice("use", i, zone.hashCode());
          boolean open = zone.equals("HM") || zone.equals("CB") || zone.equals("I") && i > 9;
          String rule =
              zone.equals("PE") || zone.equals("EA")
                  ? "Prohibido"
                  : open ? "Permitido" : dice.pick("Prohibido", "Condicionado", "Permitido");
          boolean conditional = rule.equals("Condicionado");
          table.row(
              null,
              String.format(Locale.ROOT, "TU-%03d", ++n),
              trades[i],
              codes[i],
              zone,
              rule,
              conditional ? "Solo en planta baja" : null,
              conditional ? (Integer) dice.pick(List.of(50, 100, 250)) : null);
        }
      }
    }
  }

  private static void settlements(Desk desk) throws IOException {
    Town town = desk.town();
    try (KmlTable table =
        new KmlTable(
            desk.file("asentamientos_irregulares.kml"),
            "Asentamientos humanos irregulares",
            Column.list("id_ahi nombre viviendas:i poblacion:i estatus en_riesgo fecha"),
            1)) {
      int n = 0;
      for (District district : town.districts()) {
        if (district.quarter() != Quarter.INFORMAL) {
          continue;
        }
        Dice dice = desk.dice("settlement", district.id());
        var ring = district.ring().inset(side -> 11);
        if (ring == null) {
          continue;
        }
        n++;
        int homes = (int) (ring.area() / 230);
        double[] c = ring.inside();
        boolean steep = desk.land().slope(c[0], c[1]) > 0.2;
        table.row(
            desk.world().polygon(ring),
            String.format(Locale.ROOT, "AHI-%03d", n),
            dice.pick(
                    "Paraje El Tepozán",
                    "Las Cruces",
                    "Loma Larga",
                    "El Mirasol",
                    "Tierra Nueva",
                    "La Ladera",
                    "El Texcal",
                    "Nuevo Paraje")
                + " "
                + n,
            homes,
            (int) (homes * 3.9),
            steep ? "sujeto a estudio" : "regularizable",
            steep ? "sí" : "no",
            Desk.day(dice, 2022, 2024));
      }
    }
  }

  private static void programs(Desk desk) throws IOException {
    Town town = desk.town();
    try (GeoJsonTable table =
        new GeoJsonTable(
            desk.file("programas_desarrollo_urbano.geojson"),
            "programas_desarrollo_urbano",
            GeoJsonTable.Style.COLLECTION,
            Column.list("id_programa nombre tipo fecha_gaceta:t vigente"))) {
      double[] limit = InstituteOffice.limit(desk);
      table.row(
          Shape.polygon(limit),
          PROGRAM,
          "Programa Municipal de Desarrollo Urbano",
          "PMDU",
          java.time.LocalDate.of(2019, 6, 14),
          "sí");
      table.row(
          desk.world().polygon(town.districts().getFirst().ring()),
          "PPDU-CH",
          "Programa Parcial del Centro Histórico",
          "PPDU",
          java.time.LocalDate.of(2021, 3, 2),
          "sí");
    }
  }

  private static void avenueRules(Desk desk) throws IOException {
    Town town = desk.town();
    try (GeoJsonTable table =
        new GeoJsonTable(
            desk.file("normas_sobre_vialidad.geojson"),
            "normas_sobre_vialidad",
            GeoJsonTable.Style.COLLECTION,
            Column.list(
                "id_norma via uso_permitido niveles:i restriccion_frente_m:d incremento_estac_pct:i"))) {
      for (Way way : town.ways()) {
        if (way.kind() != WayKind.PRIMARY) {
          continue;
        }
        List<double[]> parts =
            town.links().stream()
                .filter(link -> link.way() == way && link.isBuilt())
                .map(link -> desk.world().path(link.path()))
                .toList();
        if (!parts.isEmpty()) {
          double[][][] all = new double[parts.size()][][];
          for (int i = 0; i < all.length; i++) {
            all[i] = new double[][] {parts.get(i)};
          }
          table.row(
              new Shape(Shape.Kind.LINE, all, Double.NaN, null),
              String.format(Locale.ROOT, "NV-%03d", way.id() + 1),
              way.name(),
              "HM",
              6,
              3.0,
              20);
        }
      }
    }
  }

  private static double[] square(double[] c, double size) {
    return new double[] {
      c[0], c[1], c[0] + size, c[1], c[0] + size, c[1] + size, c[0], c[1] + size, c[0], c[1]
    };
  }

  /** Polygons drawn by hand: the sound ones, and one of each way to draw them wrong. */
  private static void actionAreas(Desk desk) throws IOException {
    String name = "poligonos_actuacion.gpkg";
    Town town = desk.town();
    List<Block> blocks = Places.blocks(town, Block.Use.LOTS);
    try (GeoPackageFile file = new GeoPackageFile(desk.file(name))) {
      Table table =
          file.layer(
              "poligonos_actuacion",
              GeometryType.MULTIPOLYGON,
              Projection.UTM,
              Column.list("id_poligono norma tipo estatus acuerdo potencial_transferible:d"));
      int n = 0;
      for (int i = 0; i < 24; i++) {
        Block block = blocks.get((int) ((i + 0.5) * blocks.size() / 24));
        double[] c = desk.world().ring(block.ring());
        double x = c[0];
        double y = c[1];
        double[] at = {x, y};
        @Nullable Shape shape =
            switch (i) {
              case 2, 3 ->
                  Shape.polygon(new double[] {x, y, x + 50, y + 40, x + 50, y, x, y + 40, x, y});
              case 5 -> Shape.polygon(square(at, 60), square(new double[] {x + 80, y}, 20));
              case 8 ->
                  Shape.polygon(
                      square(at, 60),
                      square(new double[] {x + 10, y + 10}, 20),
                      square(new double[] {x + 10, y + 10}, 20));
              case 11 ->
                  Shape.polygons(
                      new double[][][] {
                        {square(at, 60)}, {square(new double[] {x + 15, y + 15}, 20)}
                      });
              case 14 ->
                  // Two diamonds that meet tip to tip and touch both sides.
                  Shape.polygon(
                      square(at, 60),
                      new double[] {
                        x, y + 30, x + 15, y + 40, x + 30, y + 30, x + 15, y + 20, x, y + 30
                      },
                      new double[] {
                        x + 30, y + 30, x + 45, y + 40, x + 60, y + 30, x + 45, y + 20, x + 30,
                        y + 30
                      });
              case 17 ->
                  Shape.polygon(
                      new double[] {x, y, x + 60, y, Double.NaN, y + 60, x, y + 60, x, y});
              case 20 -> Shape.unreadable(Shape.Kind.POLYGON);
              default -> desk.world().polygon(block.ring());
            };
        table.row(
            shape,
            String.format(Locale.ROOT, "PA-%03d", ++n),
            "Norma " + (1 + i % 4),
            i % 3 == 0 ? "Privado" : "Público",
            i % 5 == 0 ? "En trámite" : "Vigente",
            "ACU-2022-" + (100 + i),
            450.0 + 25 * i);
      }
    }
    desk.plant(GEOMETRY_SELF_INTERSECTION, name, null, 2, "corners digitised in the wrong order");
    desk.plant(GEOMETRY_HOLE_OUTSIDE, name, null, 1, "a hole moved without its polygon");
    desk.plant(GEOMETRY_DUPLICATE_RINGS, name, null, 1, "the same hole pasted twice");
    desk.plant(GEOMETRY_NESTED_PARTS, name, null, 1, "parts of different drawings joined");
    desk.plant(GEOMETRY_DISCONNECTED_INTERIOR, name, null, 1, "holes that cut a polygon apart");
    desk.plant(GEOMETRY_BAD_COORDINATE, name, null, 1, "a coordinate that is not a number");
    desk.plant(ROW_UNREADABLE, name, null, 1, "a damaged geometry");
  }

  private static void advertising(Desk desk) throws IOException {
    String name = "anuncios/anuncios_2023.shp";
    try (ShapefileTable table =
        new ShapefileTable(
            desk.folder().resolve("anuncios"),
            "anuncios_2023",
            Shape.Kind.POINT,
            Projection.UTM,
            Column.list("OBJECTID:i tipo dimens via estatus"),
            StandardCharsets.UTF_8)) {
      int n = 0;
      Dice dice = desk.dice("advertising");
      for (var site : Places.lots(desk.town(), dice, 160)) {
        double[] door = site.door();
        table.row(
            desk.world().point(door[0], door[1]),
            ++n,
            dice.pick("Azotea", "Valla", "Denominativo", "Pantalla", "Muro"),
            dice.pick("3x2 m", "6x3 m", "12x7 m", "1x1 m"),
            dice.pick("primaria", "secundaria"),
            dice.pick("Vigente", "Vencido", "En revisión"));
      }
    }
    desk.plant(
        KEY_UNSTABLE, name, "OBJECTID", 1, "the only key is the desktop program's row number");
  }

  private static void localSurvey(Desk desk) throws IOException {
    String stem = "levantamiento_local";
    try (ShapefileTable table =
        new ShapefileTable(
            desk.folder().resolve(stem),
            stem,
            Shape.Kind.POINT,
            Projection.UTM,
            Column.list("id_vert descrip"),
            StandardCharsets.UTF_8)) {
      Dice dice = desk.dice("survey");
      for (int i = 1; i <= 18; i++) {
        table.row(
            Shape.point(5_000 + dice.between(0.0, 400), 5_000 + dice.between(0.0, 400)),
            String.format(Locale.ROOT, "V-%03d", i),
            dice.pick("Esquina de barda", "Mojonera", "Eje de calle", "Registro", "Árbol"));
      }
    }
    Files.delete(desk.folder().resolve(stem).resolve(stem + ".prj"));
    desk.plant(
        CRS_MISSING,
        stem + "/" + stem + ".shp",
        null,
        1,
        "a survey in local coordinates from 5000, 5000");
  }
}
