package org.tequio.server;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tequio.http.Caller;
import org.tequio.identity.IdentityConfig;
import org.tequio.identity.MailSettings;
import org.tequio.identity.ProviderSettings;
import org.tequio.osm.OsmConfig;
import org.tequio.procedure.CaseHook;
import org.tequio.procedure.ProcedureConfig;
import org.tequio.procedure.SharedSecret;
import org.tequio.publish.PublishConfig;
import org.tequio.storage.sql.DurableFiles;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * The file {@code tequio.yaml} in a city's folder: what the city decides for its installation.
 * Everything has a default, and no file at all is fine; a word that does not exist stops the start.
 *
 * @param store where in PostgreSQL the city keeps its layers, {@code
 *     postgres://user@host/database?schema=name}, never with a password; null for {@code city.gpkg}
 *     in its folder
 * @param publicBase the address that the city's people use, such as {@code
 *     https://mapa.ciudad.gob.mx}; null for this machine only
 * @param mail how mail leaves the city; null to keep it in the folder {@code mail/}
 * @param signIn the identity providers by which people may sign in; null for none
 * @param tiles how large tiles and what is kept in memory may be; null for the usual
 * @param payments who takes money for procedures: {@code none}, or {@code sandbox}, which takes
 *     none and says so; null for the sandbox on this machine only, none with a public address
 * @param caseHooks programs that are told of every step of a case; null for none
 * @param timeAuthority the address of an authority that stamps the time of signatures (RFC 3161);
 *     null for none
 * @param communityMap how much one person may do on the community map; null for the usual
 */
record CityConfig(
    @Nullable String store,
    @Nullable URI publicBase,
    @Nullable Mail mail,
    @Nullable List<SignIn> signIn,
    @Nullable Tiles tiles,
    @Nullable String payments,
    @Nullable List<Hook> caseHooks,
    @Nullable URI timeAuthority,
    @Nullable CommunityMap communityMap) {
  private static final CityConfig EMPTY =
      new CityConfig(null, null, null, null, null, null, null, null, null);
  static final String FILE = "tequio.yaml";
  private static final String SANDBOX = "sandbox";
  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  /**
   * Mail.
   *
   * @param from the address that it comes from
   * @param host the mail server
   * @param port its port; null for the usual one
   * @param tls {@code starttls}, {@code tls} or {@code none}; null for starttls
   * @param user to sign in with; null where the server asks for none
   * @param passwordFile a file beside this one that holds the password and nothing else
   */
  record Mail(
      String from,
      @Nullable String host,
      @Nullable Integer port,
      @Nullable String tls,
      @Nullable String user,
      @Nullable String passwordFile) {}

  /**
   * Vector tiles.
   *
   * @param maxBytes no tile is larger than this, compressed; null for 500 000
   * @param cacheMib memory for tiles ready to be sent; null for an eighth of Java's
   * @param layersMib memory for layers that are read from there; null for under half of Java's
   */
  record Tiles(
      @Nullable Integer maxBytes, @Nullable Integer cacheMib, @Nullable Integer layersMib) {}

  /**
   * The community map.
   *
   * @param changesPerHour versions that one account may make in an hour; null for 50,000
   * @param changesetDegrees the greatest width and height together of one changeset; null for 5
   * @param traceMib the largest GPX trace, as it is sent; null for 16
   * @param tracesMib the most that all traces of one account have together; null for 256
   */
  record CommunityMap(
      @Nullable Integer changesPerHour,
      @Nullable Double changesetDegrees,
      @Nullable Integer traceMib,
      @Nullable Integer tracesMib) {}

  /**
   * A program that is told of every step of a case.
   *
   * @param url to which
   * @param secretFile a file in the city's folder with the secret of 32 bytes that both know, in
   *     hexadecimal; made where there is none
   */
  record Hook(URI url, String secretFile) {}

  /**
   * An identity provider.
   *
   * @param id in addresses
   * @param title as people read it
   * @param issuer where its OpenID Connect discovery begins
   * @param clientId as whom the city asks it
   * @param secretFile a file beside this one that holds the secret and nothing else
   * @param roles which claims give which roles
   */
  record SignIn(
      String id,
      String title,
      URI issuer,
      String clientId,
      @Nullable String secretFile,
      @Nullable List<RoleRule> roles) {}

  /**
   * Whoever has this value in that claim holds the role.
   *
   * @param claim such as {@code groups}
   * @param value such as {@code gis}
   * @param role such as {@code steward}
   * @param organisation for which; null for the whole city
   */
  record RoleRule(String claim, String value, String role, @Nullable String organisation) {}

  /**
   * Reads the configuration of a city.
   *
   * @throws City.Unusable naming the word that is wrong
   */
  static CityConfig read(Path folder) throws IOException {
    Path file = folder.resolve(FILE);
    if (!Files.isRegularFile(file) || Files.size(file) == 0) {
      return EMPTY;
    }
    try {
      CityConfig read = YAML.readValue(Files.readString(file), CityConfig.class);
      return read == null ? EMPTY : read;
    } catch (UnrecognizedPropertyException e) {
      String known =
          e.getKnownPropertyIds().stream().map(String::valueOf).collect(Collectors.joining(", "));
      throw new City.Unusable(
          FILE + ": there is no '" + e.getPropertyName() + "' here; wanted: " + known, e);
    } catch (JacksonException e) {
      throw new City.Unusable(FILE + ": " + e.getOriginalMessage(), e);
    }
  }

  /** Writes down durably where a city keeps its layers; null for its folder. */
  static void writeStore(Path folder, @Nullable String store) throws IOException {
    Path file = folder.resolve(FILE);
    boolean isThere = Files.isRegularFile(file);
    if (isThere || store != null) {
      String text = isThere ? Files.readString(file) : "";
      DurableFiles.write(file, CityStores.withStore(text, store));
    }
  }

  /** What identity needs of it. */
  IdentityConfig identity(Path folder) {
    return new IdentityConfig(publicBase, mailSettings(folder), providers(folder));
  }

  /** What publishing needs of it. */
  PublishConfig publish() {
    PublishConfig usual = PublishConfig.DEFAULT;
    Tiles given = tiles;
    if (given == null) {
      return usual;
    }
    Integer most = given.maxBytes();
    Integer cache = given.cacheMib();
    Integer layers = given.layersMib();
    try {
      return new PublishConfig(
          cache == null ? usual.tileCacheBytes() : (long) cache << 20,
          layers == null ? usual.layerBytes() : (long) layers << 20,
          most == null ? usual.maxTileBytes() : most);
    } catch (IllegalArgumentException e) {
      throw new City.Unusable(FILE + ": tiles: " + e.getMessage(), e);
    }
  }

  /** What the community map needs of it. */
  OsmConfig osm() {
    OsmConfig usual = OsmConfig.STANDARD;
    CommunityMap given = communityMap;
    if (given == null) {
      return usual;
    }
    Integer changes = given.changesPerHour();
    Double degrees = given.changesetDegrees();
    Integer trace = given.traceMib();
    Integer traces = given.tracesMib();
    try {
      return new OsmConfig(
          changes == null ? usual.changesPerHour() : changes,
          degrees == null ? usual.changesetExtent() : Math.round(degrees * 1e7),
          trace == null ? usual.traceBytes() : Math.multiplyExact(trace, 1 << 20),
          traces == null ? usual.tracesBytes() : (long) traces << 20);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new City.Unusable(FILE + ": community-map: " + e.getMessage(), e);
    }
  }

  /** What procedures need of it. */
  ProcedureConfig procedures(Path folder) throws IOException {
    String usual = publicBase == null ? SANDBOX : "none";
    String word = payments == null ? usual : payments;
    if (!word.equals(SANDBOX) && !word.equals("none")) {
      throw new City.Unusable(
          FILE + ": payments: wanted sandbox or none, got '" + word + "'", null);
    }
    List<CaseHook> hooks = new ArrayList<>();
    for (Hook one : caseHooks == null ? List.<Hook>of() : caseHooks) {
      hooks.add(new CaseHook(one.url(), SharedSecret.in(folder.resolve(one.secretFile()))));
    }
    return new ProcedureConfig(folder, publicBase, word.equals(SANDBOX), timeAuthority, hooks);
  }

  private List<ProviderSettings> providers(Path folder) {
    List<ProviderSettings> all = new ArrayList<>();
    for (SignIn one : signIn == null ? List.<SignIn>of() : signIn) {
      String secretFile = one.secretFile();
      List<RoleRule> rules = one.roles();
      all.add(
          new ProviderSettings(
              one.id(),
              one.title(),
              one.issuer(),
              one.clientId(),
              secretFile == null ? null : folder.resolve(secretFile),
              rules == null ? List.of() : rules.stream().map(CityConfig::rule).toList()));
    }
    return all;
  }

  private static ProviderSettings.RoleRule rule(RoleRule rule) {
    return new ProviderSettings.RoleRule(
        rule.claim(), rule.value(), new Caller.Holding(rule.role(), rule.organisation()));
  }

  private MailSettings mailSettings(Path folder) {
    Mail given = mail;
    if (given == null) {
      return MailSettings.FOLDER_ONLY;
    }
    String host = given.host();
    if (host == null) {
      return new MailSettings(given.from(), null);
    }
    String word = given.tls() == null ? "starttls" : given.tls();
    MailSettings.Tls tls =
        switch (word) {
          case "starttls" -> MailSettings.Tls.STARTTLS;
          case "tls" -> MailSettings.Tls.FROM_THE_START;
          case "none" -> MailSettings.Tls.NONE;
          default ->
              throw new City.Unusable(
                  FILE + ": mail: tls: wanted starttls, tls or none, got '" + word + "'", null);
        };
    Integer port = given.port();
    int usual = tls == MailSettings.Tls.FROM_THE_START ? 465 : 587;
    String passwordFile = given.passwordFile();
    return new MailSettings(
        given.from(),
        new MailSettings.Smtp(
            host,
            port == null ? usual : port,
            tls,
            given.user(),
            passwordFile == null ? null : folder.resolve(passwordFile)));
  }
}
